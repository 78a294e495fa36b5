//! How long `generate` and `check` take as whole processes, and how much memory, beside the Python package ghagen; and how long
//! the stages alone take, from texts to all files in memory.
//!
//! Usage: cargo bench --bench processes [-- TOOLS...], such as `-- 10 100`; without any: 10, 100 and 1000. Prints a table, and
//! judges nothing: times on a shared machine differ from run to run, so only numbers of one run are worth comparing.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    reason = "a program that prints measurements"
)]

#[path = "processes/measure.rs"]
mod measure;
#[path = "processes/python.rs"]
mod python;
#[path = "synthetic.rs"]
mod synthetic;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use fs_err as fs;
use ghagen::compile::compile;
use ghagen::project::read_files;
use ghagen::spec::Files;

use measure::{Measured, measure};

/// The repository.
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The program that is measured.
const GHAGEN: &str = env!("CARGO_BIN_EXE_ghagen");

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    // cargo adds `--bench`.
    let sizes = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let mut sizes: Vec<usize> = sizes.map(|size| size.parse().with_context(|| size)).collect::<Result<_>>()?;
    if sizes.is_empty() {
        sizes = vec![10, 100, 1000];
    }
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("{cores} processors; wall: median and least, processor: mean of all runs, peak: memory of one more run\n");
    println!(
        "{:<12} {:<24} {:>9} {:>9} {:>9} {:>8} {:>8}",
        "project", "command", "wall", "least", "processor", "peak", "of it"
    );
    let temporary = tempfile::tempdir()?;
    project("real spec", &read_files(Path::new(ROOT))?, &temporary.path().join("real"), 40)?;
    let mut each = Vec::new();
    for size in sizes {
        let root = temporary.path().join(size.to_string());
        let runs = (2000 / size).clamp(5, 40);
        let compiled = project(&format!("{size} tools"), &synthetic::project(size), &root, runs)?;
        each.push((size, compiled));
    }
    println!();
    for (size, measured) in each {
        println!("{size} tools: {:.3} ms of the processor for each tool", measured.cpu / size as f64 * 1e3);
    }
    Ok(())
}

/// Measures a project, and gives what a `generate` with nothing to write took.
fn project(name: &str, files: &Files, root: &Path, runs: usize) -> Result<Measured> {
    for (path, bytes) in files.texts.iter().map(|(path, text)| (path, text.as_bytes())).chain(carried(files)) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().context("a folder")?)?;
        fs::write(path, bytes)?;
    }
    row(name, "stages alone", &in_memory(files, runs)?, None);
    let ghagen = |arguments: &[&str]| {
        let mut command = Command::new(GHAGEN);
        command.current_dir(root).args(arguments);
        command
    };
    let first = measure(&ghagen(&["generate"]), 1, Some(&|| clean(root)))?;
    let generate = measure(&ghagen(&["generate"]), runs, None)?;
    let check = measure(&ghagen(&["check"]), runs, None)?;
    let (synth, synced) = match python::Python::new(root)? {
        Some(python) => (
            Some(measure(&python.command("synth"), runs.min(3), None)?),
            Some(measure(&python.command("check-synced"), runs.min(3), None)?),
        ),
        None => (None, None),
    };
    row(name, "generate, all files new", &first, synth.as_ref());
    row(name, "generate, none new", &generate, synth.as_ref());
    row(name, "check", &check, synced.as_ref());
    for (command, measured) in [("Python ghagen synth", &synth), ("Python ghagen check", &synced)] {
        if let Some(measured) = measured {
            row(name, command, measured, None);
        }
    }
    Ok(generate)
}

fn carried(files: &Files) -> impl Iterator<Item = (&String, &[u8])> {
    files.carried.iter().map(|(path, bytes)| (path, bytes.as_slice()))
}

/// Compiles in this process, without a disk.
fn in_memory(files: &Files, runs: usize) -> Result<Measured> {
    let mut times = Vec::new();
    for _ in 0..runs {
        let start = Instant::now();
        let compilation = compile(black_box(files))?;
        ensure!(compilation.made.is_some(), "the spec does not compile: {:#?}", compilation.diagnostics.first());
        times.push(start.elapsed().as_secs_f64());
    }
    Ok(Measured::of(times, 0.0, None))
}

/// Takes away what is generated.
fn clean(root: &Path) -> Result<()> {
    for folder in ["generated", ".github"].map(|folder| root.join(folder)).iter().filter(|folder| folder.exists()) {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// One line of the table. The last column is the share of the wall time that the Python package takes.
fn row(project: &str, command: &str, measured: &Measured, python: Option<&Measured>) {
    let Measured { median, least, cpu, peak } = measured;
    let seconds =
        |seconds: f64| if seconds < 1.0 { format!("{:.1} ms", seconds * 1e3) } else { format!("{seconds:.2} s") };
    let peak = peak.map_or_else(|| "-".to_owned(), |kib| format!("{:.0} MiB", kib as f64 / 1024.0));
    let ratio = python.map_or_else(String::new, |python| format!("1/{:.0}", python.median / median));
    let (median, least, cpu) = (seconds(*median), seconds(*least), seconds(*cpu));
    println!("{project:<12} {command:<24} {median:>9} {least:>9} {cpu:>9} {peak:>8} {ratio:>8}");
}

/// A folder of tools that `make bench` installs.
fn tools() -> PathBuf {
    Path::new(ROOT).join("target/tools/bench-venv/bin")
}

/// Runs a command, and refuses to measure one that fails.
fn must_succeed(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("{}", command.get_program().display()))?;
    ensure!(output.status.success(), "{command:?} fails:\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
