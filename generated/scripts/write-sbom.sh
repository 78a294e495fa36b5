#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Prints the bill of materials of a package, as CycloneDX 1.6 in JSON: every component in it, and what each is linked with.
# The same package gives the same bytes: no time, and a serial number that is made from the checksum.
#
# usage: write-sbom.sh TOOL LINE VARIANT ARCH ARCHIVE
# env:   VERSION COMMIT    of the tool itself
#        REPOSITORY        owner/name, and GITHUB_SERVER_URL: where the source of a tool is that this repository itself holds
# exit:  0 done; 2 usage
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

say() { printf 'ghagen: %s\n' "$*" >&2; }

# fail CODE TEXT: one line for the reader of the log, on GitHub an annotation too.
fail() {
  local code=$1 text=$2
  say "$text"
  if [[ ${GITHUB_ACTIONS:-} == true ]]; then
    text=${text//'%'/%25}
    text=${text//$'\r'/%0D}
    text=${text//$'\n'/%0A}
    printf '::error::%s\n' "$text" >&2
  fi
  exit "$code"
}

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(($# == 5)) || fail 2 "usage: write-sbom.sh TOOL LINE VARIANT ARCH ARCHIVE"
tool=$1 line=$2 variant=$3 arch=$4 archive=$5 parts=$here/../sbom/$1.json
[[ $tool =~ ^[a-z0-9][a-z0-9._-]*$ && -f $parts ]] || fail 2 "nothing is known of the tool $tool"
[[ ${VERSION:-} =~ ^[0-9][0-9A-Za-z._+-]*$ ]] || fail 2 "VERSION must begin with a digit"
[[ ${COMMIT:-} =~ ^[0-9a-f]{40}$ ]] || fail 2 "COMMIT must be a commit, 40 hexadecimal digits"
self=
if [[ -n ${REPOSITORY:-} ]]; then self=${GITHUB_SERVER_URL:-https://github.com}/$REPOSITORY; fi
[[ -f $archive ]] || fail 2 "there is no archive $archive"
checksum=$(sha256sum -- "$archive")
checksum=${checksum%% *}

jq --arg place "$line/$arch" --arg variant "$variant" --arg arch "$arch" --arg name "$(basename -- "$archive")" \
  --arg version "$VERSION" --arg commit "$COMMIT" --arg checksum "$checksum" --arg self "$self" '
  # What is built from the tool itself has the version and the commit of this run.
  def of_run:
    .version = $version
    | (if .purl then .purl += $commit else . end)
    | (if .externalReferences == null and $self != "" then .externalReferences = [{type: "vcs", url: $self}] else . end)
    | (if .externalReferences then .externalReferences |= map(.comment = "commit " + $commit) else . end);
  def uuid: "urn:uuid:\(.[0:8])-\(.[8:12])-8\(.[13:16])-8\(.[17:20])-\(.[20:32])";
  . as $tool
  | [.parts[] | select(any(.places[]; . == $place) and any(.variants[]; . == $variant))] as $parts
  | if $parts == [] then error("nothing is known of \($variant) in \($place)") else . end
  | ($parts | map(.id)) as $ids
  | {
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      serialNumber: ($checksum | uuid),
      version: 1,
      metadata: {
        component: {
          type: "application",
          "bom-ref": $name,
          name: $tool.tool,
          version: $version,
          hashes: [{alg: "SHA-256", content: $checksum}],
          properties: [{name: "ghagen:archive", value: $name}, {name: "ghagen:variant", value: $variant}, {name: "ghagen:arch", value: $arch}]
        }
      },
      components: [$parts[] | if .of_run then .component | of_run else .component end],
      dependencies: (
        [{ref: $name, dependsOn: $ids}]
        + [$parts[] | {ref: .id, dependsOn: [.needs[] | select(. as $need | any($ids[]; . == $need))]}]
      ),
      # What a program in Go or Rust has of other modules stands in the program itself and in the licences of the release.
      compositions: [
        {aggregate: "incomplete", assemblies: [$parts[] | select(.has_modules) | .id]} | select(.assemblies != [])
      ]
    }' "$parts"
