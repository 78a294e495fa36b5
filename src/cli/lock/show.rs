//! `ghagen lock`: every pin that is used, what fixes it, and what uses it.

use std::fmt::Write;
use std::path::Path;

use clap::ValueEnum;
use serde_json::{Value, json};

use crate::cli::console::{Console, STRONG, YELLOW, styled};
use crate::cli::exit::{Exit, Failure};
use crate::cli::table::table;
use crate::cli::work;
use crate::lock::{self, Kind, Used};

/// For whom pins are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs, as JSON
    Json,
}

#[derive(Debug, clap::Args)]
#[group(skip)]
pub(super) struct Options {
    /// For whom to write
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let made = match work::made(console, work::compiled(&work::root(root)?)?) {
        Ok(made) => made,
        Err(exit) => return Ok(exit),
    };
    let used = lock::used(&made.model, &made.plan);
    match options.format {
        Format::Json => {
            let pins: Vec<Value> = used.iter().map(as_json).collect();
            console.print(&format!("{:#}", json!({"schema_version": 1, "pins": pins})));
        }
        Format::Human => console.print(&as_tables(&used)),
    }
    Ok(Exit::Done)
}

fn as_json(pin: &Used) -> Value {
    json!({
        "kind": pin.kind.as_str(),
        "name": pin.name,
        "version": pin.version,
        "fixed": pin.fixed.as_ref().ok(),
        "unresolved": pin.fixed.as_ref().err(),
        "url": pin.url,
        "used_by": pin.by,
    })
}

fn as_tables(used: &[Used]) -> String {
    let parts = used.chunk_by(|one, other| one.kind == other.kind).filter_map(|pins| {
        let (title, fixed_by) = match pins.first()?.kind {
            Kind::Action => ("actions", "commit"),
            Kind::Image => ("images", "digest"),
            Kind::Source => ("sources", "commit"),
            Kind::Tool => ("tools", "checked by"),
        };
        let heading = ["name", "version", fixed_by, "used by"].map(ToOwned::to_owned).to_vec();
        let rows: Vec<Vec<String>> = std::iter::once(heading).chain(pins.iter().map(row)).collect();
        Some(format!("{}\n{}", styled(STRONG, title), table(&rows)))
    });
    let mut text = parts.collect::<Vec<_>>().join("\n\n");
    let unresolved: Vec<String> =
        used.iter().filter_map(|pin| Some(format!("  {}: {}", pin.name, pin.fixed.as_ref().err()?))).collect();
    if !unresolved.is_empty() {
        let _ = write!(text, "\n\n{}\n{}", styled(YELLOW.bold(), "unresolved"), unresolved.join("\n"));
    }
    text
}

fn row(pin: &Used) -> Vec<String> {
    let fixed = match (&pin.fixed, pin.kind) {
        (Err(_), _) => "unresolved".to_owned(),
        // Enough to find it; the whole is in the lock.
        (Ok(commit), Kind::Action | Kind::Source) => commit.chars().take(12).collect(),
        (Ok(digest), Kind::Image) => digest.chars().take("sha256:".len() + 12).collect(),
        (Ok(checked_by), Kind::Tool) => checked_by.clone(),
    };
    let by: Vec<&str> = pin.by.iter().map(String::as_str).collect();
    vec![pin.name.clone(), pin.version.clone(), fixed, by.join(", ")]
}
