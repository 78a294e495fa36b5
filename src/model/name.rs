//! Names of things, one type a kind, so that a tool's name cannot stand where a component's is meant.

use std::fmt;

/// A name that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a name: take 1 to 60 lower-case letters, digits, `-`, `_` or `.`, the first one a letter or a digit"
)]
pub struct NameError(String);

/// Words of the shell's grammar: where a name stands alone in a script, linters and readers would take it for one of them.
const SHELL_WORDS: [&str; 14] =
    ["if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "in", "function"];

/// Names become parts of file names, tags and shell words, so they hold nothing that any of those would have to quote.
fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
    (1..=60).contains(&text.len())
        && text.bytes().next().is_some_and(|first| first.is_ascii_lowercase() || first.is_ascii_digit())
        && text.bytes().all(allowed)
        && !text.contains("..")
        && !text.ends_with('.')
        && !SHELL_WORDS.contains(&text)
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Checks a name.
            pub fn parse(text: &str) -> Result<Self, NameError> {
                if is_name(text) { Ok(Self(text.to_owned())) } else { Err(NameError(text.to_owned())) }
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NameError;

            fn from_str(text: &str) -> Result<Self, NameError> {
                Self::parse(text)
            }
        }
    )*};
}

names! {
    /// The name of a tool.
    ToolName;
    /// The name of a variant.
    VariantName;
    /// The name of a component.
    ComponentName;
    /// The name of a release line of a tool.
    LineName;
    /// The name of a layout.
    LayoutName;
    /// The name of a place in a layout.
    PlaceName;
    /// The name of an output of a component.
    OutputName;
    /// The name of an allocator.
    AllocatorName;
    /// The name of a command that checks share.
    CommandName;
}

impl VariantName {
    /// Whether artifacts of this variant are named after the tool alone.
    pub fn is_default(&self) -> bool {
        self.0 == "default"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_nothing_to_quote() {
        for good in ["podman", "aardvark-dns", "6", "5.x", "json_c"] {
            assert!(ToolName::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "Podman", "a b", "../x", "a..b", "-x", ".x", "x.", "a/b", "a$b", "ä", "done"] {
            assert!(ToolName::parse(bad).is_err(), "{bad}");
        }
    }
}
