//! Signing and verifying, with the real cosign. A key takes the place of the identity, since that one comes from GitHub alone:
//! everything else, the command line too, is as it is there.

use std::path::Path;

use super::fixture::{Releasing, cosign, program};
use crate::support::{Project, tool};

/// Keyless in, with a key out. What it was asked goes to a log, word for word.
const SHIM: &str = r#"#!/usr/bin/env bash
set -euo pipefail
if [[ $1 == version ]]; then exec REAL "$@"; fi
printf '%s\n' "cosign $*" >>"$COSIGN_KEYS/log"
case $1 in
  sign-blob)
    [[ $2 == --yes ]]
    exec REAL sign-blob --yes --key "$COSIGN_KEYS/cosign.key" --signing-config "$COSIGN_KEYS/signing.json" "${@:3}"
    ;;
  verify-blob)
    [[ $4 == --certificate-oidc-issuer && $6 == --certificate-identity ]]
    exec REAL verify-blob --key "$COSIGN_KEYS/cosign.pub" --insecure-ignore-tlog "${@:2:2}" "${@:8}"
    ;;
esac
exit 99
"#;

/// Neither a log nor a clock to ask: nothing leaves this machine.
const SIGNING_CONFIG: &str = r#"{
  "mediaType": "application/vnd.dev.sigstore.signingconfig.v0.2+json",
  "caUrls": [], "oidcUrls": [], "rekorTlogUrls": [], "tsaUrls": [],
  "rekorTlogConfig": {}, "tsaConfig": {}
}
"#;

/// Puts a cosign with a key before the real one. `None` where cosign is not installed.
pub(super) fn use_key(project: &Project) -> Option<()> {
    let real = tool("cosign")?;
    program(project, "cosign", &SHIM.replace("REAL", real.to_str().unwrap()));
    project.write("keys/signing.json", SIGNING_CONFIG);
    let mut command = project.command(&real);
    command.current_dir(project.root().join("keys")).env("COSIGN_PASSWORD", "").arg("generate-key-pair");
    project.output(&mut command).status(0);
    Some(())
}

/// A built release, and a cosign with a key.
fn signing() -> Option<Releasing> {
    let releasing = Releasing::built()?;
    use_key(&releasing.project)?;
    Some(releasing)
}

/// A generated script, with the key.
fn script(releasing: &Releasing, name: &str) -> std::process::Command {
    let mut command = releasing.script(name, &["dist"]);
    // A way out that leads nowhere: cosign needs none.
    command.env("https_proxy", "http://127.0.0.1:9");
    command.env("COSIGN_KEYS", releasing.at("keys")).env("COSIGN_PASSWORD", "");
    command
}

#[test]
fn everything_is_signed_without_a_key_and_verified_word_for_word() {
    let Some(releasing) = signing() else { return };
    releasing.project.output(&mut script(&releasing, "sign-release.sh")).status(0).stderr_has("signed 2 archives");
    let signed = ["jq-standalone-linux-amd64.tar.zst", "jq-standalone-linux-arm64.tar.zst", "checksums.txt"];
    let identity = "https://github.com/o/r/.github/workflows/build-jq.yml@refs/heads/trunk";
    let issuer = "https://token.actions.githubusercontent.com";
    let signs = signed.map(|file| format!("cosign sign-blob --yes --bundle {file}.bundle {file}"));
    let verifies = signed.map(|file| {
        format!(
            "cosign verify-blob --bundle {file}.bundle --certificate-oidc-issuer {issuer} \
             --certificate-identity {identity} {file}"
        )
    });
    let expected: Vec<_> = signs.into_iter().chain(verifies).collect();
    assert_eq!(releasing.project.read("keys/log").lines().collect::<Vec<_>>(), expected);
    // Bundles of the format that every cosign from 2.6 on reads, and that everybody may read.
    for file in signed {
        use std::os::unix::fs::PermissionsExt;
        let path = format!("dist/{file}.bundle");
        assert!(releasing.project.read(&path).contains("application/vnd.dev.sigstore.bundle.v0.3+json"));
        assert_eq!(fs_err::metadata(releasing.at(&path)).unwrap().permissions().mode() & 0o777, 0o644);
    }
    // Everything but the checksums, the signatures and the attestation is in the checksums.
    let checksums = releasing.project.read("dist/checksums.txt");
    for (kind, name) in releasing.files() {
        let is_covered = checksums.lines().any(|line| line.ends_with(&format!("  {name}")));
        assert_eq!(is_covered, kind == "archive" || kind == "asset", "{kind} {name}\n{checksums}");
    }
    // And the whole goes out.
    releasing.project.output(&mut script(&releasing, "publish-release.sh")).status(0);
    releasing.assert_published();
}

/// Changes one byte in the middle of a file, to another letter so that texts stay texts.
fn flip(path: &Path) {
    let mut bytes = fs_err::read(path).unwrap();
    let middle = bytes.len() / 2;
    let at = (middle..bytes.len()).find(|at| bytes[*at].is_ascii_alphanumeric()).unwrap();
    bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
    fs_err::write(path, bytes).unwrap();
}

#[test]
fn one_flipped_byte_anywhere_stops_the_release() {
    let Some(releasing) = signing() else { return };
    releasing.project.output(&mut script(&releasing, "sign-release.sh")).status(0);
    for (kind, name) in releasing.files() {
        // GitHub's own statement is verified by those who download; see `gh attestation verify`.
        if kind == "attestation" {
            continue;
        }
        let path = releasing.at(&format!("dist/{name}"));
        let whole = fs_err::read(&path).unwrap();
        flip(&path);
        for name in ["verify-release.sh", "publish-release.sh"] {
            let output = releasing.project.output(&mut script(&releasing, name));
            output.status(1);
            let expected = if kind == "signature" { "the signature of " } else { "the checksums do not " };
            assert!(output.stderr().contains(expected) || kind == "checksums", "{kind}\n{output}");
        }
        fs_err::write(&path, whole).unwrap();
    }
    assert!(releasing.github.state().releases.is_empty());
    releasing.project.output(&mut script(&releasing, "publish-release.sh")).status(0);
    releasing.assert_published();
}

#[test]
fn checksums_that_were_made_anew_do_not_pass_without_their_signature() {
    let Some(releasing) = signing() else { return };
    releasing.project.output(&mut script(&releasing, "sign-release.sh")).status(0);
    // A file that is covered by the checksums alone, replaced by somebody who can compute those, too.
    releasing.project.write("dist/jq.pins.json", "{}\n");
    let mut sums = releasing.project.command("bash");
    sums.args([
        "-c",
        "cd dist && sha256sum $(cut --characters=67- checksums.txt) >../sums && mv ../sums checksums.txt",
    ]);
    releasing.project.output(&mut sums).status(0);
    releasing
        .project
        .output(&mut script(&releasing, "publish-release.sh"))
        .status(1)
        .stderr_has("the signature of checksums.txt is not one of ");
}

#[test]
fn nothing_is_signed_as_somebody_else_or_by_another_cosign() {
    let Some(releasing) = signing() else { return };
    let refs = [
        "o/r/.github/workflows/build-jq.yml@refs/heads/other",
        "o/r/.github/workflows/other.yml@refs/heads/trunk",
        "o/fork/.github/workflows/build-jq.yml@refs/heads/trunk",
        "",
    ];
    for workflow in refs {
        let mut sign = script(&releasing, "sign-release.sh");
        releasing
            .project
            .output(sign.env("GITHUB_WORKFLOW_REF", workflow))
            .status(1)
            .stderr_has("signatures are verified as those of");
    }
    releasing.program("cosign", "#!/bin/sh\necho '{\"gitVersion\": \"v3.1.2\"}'\n");
    let expected = format!("cosign is v3.1.2, but the lock has {}", cosign());
    releasing.project.output(&mut script(&releasing, "sign-release.sh")).status(1).stderr_has(&expected);
    assert!(!releasing.at("keys/log").exists(), "something was signed");
    releasing.project.remove("bin/cosign");
    let mut sign = script(&releasing, "sign-release.sh");
    // A PATH with everything but cosign.
    let path = releasing.at("bin").display().to_string() + ":/usr/bin:/bin";
    releasing.project.output(sign.env("PATH", path)).status(1).stderr_has("cosign is not installed");
}
