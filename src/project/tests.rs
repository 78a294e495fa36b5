//! Project folders on disk.

use fs_err as fs;
use tempfile::TempDir;

use super::{ProjectError, find_root, read_files};

fn project(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn message(files: &[(&str, &[u8])]) -> String {
    read_files(project(files).path()).unwrap_err().to_string()
}

#[test]
fn the_root_is_the_nearest_folder_with_a_spec() {
    let folder = project(&[("spec/ghagen.yaml", b""), ("deep/er/x", b""), ("deep/spec/other.yaml", b"")]);
    let root = fs::canonicalize(folder.path()).unwrap();
    assert_eq!(find_root(folder.path()).unwrap(), root);
    assert_eq!(find_root(&folder.path().join("deep/er")).unwrap(), root);
    assert_eq!(find_root(&folder.path().join("deep/../spec")).unwrap(), root);
    let outside = tempfile::tempdir().unwrap();
    assert!(matches!(find_root(outside.path()), Err(ProjectError::NoProject { .. })));
    let missing = find_root(&folder.path().join("nowhere")).unwrap_err().to_string();
    assert!(missing.contains("nowhere"), "{missing}");
}

#[test]
fn texts_and_carried_files_are_told_apart() {
    let folder = project(&[
        ("spec/ghagen.yaml", b"a: 1"),
        ("spec/ghagen.lock", b"lock: 1"),
        ("spec/tools/b.yaml", b""),
        ("spec/tools/b.yml", b"misplaced"),
        ("spec/tools/.b.yaml.swp", b"\xff"),
        ("spec/README.md", b"words"),
        ("spec/tool/b.yaml", b"misplaced"),
        ("spec/tools/.#b.yaml", b"an editor's"),
        ("spec/logo.png", b"\xff"),
        ("spec/files/.hidden", b"\xff\x00"),
        ("spec/files/README.md", b"carried"),
        ("spec/patches/b/1.patch", b"p"),
        ("other/x", b""),
    ]);
    let files = read_files(folder.path()).unwrap();
    assert_eq!(
        files.texts.keys().collect::<Vec<_>>(),
        [
            "spec/ghagen.lock",
            "spec/ghagen.yaml",
            "spec/logo.png",
            "spec/tool/b.yaml",
            "spec/tools/b.yaml",
            "spec/tools/b.yml"
        ]
    );
    assert_eq!(
        files.carried.keys().collect::<Vec<_>>(),
        ["spec/files/.hidden", "spec/files/README.md", "spec/patches/b/1.patch"]
    );
    assert_eq!(files.carried["spec/files/.hidden"], b"\xff\x00");
}

#[test]
fn a_folder_without_a_spec_is_empty() {
    let files = read_files(project(&[]).path()).unwrap();
    assert!(files.texts.is_empty() && files.carried.is_empty());
}

#[test]
fn what_is_no_text_names_its_place() {
    assert_eq!(
        message(&[("spec/tools/b.yaml", b"tool: b\ntitle: \xff")]),
        "`spec/tools/b.yaml` is not UTF-8: byte 16 in line 2 cannot be read; save it as UTF-8"
    );
}

#[test]
fn names_that_a_shell_would_read_are_refused() {
    assert!(message(&[("spec/files/a b", b"")]).starts_with("the name of `spec/files/a b` holds white space"));
    assert!(message(&[("spec/files/$(a)", b"")]).starts_with("the name of `spec/files/$(a)` holds punctuation"));
    assert!(
        message(&[("spec/files/.ghagen-a1.tmp", b"")]).contains("the beginning that ghagen's own temporary files have")
    );
    assert!(message(&[("spec/files/a\u{7}", b"")]).contains("holds control characters"));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let outside = project(&[("secret", b"s")]);
    let folder = project(&[("spec/files/a", b"")]);
    std::os::unix::fs::symlink(outside.path().join("secret"), folder.path().join("spec/files/b")).unwrap();
    let message = read_files(folder.path()).unwrap_err().to_string();
    assert!(message.starts_with("`spec/files/b` is a symbolic link;"), "{message}");
    fs::remove_file(folder.path().join("spec/files/b")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("spec/tools")).unwrap();
    assert!(matches!(read_files(folder.path()), Err(ProjectError::NotPlain { .. })));
}
