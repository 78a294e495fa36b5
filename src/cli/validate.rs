//! `ghagen validate`: the spec alone.

use std::path::Path;

use super::console::Console;
use super::exit::{Exit, Failure};
use super::format::Format;
use super::{watch, work};

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// For whom to write
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    watch: watch::Watching,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let root = work::root(root)?;
    watch::run(console, &options.watch, &root, |console| validate(console, &root, options))
}

fn validate(console: &mut Console, root: &Path, options: &Options) -> Result<Exit, Failure> {
    let compilation = work::compiled(root)?;
    let exit = if compilation.made.is_some() { Exit::Done } else { Exit::Invalid };
    if let Some(report) = work::render(options.format, &compilation.sources, &compilation.diagnostics) {
        console.print(&report);
        if options.format == Format::Github {
            // Annotations are shown beside the files; the log is read too.
            work::show(console, &compilation.sources, &compilation.diagnostics);
        }
        return Ok(exit);
    }
    work::show(console, &compilation.sources, &compilation.diagnostics);
    if let Some(made) = &compilation.made {
        let cells = made.plan.tools.iter().flat_map(|tool| &tool.cells);
        let included = cells.filter(|cell| cell.excluded.is_none()).count();
        let [tools, components, cells, files] = [
            (made.model.tools.len(), "tool"),
            (made.model.components.len(), "component"),
            (included, "cell"),
            (made.artifacts.len(), "generated file"),
        ]
        .map(|(count, noun)| work::number(count, noun));
        console.tell(&format!("the spec is valid: {tools}, {components}, {cells}, {files}"));
    }
    Ok(exit)
}
