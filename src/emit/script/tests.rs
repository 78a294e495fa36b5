//! Every script of the real spec, as it would be committed.

use std::path::Path;

use super::*;
use crate::source::{Origin, Sources};
use crate::{lower, plan, project, spec};

struct Made {
    model: Model,
    plan: Plan,
}

fn real() -> Made {
    let files = project::read_files(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut sources = Sources::default();
    let (spec, diagnostics) = spec::read(&mut sources, &files);
    let spec = spec.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let (model, diagnostics) = lower::lower(&sources, &spec);
    let model = model.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let plan = plan::plan(&model).unwrap();
    Made { model, plan }
}

impl Made {
    fn script(&self, path: &str) -> Artifact {
        let script = self.plan.scripts.iter().find(|script| script.path == path).unwrap();
        emit(&self.model, &self.plan, script, &["Made for a test.".to_owned(), String::new()]).unwrap()
    }
}

#[test]
fn every_script_is_whole() {
    let made = real();
    for script in &made.plan.scripts {
        let artifact = made.script(&script.path);
        let text = String::from_utf8(artifact.bytes).unwrap();
        let path = &script.path;
        let start = if artifact.executable {
            "#!/usr/bin/env bash\n# Made for a test.\n#\n"
        } else {
            "# Made for a test.\n#\n"
        };
        assert!(text.starts_with(start), "{path} starts with {:?}", &text[..80]);
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path} ends wrongly");
        for word in ["<{", "}>", "<%", "%>", "#%", "\u{1}", "\u{2}", "${{", "shellcheck ", "\t", "\n\n\n", " \n"] {
            assert!(!text.contains(word), "{path} holds {word:?}");
        }
        let lines: Vec<usize> = artifact.origins.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines.first(), Some(&1), "{path}");
        assert!(lines.is_sorted(), "{path}: {lines:?}");
    }
}

#[test]
fn lines_lead_back_to_the_spec() {
    let made = real();
    let check = |path: &str, start: &str, expected: &Origin| {
        let artifact = made.script(path);
        let text = String::from_utf8(artifact.bytes).unwrap();
        let line = 1 + text.lines().position(|line| line.trim_start().starts_with(start)).unwrap();
        let found = artifact.origins.iter().find(|(at, _)| *at == line).map(|(_, origin)| origin);
        assert_eq!(found, Some(expected), "{path}:{line}");
    };
    let crun = made.model.components.values().find(|component| component.name.as_str() == "crun").unwrap();
    let pin = made.plan.tools.iter().flat_map(|tool| &tool.units).find_map(|unit| match &unit.source {
        plan::UnitSource::Git { pin, .. } if unit.component == crun.name => Some(pin.clone()),
        _ => None,
    });
    check("generated/scripts/tools/podman.sh", "unit crun ", &pin.unwrap());
    check("generated/scripts/components/crun.sh", "prove bin/crun ", &crun.outputs[0].origin.key("program"));
    check("generated/scripts/components/crun.sh", "# configure, ", &crun.origin.key("recipe").key("autotools"));
}

#[test]
fn conditions_and_declarations_reach_the_recipes() {
    let made = real();
    let holds = |path: &str, expected: &str| {
        let text = String::from_utf8(made.script(path).bytes).unwrap();
        assert!(text.contains(expected), "{path} does not hold\n{expected}\nbut is\n{text}");
    };
    let passt = "generated/scripts/components/passt.sh";
    holds(passt, "  passt\n)\nif [[ $ARCH == amd64 ]]; then\n  words+=(passt.avx2)\nfi\nmake ");
    holds(passt, "LINK_FLAGS=\"-static -Wl,-z,stack-size=8388608\"\n");
    let podman = "generated/scripts/components/podman.sh";
    holds(podman, "CGO_ENABLED=1 LINK_FLAGS=\"-static $PREFIX/lib/mimalloc.o -Wl,-z,stack-size=8388608\" ");
    holds(podman, "  \"-X '$LINE_MODULE/libpod/define.gitCommit=$UNIT_COMMIT'\"\n");
    holds(
        podman,
        "prove bin/podman --link static --allocator-symbol mi_malloc --symbols yes --links \"$LINKS\" --expect ",
    );
    holds(podman, "prove libexec/podman/quadlet --link static --allocator-symbol none --symbols yes --expect ");
    let packages = "generated/scripts/packages/podman.sh";
    holds(
        packages,
        "      if [[ $ARCH == amd64 ]]; then\n        program bin/pasta.avx2 usr/local/bin/pasta.avx2 755 ",
    );
    holds(packages, "--expect \"podman version $VERSION\" -- --version\n");
}
