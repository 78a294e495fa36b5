//! What stands below `spec/files` and `spec/patches`: taking it up, and finding in it what components name.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity, Target};
use crate::model::RelativePath;
use crate::spec::{Spec, closest};

use super::Context;
use super::sink::{Sink, Spot};

/// Every carried file, by its path below `spec`.
pub(super) fn lower(spec: &Spec, sink: &mut Sink) -> BTreeMap<RelativePath, Vec<u8>> {
    let mut carried = BTreeMap::new();
    for (path, bytes) in &spec.carried {
        let below = path.strip_prefix("spec/").unwrap_or(path);
        match RelativePath::parse(below) {
            Ok(path) => {
                carried.insert(path, bytes.clone());
            }
            Err(error) => {
                // The file has no text that could be pointed at.
                let message = format!("the file `{path}` has a name that cannot be carried: {error}");
                let diagnostic =
                    Diagnostic::at(Code::INVALID_PATH, Severity::Error, spec.project.file, Target::File, message);
                sink.push(diagnostic.help("rename the file"));
            }
        }
    }
    carried
}

/// Checks that a file stands in a folder of the spec: `files`, or `patches/<component>`.
pub(super) fn require(context: &Context<'_>, sink: &mut Sink, spot: &Spot, folder: &str, path: &RelativePath) {
    let full = format!("spec/{folder}/{path}");
    if context.spec.carried.contains_key(&full) {
        return;
    }
    let inside = format!("{full}/");
    let below = format!("spec/{folder}/");
    let all = context.spec.carried.keys();
    if all.clone().any(|known| known.starts_with(&inside)) {
        let message = format!("`{full}` is a folder, and files are named one by one");
        let names: Vec<String> =
            all.filter_map(|known| known.strip_prefix(&inside)).map(|name| format!("`{path}/{name}`")).collect();
        let help = format!("name its files: {}", names.join(", "));
        sink.push(spot.error(Code::MISSING_SPEC_FILE, message).help(help));
        return;
    }
    let known: Vec<&str> = all.filter_map(|known| known.strip_prefix(&below)).collect();
    let diagnostic = spot.error(Code::MISSING_SPEC_FILE, format!("there is no file `{full}`"));
    let same_name = |known: &&&str| known.rsplit('/').next() == Some(path.name());
    let near = closest(path.as_str(), known.iter().copied()).or_else(|| known.iter().find(same_name).copied());
    sink.push(match near {
        Some(near) => diagnostic.fix(format!("did you mean `{near}`?"), path.as_str(), near),
        None if known.is_empty() => diagnostic.help(format!("`spec/{folder}` is empty or missing: put the file there")),
        None => diagnostic.help(format!("put the file there; `spec/{folder}` holds {} others", known.len())),
    });
}
