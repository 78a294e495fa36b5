//! `ghagen schema`: the JSON Schemas of the spec files.

use clap::ValueEnum;
use serde_json::{Map, Value, json};

use super::console::Console;
use super::exit::Exit;
use crate::spec;

/// A kind of spec file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// spec/ghagen.yaml
    Project,
    /// spec/tools/TOOL.yaml
    Tool,
    /// spec/components/NAME.yaml
    Component,
    /// spec/ghagen.lock
    Lock,
}

impl Kind {
    const fn of_spec(self) -> spec::Kind {
        match self {
            Self::Project => spec::Kind::Project,
            Self::Tool => spec::Kind::Tool,
            Self::Component => spec::Kind::Component,
            Self::Lock => spec::Kind::Lock,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The kind of file; without one, an object that holds the schemas of all
    #[arg(long, value_enum)]
    kind: Option<Kind>,
}

pub(super) fn run(console: &mut Console, options: &Options) -> Exit {
    let all = || {
        let schema = |kind: &spec::Kind| (kind.name().to_owned(), spec::schema(*kind));
        let schemas: Map<String, Value> = spec::Kind::ALL.iter().map(schema).collect();
        json!({"schema_version": 1, "schemas": schemas})
    };
    let printed = options.kind.map_or_else(all, |kind| spec::schema(kind.of_spec()));
    console.print(&format!("{printed:#}"));
    Exit::Done
}
