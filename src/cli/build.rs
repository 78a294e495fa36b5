//! `ghagen build`: builds here what CI builds, by the very script that CI runs.

mod live;
mod log;
mod version;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::console::{Console, STRONG, styled};
use super::exit::{Exit, Failure};
use super::work;
use crate::check::{self, Remedy};
use crate::compile::Made;
use crate::emit;
use crate::model::{Arch, Line, Tool, VariantName};
use crate::output;
use crate::plan::ToolPlan;
use crate::resolve::Internet;
use crate::run::{self, End, Event, Invocation, Stream};
use crate::spec::closest;
use live::Live;
use log::Log;
use version::Chosen;

/// What the help says beside the options.
const HELP: &str = "\
The build runs generated/scripts/build-tool.sh, as CI does: in a container that podman starts, with the image of the spec. \
A unit that is exactly as it was in an earlier build is reused; GHAGEN_REUSE=off builds all of them. \
Packages and logs are left in build/TOOL-ARCH. A build that was interrupted goes on where it was.

Exit codes, beside those of every command:
   1  the generated scripts are not what the spec says; nothing was built
  20  a unit failed to build
  21  a source could not be fetched
  22  a proof failed
  23  the build environment could not be set up
 125  the container could not start; so do 126 and 127
 130  interrupted
 137  killed, by a signal or for want of memory; so does 143";

/// What the scripts look at, beside what is given by options.
const VARIABLES: [&str; 3] = ["GHAGEN_BUILD", "GHAGEN_IMAGE", "GHAGEN_REUSE"];

/// Below these the build reads what is generated.
const USED: [&str; 3] = ["generated/scripts/", "generated/files/", "generated/patches/"];

#[derive(Debug, clap::Args)]
#[command(after_long_help = HELP)]
pub(super) struct Options {
    /// The tool
    tool: String,
    /// The variant [default: all of them]
    #[arg(long, value_name = "NAME")]
    variant: Option<String>,
    /// The arch [default: that of this machine, where the tool has it]
    #[arg(long, value_name = "ARCH")]
    arch: Option<String>,
    /// The version [default: the last known good one, from the lock]; any other is looked up with git
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// Print the command, and run nothing
    #[arg(long)]
    print: bool,
}

pub(super) fn run(console: &mut Console, root: Option<&Path>, options: &Options) -> Result<Exit, Failure> {
    let root = fs_err::canonicalize(work::root(root)?)?;
    let made = match work::made(console, work::compiled(&root)?) {
        Ok(made) => made,
        Err(exit) => return Ok(exit),
    };
    let (tool, plan) = tool(&made, &options.tool)?;
    let arch = arch(tool, options.arch.as_deref())?;
    let chosen = version::choose(tool, options.version.as_deref(), &Internet::default())?;
    let variant = variant(plan, chosen.line, arch, options.variant.as_deref())?;
    let invocation = invocation(&root, tool, arch, variant.as_ref(), &chosen);
    let drifted = drifted(&root, &made)?;
    if options.print {
        if !drifted.is_empty() {
            console.note(&format!("warning: {}", stale(&drifted)));
        }
        console.print(&shell_text(&invocation));
        return Ok(Exit::Done);
    }
    if !drifted.is_empty() {
        console.error(&stale(&drifted));
        return Ok(Exit::Drift);
    }
    let units = plan.units_of(&chosen.line.name, arch);
    let wanted = |name: &VariantName| variant.as_ref().is_none_or(|variant| variant == name);
    let units = units.filter(|unit| unit.variants.iter().any(wanted)).map(|unit| unit.component.to_string()).collect();
    let title = format!("{} {} for {arch}", tool.name, chosen.version);
    let folder = std::env::var_os("GHAGEN_BUILD").map_or_else(|| root.join("build"), PathBuf::from);
    build(console, &invocation, &folder.join(format!("{}-{arch}", tool.name)), &title, units)
}

fn tool<'a>(made: &'a Made, name: &str) -> Result<(&'a Tool, &'a ToolPlan), Failure> {
    let found = made.plan.tools.iter().find(|plan| plan.name.as_str() == name);
    let found = found.and_then(|plan| Some((made.model.tools.get(&plan.name)?, plan)));
    let known = made.model.tools.keys().map(crate::model::ToolName::as_str);
    found.ok_or_else(|| unknown("tool", name, known))
}

/// The arch that is asked for, else that of this machine, else the first one.
fn arch(tool: &Tool, name: Option<&str>) -> Result<Arch, Failure> {
    let machine = std::env::consts::ARCH;
    let of_machine = |arch: &&Arch| arch.triple().split('-').next() == Some(machine);
    let found = match name {
        Some(name) => tool.arches.iter().find(|arch| arch.as_str() == name),
        None => tool.arches.iter().find(of_machine).or_else(|| tool.arches.first()),
    };
    found.copied().ok_or_else(|| unknown("arch", name.unwrap_or(machine), tool.arches.iter().map(|arch| arch.as_str())))
}

/// The variant that is asked for; none for all.
fn variant(plan: &ToolPlan, line: &Line, arch: Arch, name: Option<&str>) -> Result<Option<VariantName>, Failure> {
    let cells = plan.cells.iter().filter(|cell| cell.cell.line == line.name && cell.cell.arch == arch);
    let cells: Vec<_> = cells.collect();
    if !cells.iter().any(|cell| cell.excluded.is_none()) {
        return Err(Failure::Usage(format!("{} {} is not built for {arch}", plan.name, line.name)));
    }
    let Some(name) = name.filter(|name| *name != "all") else { return Ok(None) };
    match cells.iter().find(|cell| cell.cell.variant.as_str() == name) {
        None => Err(unknown("variant", name, cells.iter().map(|cell| cell.cell.variant.as_str()))),
        Some(cell) => match &cell.excluded {
            Some(reason) => {
                Err(Failure::Usage(format!("{} {}, {name} for {arch} is left out: {reason}", plan.name, line.name)))
            }
            None => Ok(Some(cell.cell.variant.clone())),
        },
    }
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let known: Vec<&str> = known.collect();
    let near = closest(name, known.iter().copied()).map(|near| format!("; is it `{near}`?")).unwrap_or_default();
    Failure::Usage(format!("there is no {what} `{name}`{near} (there are: {})", known.join(", ")))
}

/// What CI runs: the script, its arguments and its environment.
fn invocation(root: &Path, tool: &Tool, arch: Arch, variant: Option<&VariantName>, chosen: &Chosen<'_>) -> Invocation {
    let mut environment = vec![
        ("VERSION".to_owned(), chosen.version.as_str().into()),
        ("COMMIT".to_owned(), chosen.commit.as_str().into()),
    ];
    let set = VARIABLES.iter().filter_map(|name| Some(((*name).to_owned(), std::env::var_os(name)?)));
    environment.extend(set);
    let variant = variant.map_or("all", VariantName::as_str);
    Invocation {
        program: root.join("generated/scripts/build-tool.sh"),
        arguments: [tool.name.as_str(), arch.as_str(), variant].map(ToOwned::to_owned).to_vec(),
        environment,
    }
}

/// The command as a line for a shell.
fn shell_text(invocation: &Invocation) -> String {
    let environment = invocation.environment.iter();
    let environment =
        environment.map(|(name, value)| format!("{name}={}", emit::script::quote(&value.to_string_lossy())));
    let program = emit::script::quote(&invocation.program.to_string_lossy());
    let arguments = invocation.arguments.iter().map(|argument| emit::script::quote(argument));
    environment.chain([program]).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// The generated files that a build reads and that are not what the spec says.
fn drifted(root: &Path, made: &Made) -> Result<Vec<String>, Failure> {
    let report = check::check(&made.artifacts, &output::read_tree(root)?);
    let is_used = |path: &str| USED.iter().any(|folder| path.starts_with(folder));
    let drifts = report.drifts.into_iter().filter(|drift| is_used(&drift.path) && drift.remedy != Remedy::LetGo);
    Ok(drifts.map(|drift| drift.path).collect())
}

fn stale(paths: &[String]) -> String {
    let more = if paths.len() > 1 { format!(" and {} more", paths.len() - 1) } else { String::new() };
    let first = paths.first().map_or("", String::as_str);
    format!("{first}{more}: not what the spec says, so CI would build something else; run `ghagen generate`")
}

fn build(
    console: &mut Console,
    invocation: &Invocation,
    work: &Path,
    title: &str,
    units: Vec<String>,
) -> Result<Exit, Failure> {
    let mut log = Log::create(&work.with_extension("log"))?;
    let is_seen = std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    let mut live = is_seen.then(|| Live::new(title, units));
    let end = run::run(invocation, |stream, line| {
        log.add(line);
        match (&mut live, stream) {
            (Some(live), _) => live.show(&Event::of(line)),
            (None, Stream::Out) => console.print(line),
            (None, Stream::Err) => console.note(line),
        }
    });
    if let Some(live) = live {
        live.end();
    }
    let end = end.map_err(|error| std::io::Error::other(format!("{}: {error}", invocation.program.display())))?;
    let (exit, is_done) = match end {
        End::Code(code) => (exit(code), code == 0),
        End::Killed => (Exit::Script(137), false),
        End::Interrupted => (Exit::Interrupted, false),
    };
    // Where every line was shown as it came, there is nothing to show again.
    if is_seen && end == End::Interrupted {
        console.note("interrupted: units that were finished are reused the next time");
    } else if is_seen && !is_done {
        for line in log.last() {
            console.note(line);
        }
    }
    if is_done {
        for package in packages(work)? {
            console.print(&package);
        }
        console.note(&styled(STRONG, &format!("{title} is built")));
    }
    console.note(&format!("logs of the units: {}", work.join("logs").display()));
    console.note(&format!("everything that was said: {}", log.path().display()));
    Ok(exit)
}

/// The codes of the script are those of the build; what it does not promise is something that could not be read or written.
fn exit(code: i32) -> Exit {
    match u8::try_from(code) {
        Ok(0) => Exit::Done,
        Ok(2) => Exit::Usage,
        Ok(code @ (20..=23 | 125..=127 | 137 | 143)) => Exit::Script(code),
        Ok(129 | 130) => Exit::Interrupted,
        _ => Exit::Io,
    }
}

fn packages(work: &Path) -> Result<Vec<String>, Failure> {
    let mut packages = Vec::new();
    for entry in fs_err::read_dir(work.join("dist"))? {
        let path = entry?.path();
        packages.push(path.display().to_string());
    }
    packages.sort();
    Ok(packages)
}
