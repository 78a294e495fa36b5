//! Asks the network for pins: git repositories for tags, registries for digests. For `ghagen lock update` alone.
//!
//! Knows neither the lock's format nor how to write it. Takes the time as a value; `generate` and `check` never get here.

mod choose;
mod git;
mod outcome;
mod registry;
mod wanted;

pub use choose::{Choice, Chosen, Found, Rules, TagRule, Wish, choose};
pub use git::{Git, GitError, Tags};
pub use outcome::{Change, Outcome, Point, State, image, source, tool};
pub use registry::RegistryError;
pub use wanted::{SourceWish, action_wish, find_version, source_wishes};

use crate::model::{Commit, GitUrl, ImageName};

/// What answers for the outside world. Tests put their own in its place.
pub trait Network {
    /// The tags of a repository, each with the commit that it points to.
    fn tags(&self, url: &GitUrl) -> Result<Tags, GitError>;

    /// When a tag was made, in seconds since 1970, as the tag or its commit says itself.
    fn tag_time(&self, url: &GitUrl, tag: &str, commit: &Commit) -> Result<u64, GitError>;

    /// The digest of an image's index.
    fn digest(&self, image: &ImageName) -> Result<String, RegistryError>;
}

/// git and the registries, through the programs `git` and `curl` of this machine.
#[derive(Debug, Default)]
pub struct Internet {
    git: Git,
}

impl Network for Internet {
    fn tags(&self, url: &GitUrl) -> Result<Tags, GitError> {
        self.git.tags(url)
    }

    fn tag_time(&self, url: &GitUrl, tag: &str, commit: &Commit) -> Result<u64, GitError> {
        self.git.tag_time(url, tag, commit)
    }

    fn digest(&self, image: &ImageName) -> Result<String, RegistryError> {
        registry::digest(image)
    }
}
