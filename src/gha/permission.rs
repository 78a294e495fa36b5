//! What the token of a job may do. A scope that is not granted is denied.

use indexmap::IndexMap;

use super::text::Literal;

macro_rules! scopes {
    ($($(#[$doc:meta])* $name:ident, $text:literal, $read:literal, $write:literal;)*) => {
        /// A part of a repository that a token may reach.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scope {
            $($(#[$doc])* $name,)*
        }

        impl Scope {
            /// Every scope, in alphabetical order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// GitHub's name of it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// Whether GitHub offers this level for it.
            pub const fn offers(self, level: Level) -> bool {
                match (self, level) {
                    $((Self::$name, Level::Read) => $read,
                    (Self::$name, Level::Write) => $write,)*
                }
            }
        }
    };
}

scopes! {
    /// Workflow runs, artifacts, caches.
    Actions, "actions", true, true;
    /// Where an artifact is kept and deployed.
    ArtifactMetadata, "artifact-metadata", true, true;
    /// Attestations of artifacts.
    Attestations, "attestations", true, true;
    /// Check runs and suites.
    Checks, "checks", true, true;
    /// Commits, branches, tags, releases.
    Contents, "contents", true, true;
    /// Deployments.
    Deployments, "deployments", true, true;
    /// Discussions.
    Discussions, "discussions", true, true;
    /// A token that proves to others which workflow this is.
    IdToken, "id-token", false, true;
    /// Issues.
    Issues, "issues", true, true;
    /// GitHub Models.
    Models, "models", true, false;
    /// Packages.
    Packages, "packages", true, true;
    /// Pages.
    Pages, "pages", true, true;
    /// Pull requests.
    PullRequests, "pull-requests", true, true;
    /// Code scanning and Dependabot alerts.
    SecurityEvents, "security-events", true, true;
    /// Commit statuses.
    Statuses, "statuses", true, true;
}

/// How far a grant goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Look.
    Read,
    /// Look and change.
    Write,
}

impl Level {
    /// GitHub's name of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// A level, and why it is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// How far.
    pub level: Level,
    /// What for: a few words, written behind the permission.
    pub reason: Literal,
}

/// The permissions of a job, in the order in which they were granted.
pub type Permissions = IndexMap<Scope, Grant>;
