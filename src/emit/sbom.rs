//! `generated/sbom/<tool>.json`: the parts of packages as `CycloneDX` names them, for the script that writes the bill of materials
//! of a package.
//!
//! `CycloneDX` and not SPDX: it asks for no time and no random name, so the same inputs give the same bytes.

use serde_json::{Map, Value, json};

use super::json::Document;
use super::{Artifact, Request, header};
use crate::model::{ComponentKind, VariantName};
use crate::plan::{Part, PartSource, ToolPlan, UnitSource};

/// The version of the format, which the scripts that read it know.
const SCHEMA_VERSION: u64 = 1;

pub(super) fn emit(request: &Request<'_>) -> Vec<Artifact> {
    request.plan.tools.iter().map(|plan| file(request, plan)).collect()
}

fn file(request: &Request<'_>, plan: &ToolPlan) -> Artifact {
    let (text, origins) = Document::new()
        .key(header::JSON_KEY, &Value::from(request.header(&plan.files).join(" ")))
        .key("schema_version", &Value::from(SCHEMA_VERSION))
        .key("tool", &Value::from(plan.name.as_str()))
        .items("parts", plan.parts.iter().map(|part| (part_json(part), &part.origin)))
        .end();
    Artifact {
        path: format!("generated/sbom/{}.json", plan.name),
        bytes: text.into_bytes(),
        executable: false,
        files: plan.files.clone(),
        origins,
    }
}

fn part_json(part: &Part) -> Value {
    let (tag, commit, sha256) = match &part.source {
        PartSource::Unit(UnitSource::Git { tag, commit, .. }) => (Some(tag.as_str()), Some(commit.as_str()), None),
        PartSource::Unit(UnitSource::Archive { sha256, .. }) => (None, None, Some(sha256.as_str())),
        _ => (None, None, None),
    };
    json!({
        "id": part.id,
        "places": part.places.iter().map(|(line, arch)| format!("{line}/{arch}")).collect::<Vec<_>>(),
        "variants": part.variants.iter().map(VariantName::as_str).collect::<Vec<_>>(),
        "needs": part.needs,
        // What is built from the tool's own source has the version and the commit of the run.
        "of_run": matches!(part.source, PartSource::Unit(UnitSource::Run { .. })),
        "has_modules": part.has_modules,
        "source": {"url": part.source.url(), "tag": tag, "commit": commit, "sha256": sha256},
        "component": component_json(part),
    })
}

/// The part as an object of `CycloneDX`, without what a run alone knows.
fn component_json(part: &Part) -> Value {
    let kind = match part.kind {
        ComponentKind::Program => "application",
        ComponentKind::Library => "library",
        ComponentKind::Files | ComponentKind::Units => "file",
    };
    let mut component = Map::new();
    component.insert("type".to_owned(), json!(kind));
    component.insert("bom-ref".to_owned(), json!(part.id));
    component.insert("name".to_owned(), json!(part.name));
    let version = match &part.source {
        PartSource::Unit(UnitSource::Git { version, .. } | UnitSource::Archive { version, .. }) => {
            Some(version.as_str())
        }
        PartSource::Language { version, .. } => Some(version.as_str()),
        PartSource::Unit(UnitSource::Unresolved { .. } | UnitSource::Run { .. } | UnitSource::Files)
        | PartSource::Distribution => None,
    };
    component.extend(version.map(|version| ("version".to_owned(), json!(version))));
    component.insert("description".to_owned(), json!(part.summary));
    if let PartSource::Unit(UnitSource::Archive { sha256, .. }) = &part.source {
        component.insert("hashes".to_owned(), json!([{"alg": "SHA-256", "content": sha256.as_str()}]));
    }
    component.insert("licenses".to_owned(), json!([{"expression": part.license}]));
    component.extend(package_url(part).map(|url| ("purl".to_owned(), json!(url))));
    component.extend(reference(part).map(|reference| ("externalReferences".to_owned(), json!([reference]))));
    Value::Object(component)
}

/// Where the source is, and at which commit.
fn reference(part: &Part) -> Option<Value> {
    let url = part.source.url()?;
    Some(match &part.source {
        PartSource::Unit(UnitSource::Git { tag, commit, .. }) => {
            json!({"type": "vcs", "url": url, "comment": format!("tag {tag}, commit {}", commit.as_str())})
        }
        PartSource::Unit(UnitSource::Archive { sha256, .. }) => {
            let hash = json!({"alg": "SHA-256", "content": sha256.as_str()});
            json!({"type": "source-distribution", "url": url, "hashes": [hash]})
        }
        _ => json!({"type": "vcs", "url": url}),
    })
}

/// The package URL; for what a run alone knows the commit of, without it at its end.
fn package_url(part: &Part) -> Option<String> {
    let url = part.source.url()?;
    Some(match &part.source {
        PartSource::Distribution | PartSource::Unit(UnitSource::Unresolved { .. }) => return None,
        PartSource::Language { package, version, .. } => format!("pkg:{package}@{version}"),
        PartSource::Unit(UnitSource::Archive { version, sha256, .. }) => {
            let (name, version, url) = (encoded(&part.name), encoded(version.as_str()), encoded(url));
            format!("pkg:generic/{name}@{version}?checksum=sha256:{}&download_url={url}", sha256.as_str())
        }
        PartSource::Unit(source) => {
            let commit = match source {
                UnitSource::Git { commit, .. } => commit.as_str(),
                _ => "",
            };
            match github(url) {
                Some(repository) => format!("pkg:github/{}@{commit}", repository.to_ascii_lowercase()),
                None => format!("pkg:generic/{}?vcs_url=git%2B{}%40{commit}", encoded(&part.name), encoded(url)),
            }
        }
    })
}

/// `owner/name`, for a repository that package URLs have a type of its own for.
fn github(url: &str) -> Option<&str> {
    let path = url.strip_prefix("https://github.com/")?.trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    (path.split('/').count() == 2).then_some(path)
}

/// A value of a package URL: what has a meaning in it is written by its number.
fn encoded(text: &str) -> String {
    let encode = |character: char| match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' | '~' | '/' | ':' => character.to_string(),
        _ => format!("%{:02X}", u32::from(character)),
    };
    text.chars().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories_of_github_are_known_by_their_address_alone() {
        assert_eq!(github("https://github.com/seccomp/libseccomp"), Some("seccomp/libseccomp"));
        assert_eq!(github("https://github.com/a/b.git"), Some("a/b"));
        assert_eq!(github("https://github.com/a/b/c"), None);
        assert_eq!(github("https://passt.top/passt"), None);
    }

    #[test]
    fn what_has_a_meaning_in_a_package_url_is_encoded() {
        assert_eq!(encoded("https://a.example/x+y%20@"), "https://a.example/x%2By%2520%40");
    }
}
