"""Validates bills of materials: the schema of CycloneDX, package URLs, licence expressions, references that lead somewhere.

usage: validate.py FILE...
"""

import json
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing
from packageurl import PackageURL

licensing = get_spdx_licensing()
validator = JsonStrictValidator(SchemaVersion.V1_6)
bad = False


def complain(path, text):
    global bad
    bad = True
    print(f"{path}: {text}")


for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    error = validator.validate_str(text)
    if error is not None:
        complain(path, error)
    bom = json.loads(text)
    if bom["specVersion"] != "1.6":
        complain(path, "specVersion is not the one of the schema")
    names = {bom["metadata"]["component"]["bom-ref"]}
    for component in bom["components"]:
        if component["bom-ref"] in names:
            complain(path, f"two components are {component['bom-ref']}")
        names.add(component["bom-ref"])
        for licence in component["licenses"]:
            for error in licensing.validate(licence["expression"]).errors:
                complain(path, f"{component['name']}: {error}")
        if "purl" in component and PackageURL.from_string(component["purl"]).to_string() != component["purl"]:
            complain(path, f"{component['purl']} is not the normal form of a package URL")
    for entry in bom["dependencies"]:
        for name in [entry["ref"], *entry["dependsOn"]]:
            if name not in names:
                complain(path, f"{name} is no component")
    for composition in bom["compositions"]:
        for name in composition["assemblies"]:
            if name not in names:
                complain(path, f"{name} is no component")

sys.exit(1 if bad else 0)
