//! One release, from a folder of files to the published release.

use serde_json::json;

use super::fixture::{Releasing, TAG, TARGET};
use crate::support::READER;

#[test]
fn a_draft_is_filled_looked_at_and_published() {
    let Some(releasing) = Releasing::new() else { return };
    releasing.project.output(&mut releasing.publish()).status(0).stderr_has("jq-v1.8.1 is published: ");
    releasing.assert_published();
    let mut names: Vec<_> = releasing.files().into_iter().map(|(_, name)| name).collect();
    names.sort();
    let uploads = names.iter().map(|name| format!("POST /uploads/1/assets {name}"));
    let look = "GET releases/tags/jq-v1.8.1".to_owned();
    let expected: Vec<String> = [look.clone(), "GET git/ref/tags/jq-v1.8.1".to_owned(), "POST releases".to_owned()]
        .into_iter()
        .chain(uploads)
        .chain(["GET releases/1/assets", "PATCH releases/1"].map(str::to_owned))
        .chain([look, "GET releases".to_owned()])
        .collect();
    assert_eq!(releasing.github.requests(), expected);
    let release = releasing.github.state().of_tag(TAG).remove(0);
    assert_eq!(release.fields["name"], "jq 1.8.1");
    assert_eq!(release.fields["target_commitish"], TARGET);
    assert_eq!(release.fields["make_latest"], "false");
    assert_eq!(release.fields["prerelease"], false);
    assert!(release.fields["body"].as_str().unwrap().contains("jq-standalone-linux-arm64.tar.zst"));
}

#[test]
fn what_is_published_is_left_alone() {
    let Some(releasing) = Releasing::new() else { return };
    releasing.project.output(&mut releasing.publish()).status(0);
    releasing.github.heal();
    releasing.project.output(&mut releasing.publish()).status(0).stderr_has("is published already: nothing to do");
    releasing.assert_published();
    assert_eq!(releasing.github.requests(), ["GET releases/tags/jq-v1.8.1", "GET releases"]);
}

#[test]
fn a_revision_is_a_release_of_its_own() {
    let Some(releasing) = Releasing::new() else { return };
    releasing.project.output(&mut releasing.publish()).status(0);
    let tag = format!("{TAG}-2");
    releasing.project.output(releasing.publish().env("RELEASE_TAG", &tag)).status(0);
    let state = releasing.github.state();
    assert_eq!(state.releases.len(), 2);
    assert_eq!(state.of_tag(&tag)[0].fields["name"], "jq 1.8.1 (revision 2)");
    assert_eq!(state.of_tag(&tag)[0].assets.len(), state.of_tag(TAG)[0].assets.len());
    drop(state);
    for wrong in ["jq-v1.8.2", "jq-v1.8.1-0", "other-v1.8.1", "jq-v1.8.1-2-3"] {
        releasing.project.output(releasing.publish().env("RELEASE_TAG", wrong)).status(2).stderr_has("RELEASE_TAG");
    }
}

#[test]
fn a_release_with_another_set_of_files_is_refused_before_anything_is_asked() {
    for (path, text) in [("dist/extra", Some("x")), ("dist/jq-standalone-linux-arm64.tar.zst", None)] {
        let Some(releasing) = Releasing::new() else { return };
        match text {
            Some(text) => releasing.project.write(path, text),
            None => releasing.project.remove(path),
        }
        releasing.project.output(&mut releasing.publish()).status(1);
        assert_eq!(releasing.github.requests(), ["GET releases/tags/jq-v1.8.1"]);
        assert!(releasing.github.state().releases.is_empty());
    }
}

#[test]
fn a_file_that_arrives_with_other_bytes_is_not_published() {
    let Some(releasing) = Releasing::new() else { return };
    // A byte that flips on the way, and a file of the same length: only the digest shows it.
    releasing.program(
        "gh",
        &format!(
            "#!/usr/bin/env bash\nif [[ $* == *assets?name=checksums.txt\\ * ]]; then\n  \
             tr 0 1 <checksums.txt >../flipped\n  set -- \"${{@:1:$#-1}}\" ../flipped\nfi\nexec {} \"$@\"\n",
            crate::support::tool("gh").unwrap().display()
        ),
    );
    releasing.project.output(&mut releasing.publish()).status(1).stderr_has("GitHub holds other files of jq-v1.8.1");
    assert!(releasing.github.state().releases.iter().all(|release| release.draft));
    releasing.project.remove("bin/gh");
    releasing.project.output(&mut releasing.publish()).status(0);
    releasing.assert_published();
}

#[test]
fn a_tag_that_is_there_already_has_to_point_to_this_commit() {
    let Some(releasing) = Releasing::new() else { return };
    releasing.github.state().tags.insert(TAG.to_owned(), "f".repeat(40));
    releasing
        .project
        .output(&mut releasing.publish())
        .status(1)
        .stderr_has("exists without a release and points to fff");
    releasing.github.state().tags.insert(TAG.to_owned(), TARGET.to_owned());
    releasing.project.output(&mut releasing.publish()).status(0);
    releasing.assert_published();
}

#[test]
fn a_token_that_may_not_write_publishes_nothing() {
    let Some(releasing) = Releasing::new() else { return };
    releasing.project.output(releasing.publish().env("GH_TOKEN", READER)).status(1).stderr_has("no draft of jq-v1.8.1");
    assert!(releasing.github.state().releases.is_empty());
}

#[test]
fn a_prerelease_is_marked_as_one() {
    let Some(releasing) = Releasing::new() else { return };
    let mut publish = releasing.publish();
    publish.env("VERSION", "1.8.1-rc1").env("RELEASE_TAG", "jq-v1.8.1-rc1");
    releasing.project.output(&mut publish).status(0);
    assert_eq!(releasing.github.state().of_tag("jq-v1.8.1-rc1")[0].fields["prerelease"], json!(true));
}
