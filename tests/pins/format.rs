//! The lock as a file: what is written is what was read, and holds what is used and nothing else.

use ghagen::{compile, lock, project, source::Sources, spec};

use crate::support::repository;

/// The lock of this repository as written anew, without what nothing uses.
fn written() -> (String, String, Vec<String>) {
    let files = project::read_files(repository()).unwrap();
    let (spec, diagnostics) = spec::read(&mut Sources::default(), &files);
    let spec = spec.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let made = compile::compile(&files).unwrap().made.unwrap();
    let mut file = spec.lock.value.clone();
    let gone = lock::prune(&mut file, &lock::used(&made.model, &made.plan));
    (files.texts[lock::PATH].clone(), lock::write(&file), gone)
}

#[test]
fn the_committed_lock_is_as_it_would_be_written_and_all_of_it_is_used() {
    let (committed, written, gone) = written();
    if std::env::var_os("GHAGEN_BLESS").is_some() {
        fs_err::write(repository().join(lock::PATH), &written).unwrap();
        return;
    }
    assert_eq!(committed, written);
    assert!(gone.is_empty(), "{gone:?}");
}
