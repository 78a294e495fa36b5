//! Why bytes differ, from what two manifests say: the one on disk and the fresh one.

use std::collections::BTreeSet;

use super::Cause;
use crate::emit::hash;
use crate::emit::manifest::Found;

/// What changed between the run that wrote the files and this one.
pub(super) struct Change<'a> {
    /// The manifest on disk.
    pub(super) found: &'a Found,
    /// The manifest that would be written now.
    pub(super) fresh: &'a Found,
}

impl<'a> Change<'a> {
    /// The version that wrote the files, where it is not this one.
    pub(super) fn other_version(&self) -> Option<&'a str> {
        let version = self.found.version.as_deref()?;
        (Some(version) != self.fresh.version.as_deref()).then_some(version)
    }

    /// Whether this program, or its templates, are known to be others.
    pub(super) fn is_generator_other(&self) -> bool {
        let is_other = |found: &Option<String>, fresh: &Option<String>| found.is_some() && found != fresh;
        is_other(&self.found.version, &self.fresh.version) || is_other(&self.found.templates, &self.fresh.templates)
    }

    /// Whether a file is made from something else than when it was written.
    pub(super) fn is_spec_other(&self, path: &str) -> bool {
        let (found, fresh) = (self.found.records.get(path), self.fresh.records.get(path));
        found.zip(fresh).is_some_and(|(found, fresh)| found.inputs != fresh.inputs || found.sources != fresh.sources)
    }

    /// Why a file is not there.
    pub(super) fn of_missing(&self, path: &str) -> BTreeSet<Cause> {
        let mut causes = BTreeSet::from([Cause::Missing]);
        // One that no manifest ever listed was not removed: it is new.
        if self.found.is_intact && !self.found.listed.contains(path) {
            causes.insert(if self.is_generator_other() { Cause::GeneratorChanged } else { Cause::SpecChanged });
        }
        causes
    }

    /// Why the bytes of a file that is ours are not those that would be written now.
    pub(super) fn of_bytes(&self, path: &str, bytes: &[u8], is_bump: bool) -> BTreeSet<Cause> {
        let mut causes = BTreeSet::new();
        let record = self.found.records.get(path);
        if record.is_some_and(|record| record.sha256 != hash::of_bytes(bytes)) {
            causes.insert(if is_bump { Cause::PinsBumped } else { Cause::HandEdited });
        }
        if self.is_spec_other(path) {
            causes.insert(Cause::SpecChanged);
        }
        if self.is_generator_other() {
            causes.insert(Cause::GeneratorChanged);
        }
        if causes.is_empty() {
            // With a record: the same spec and the same templates gave other bytes, so the program itself is another.
            // Without one nobody can tell, and the cause that has somebody look is the safe one.
            causes.insert(if record.is_some() { Cause::GeneratorChanged } else { Cause::HandEdited });
        }
        causes
    }
}
