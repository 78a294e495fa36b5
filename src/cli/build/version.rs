//! Which version is built, and at which commit: that of the lock, or one that the tool's repository is asked for.

use crate::cli::exit::Failure;
use crate::model::{Line, LineName, Tool, Version};
use crate::resolve::{Network, find_version};

/// A version with its line and its commit.
#[derive(Debug)]
pub(super) struct Chosen<'a> {
    pub(super) version: Version,
    pub(super) commit: String,
    pub(super) line: &'a Line,
}

/// The version that is asked for, else the last known good one of the newest line that has one.
pub(super) fn choose<'a>(tool: &'a Tool, asked: Option<&str>, network: &impl Network) -> Result<Chosen<'a>, Failure> {
    let name = &tool.name;
    let Some(asked) = asked else {
        let tested = tool.lines.iter().find_map(|line| Some((line, line.tested.as_ref()?)));
        let (line, pin) = tested.ok_or_else(|| {
            Failure::Usage(format!(
                "the lock knows no version of {name}; name one: `ghagen build {name} --version VERSION`"
            ))
        })?;
        return Ok(Chosen { version: pin.version.clone(), commit: pin.commit.as_str().to_owned(), line });
    };
    let version = Version::parse(asked).map_err(|error| Failure::Usage(error.to_string()))?;
    let line = tool.line_of(&version).ok_or_else(|| {
        let lines: Vec<String> = tool.lines.iter().map(|line| format!("{} ({})", line.name, line.versions)).collect();
        Failure::Usage(format!("{name} {version} is in no release line (there are: {})", lines.join(", ")))
    })?;
    if let Some(pin) = tool.upstream.pins.iter().find(|pin| pin.version == version) {
        return Ok(Chosen { version, commit: pin.commit.as_str().to_owned(), line });
    }
    let upstream = &tool.upstream;
    let found = find_version(network, tool, &version).map_err(|error| {
        std::io::Error::other(format!("{} cannot be asked for {version}: {error}", upstream.url.as_str()))
    })?;
    let found = found.ok_or_else(|| none(tool, &version, &line.name))?;
    Ok(Chosen { version, commit: found.commit.as_str().to_owned(), line })
}

fn none(tool: &Tool, version: &Version, line: &LineName) -> Failure {
    let url = tool.upstream.url.as_str();
    let pattern = tool.upstream.tags.as_str();
    Failure::Usage(format!(
        "{url} has no tag for {} {version} (line {line}): none that `{pattern}` fits; to see its tags: `git ls-remote --tags {url}`",
        tool.name
    ))
}
