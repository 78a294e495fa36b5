//! Any bytes in the place of a manifest.

use std::sync::LazyLock;

use ghagen::check::{self, Cause, Entry};
use ghagen::compile::compile;
use ghagen::emit::{Artifact, manifest};

use super::{bundle, promises};

/// What is made of the small spec.
static ARTIFACTS: LazyLock<Vec<Artifact>> = LazyLock::new(|| {
    let made = compile(&bundle::base()).ok().and_then(|compilation| compilation.made);
    made.expect("the small spec compiles").artifacts
});

/// Compares what is made of the small spec with a tree that has these bytes in the place of the manifest.
pub fn run(data: &[u8]) {
    let found = manifest::read(data);
    assert!(found.records.keys().all(|path| found.listed.contains(path)));
    if found.is_intact {
        let (version, templates) =
            (found.version.clone().expect("a version"), found.templates.clone().expect("a hash"));
        assert_eq!(found.records.len(), found.listed.len());
        let again = manifest::Manifest { version, templates, files: found.records.clone() }.artifact().bytes;
        assert_eq!(again, data, "what is intact is written in one way");
    }
    let mut tree = promises::tree(&ARTIFACTS);
    tree.insert(manifest::PATH, Entry::File { bytes: data.to_vec(), executable: false });
    let is_ours = ARTIFACTS.iter().any(|artifact| artifact.path == manifest::PATH && artifact.bytes == data);
    let drifts = check::check(&ARTIFACTS, &tree).drifts;
    // Every other file is as it should be, whatever the manifest says.
    assert!(drifts.iter().all(|drift| drift.path == manifest::PATH), "{drifts:?}");
    assert_eq!(drifts.is_empty(), is_ours);

    for artifact in ARTIFACTS.iter().filter(|artifact| artifact.path != manifest::PATH) {
        let bytes = [&artifact.bytes, &b"# edited\n"[..]].concat();
        tree.insert(artifact.path.clone(), Entry::File { bytes, executable: !artifact.executable });
    }
    tree.insert("generated/extra", Entry::File { bytes: b"not ours\n".to_vec(), executable: false });
    let drifts = check::check(&ARTIFACTS, &tree).drifts;
    for artifact in ARTIFACTS.iter().filter(|artifact| artifact.path != manifest::PATH) {
        let drift = drifts.iter().find(|drift| drift.path == artifact.path).expect("a changed file is a drift");
        assert!(!drift.causes.is_empty());
        assert!(drift.causes.contains(&Cause::ModeChanged) || drift.obstacle.is_some());
    }
    let is_extra = drifts.iter().any(|drift| drift.path == "generated/extra");
    assert_eq!(is_extra, found.listed.contains("generated/extra"), "a file is ours by the manifest alone");
}
