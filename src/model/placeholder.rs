//! Placeholders: the values that a text of a recipe can name, known only while a build runs.

use std::fmt;

/// A text with a placeholder that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{{{0}}}` is not a placeholder")]
pub struct PlaceholderError(pub String);

/// A value that a text can name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placeholder {
    /// `{tool}`: the tool that is built.
    Tool,
    /// `{version}`: the version of the source that is built.
    Version,
    /// `{tag}`: its tag.
    Tag,
    /// `{commit}`: its commit.
    Commit,
    /// `{arch}`: the arch that is built for.
    Arch,
    /// `{goarch}`: the same as Go names it.
    GoArch,
    /// `{triple}`: the target triple.
    Triple,
    /// `{prefix}`: the folder that everything is installed into.
    Prefix,
    /// `{source}`: the folder of the source.
    Source,
    /// `{files}`: the folder of the spec's own files.
    Files,
    /// `{jobs}`: how many processes may run at once.
    Jobs,
    /// `{epoch}`: the time of the source's commit, in seconds since 1970.
    Epoch,
    /// `{line}`: the release line of the tool.
    Line,
    /// `{line.KEY}`: a value of the release line.
    LineValue(String),
    /// `{input.NAME}`: what was entered where the run was started.
    Input(String),
}

impl Placeholder {
    /// The names that `parse` knows, but for those of line values and inputs.
    pub const NAMES: [&'static str; 13] = [
        "tool", "version", "tag", "commit", "arch", "goarch", "triple", "prefix", "source", "files", "jobs", "epoch",
        "line",
    ];

    /// Reads the name between the braces.
    pub fn parse(name: &str) -> Result<Self, PlaceholderError> {
        Ok(match name {
            "tool" => Self::Tool,
            "version" => Self::Version,
            "tag" => Self::Tag,
            "commit" => Self::Commit,
            "arch" => Self::Arch,
            "goarch" => Self::GoArch,
            "triple" => Self::Triple,
            "prefix" => Self::Prefix,
            "source" => Self::Source,
            "files" => Self::Files,
            "jobs" => Self::Jobs,
            "epoch" => Self::Epoch,
            "line" => Self::Line,
            _ => match name.split_once('.') {
                Some(("line", key)) if is_line_key(key) => Self::LineValue(key.to_owned()),
                Some(("input", key)) if is_line_key(key) => Self::Input(key.to_owned()),
                _ => return Err(PlaceholderError(name.to_owned())),
            },
        })
    }
}

impl fmt::Display for Placeholder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tool => f.write_str("tool"),
            Self::Version => f.write_str("version"),
            Self::Tag => f.write_str("tag"),
            Self::Commit => f.write_str("commit"),
            Self::Arch => f.write_str("arch"),
            Self::GoArch => f.write_str("goarch"),
            Self::Triple => f.write_str("triple"),
            Self::Prefix => f.write_str("prefix"),
            Self::Source => f.write_str("source"),
            Self::Files => f.write_str("files"),
            Self::Jobs => f.write_str("jobs"),
            Self::Epoch => f.write_str("epoch"),
            Self::Line => f.write_str("line"),
            Self::LineValue(key) => write!(f, "line.{key}"),
            Self::Input(name) => write!(f, "input.{name}"),
        }
    }
}

/// Whether a text can be the key of a line value, or the name of an input: it becomes part of a shell variable's name.
pub(crate) fn is_line_key(key: &str) -> bool {
    !key.is_empty()
        && key.len() <= 40
        && key.starts_with(|first: char| first.is_ascii_lowercase())
        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// A piece of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Text as it is.
    Literal(String),
    /// A value known only while a build runs.
    Placeholder(Placeholder),
}

/// A text with placeholders.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Template(Vec<Segment>);

impl Template {
    /// Reads a text. `{name}` is a placeholder, `{{` and `}}` are braces, any other brace is itself.
    pub fn parse(text: &str) -> Result<Self, PlaceholderError> {
        let mut segments = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(position) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(position);
            literal.push_str(before);
            if brace.starts_with("{{") || brace.starts_with("}}") {
                literal.push_str(&brace[..1]);
                rest = &brace[2..];
            } else if let Some(name) = placeholder_name(brace) {
                let placeholder = Placeholder::parse(name)?;
                if !literal.is_empty() {
                    segments.push(Segment::Literal(std::mem::take(&mut literal)));
                }
                segments.push(Segment::Placeholder(placeholder));
                rest = &brace[name.len() + 2..];
            } else {
                literal.push_str(&brace[..1]);
                rest = &brace[1..];
            }
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            segments.push(Segment::Literal(literal));
        }
        Ok(Self(segments))
    }

    /// A text without placeholders.
    pub fn literal(text: impl Into<String>) -> Self {
        let text = text.into();
        Self(if text.is_empty() { Vec::new() } else { vec![Segment::Literal(text)] })
    }

    /// The text that it was read from, but for braces that were doubled without need.
    pub fn text(&self) -> String {
        let piece = |segment: &Segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Placeholder(placeholder) => format!("{{{placeholder}}}"),
        };
        self.0.iter().map(piece).collect()
    }

    /// The pieces, in order.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// The placeholders in it.
    pub fn placeholders(&self) -> impl Iterator<Item = &Placeholder> {
        self.0.iter().filter_map(|segment| match segment {
            Segment::Placeholder(placeholder) => Some(placeholder),
            Segment::Literal(_) => None,
        })
    }
}

/// The name of the placeholder that a text starts with, where it has the form of one.
fn placeholder_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix('{')?.split_once('}')?.0;
    let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.".contains(&byte));
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_split_at_placeholders() {
        let template = Template::parse("-X {line.module}/x={commit}").unwrap();
        let expected = [
            Segment::Literal("-X ".into()),
            Segment::Placeholder(Placeholder::LineValue("module".into())),
            Segment::Literal("/x=".into()),
            Segment::Placeholder(Placeholder::Commit),
        ];
        assert_eq!(template.segments(), expected);
    }

    #[test]
    fn braces_that_name_nothing_stay() {
        for (text, expected) in [("${{X}}", "${X}"), ("a{", "a{"), ("{}", "{}"), ("{A B}", "{A B}"), ("}{", "}{")] {
            assert_eq!(Template::parse(text).unwrap(), Template::literal(expected), "{text}");
        }
        assert_eq!(Template::parse("{versoin}"), Err(PlaceholderError("versoin".into())));
    }
}
