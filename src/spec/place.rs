//! Which file of a spec is what, by its path; files that are missing, and files that nothing reads.

use crate::diagnostic::{Code, Diagnostic, Severity, Target};
use crate::source::FileId;

use super::Kind;
use super::suggest::closest;

const FOLDERS: [&str; 4] = ["tools", "components", "files", "patches"];

/// The kind of the file at `path`; where it is none, what to do about it.
pub(super) fn of(path: &str) -> Result<Kind, String> {
    let names: Vec<&str> = path.split('/').skip(1).collect();
    match names.as_slice() {
        ["ghagen.yaml"] => Ok(Kind::Project),
        ["ghagen.lock"] => Ok(Kind::Lock),
        ["tools", file] if file.strip_suffix(".yaml").is_some() => Ok(Kind::Tool),
        ["components", file] if file.strip_suffix(".yaml").is_some() => Ok(Kind::Component),
        names => Err(advice(names)),
    }
}

fn advice(names: &[&str]) -> String {
    match names {
        ["ghagen.yml"] => "name it `spec/ghagen.yaml`".to_owned(),
        [folder @ ("tools" | "components"), file] => match file.strip_suffix(".yml") {
            Some(stem) => format!("name it `spec/{folder}/{stem}.yaml`"),
            None => format!("`spec/{folder}` holds `.yaml` files only; what packages carry stands below `spec/files`"),
        },
        [folder @ ("tools" | "components"), .., file] => {
            format!("files stand directly in `spec/{folder}`: move it to `spec/{folder}/{file}`")
        }
        [folder, rest @ ..] if !rest.is_empty() => match closest(folder, FOLDERS) {
            Some(near) => format!("did you mean `spec/{near}/{}`?", rest.join("/")),
            None => format!("the folders under `spec` are `{}`", FOLDERS.join("`, `")),
        },
        _ => "tools are `spec/tools/<tool>.yaml`, components are `spec/components/<component>.yaml`; what packages carry \
              stands below `spec/files`"
            .to_owned(),
    }
}

/// A file under `spec/` that nothing reads. Left alone, it would look as if it counted.
pub(super) fn unknown_file(file: FileId, path: &str, help: String) -> Diagnostic {
    let message = format!("nothing reads `{path}`");
    Diagnostic::at(Code::UNKNOWN_FILE, Severity::Error, file, Target::File, message).help(help)
}

/// A file that every spec has, and this one lacks.
pub(super) fn missing_file(file: FileId, kind: Kind) -> Diagnostic {
    let message = format!("there is no `{}`", kind.place());
    let help = match kind {
        Kind::Lock => "begin one with the line `lock: 1`, then let `ghagen lock update` fill it: that asks the network",
        _ => "`ghagen init` makes a project with a small spec that works",
    };
    Diagnostic::at(Code::MISSING_FILE, Severity::Error, file, Target::File, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::{Kind, of};

    #[test]
    fn knows_every_place() {
        assert_eq!(of("spec/ghagen.yaml"), Ok(Kind::Project));
        assert_eq!(of("spec/ghagen.lock"), Ok(Kind::Lock));
        assert_eq!(of("spec/tools/a.yaml"), Ok(Kind::Tool));
        assert_eq!(of("spec/components/a.yaml"), Ok(Kind::Component));
    }

    #[test]
    fn says_where_a_misplaced_file_belongs() {
        let help = |path| of(path).unwrap_err();
        assert_eq!(help("spec/ghagen.yml"), "name it `spec/ghagen.yaml`");
        assert_eq!(help("spec/tools/a.yml"), "name it `spec/tools/a.yaml`");
        assert_eq!(help("spec/tool/a.yaml"), "did you mean `spec/tools/a.yaml`?");
        assert_eq!(help("spec/patch/b/1.patch"), "did you mean `spec/patches/b/1.patch`?");
        assert_eq!(help("spec/notes/1.txt"), "the folders under `spec` are `tools`, `components`, `files`, `patches`");
        assert!(help("spec/components/deep/a.yaml").ends_with("move it to `spec/components/a.yaml`"));
        assert!(help("spec/tools/a.json").starts_with("`spec/tools` holds `.yaml` files only"));
        assert!(help("spec/podman.yaml").starts_with("tools are "));
    }
}
