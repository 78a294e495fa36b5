//! The settings of bots that bump actions, where the spec asks for them: such that a bump is whole, and `ghagen adopt` can
//! take it. Both bots leave everything else of ours alone, since it follows from the lock.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Artifact, Request, json::Document};
use crate::source::FileId;
use crate::yaml::{self, Kind, Node};

/// How old a release must be, in days, where the spec does not say.
const COOLDOWN: u64 = 3;

/// The least that zizmor finds enough for Dependabot.
const DEPENDABOT_COOLDOWN: u64 = 7;

/// The settings that are asked for.
pub(super) fn emit(request: &Request<'_>) -> Vec<Artifact> {
    let pins = &request.model.project.pins;
    let files: BTreeSet<FileId> = [pins.origin.file].into();
    let cooldown = pins.update.as_ref().map_or(COOLDOWN, |update| update.cooldown);
    let dependabot = pins.dependabot.then(|| dependabot(request, files.clone(), cooldown));
    let renovate = pins.renovate.then(|| renovate(request, files.clone(), cooldown));
    dependabot.into_iter().chain(renovate).collect()
}

/// One pull request for all actions: in it, every use of an action moves at once.
fn dependabot(request: &Request<'_>, files: BTreeSet<FileId>, cooldown: u64) -> Artifact {
    let map = |entries: Vec<(&str, Node)>| Node::mapping(entries.into_iter().map(|(key, node)| (key.to_owned(), node)));
    let number = |number: u64| Node::new(Kind::Integer(i64::try_from(number).unwrap_or(i64::MAX)));
    let group = map(vec![("patterns", Node::sequence([Node::text("*")]))]);
    let update = map(vec![
        ("package-ecosystem", Node::text("github-actions")),
        ("directory", Node::text("/")),
        ("schedule", map(vec![("interval", Node::text("weekly"))])),
        ("cooldown", map(vec![("default-days", number(cooldown.max(DEPENDABOT_COOLDOWN)))])),
        (
            "groups",
            map(vec![("actions", group)]).with_above("One pull request, so that every use of an action moves at once."),
        ),
    ]);
    let version = request.header(&files).into_iter().fold(number(2), Node::with_above);
    let updates = Node::sequence([update])
        .with_above("After a bump: `ghagen adopt` takes it into the lock, and makes the generated files whole.");
    let written = yaml::write(&map(vec![("version", version), ("updates", updates)]));
    file(".github/dependabot.yml", written.text, files)
}

/// A preset, to be extended by the settings of the repository.
fn renovate(request: &Request<'_>, files: BTreeSet<FileId>, cooldown: u64) -> Artifact {
    let origin = &request.model.project.pins.origin;
    let actions = json!({
        "description": "One pull request, so that every use of an action moves at once; ghagen adopt takes it over",
        "matchManagers": ["github-actions"],
        "groupName": "actions",
        "separateMajorMinor": false,
        "pinDigests": true,
        "minimumReleaseAge": format!("{cooldown} days"),
    });
    let rest = json!({
        "description": "What else is generated follows from the lock, which ghagen lock update renews",
        "matchFileNames": ["generated/**", "spec/**"],
        "enabled": false,
    });
    let (text, _) = Document::new()
        .key("$schema", &Value::from("https://docs.renovatebot.com/renovate-schema.json"))
        .key("description", &Value::from(request.header(&files).join(" ")))
        .items("packageRules", [(actions, origin), (rest, origin)])
        .end();
    file("generated/renovate.json", text, files)
}

fn file(path: &str, text: String, files: BTreeSet<FileId>) -> Artifact {
    Artifact { path: path.to_owned(), bytes: text.into_bytes(), executable: false, files, origins: Vec::new() }
}
