//! Time and memory of a process that runs several times.

use std::process::Command;
use std::time::Instant;

use anyhow::Result;
use fs_err as fs;

use super::must_succeed;

/// What a command takes. Times are in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    /// The median of the times on the clock.
    pub median: f64,
    /// The least of them: the nearest to what it would be on a machine that does nothing else.
    pub least: f64,
    /// The mean of the times on all processors, those of the system included. Zero where the system does not tell.
    pub cpu: f64,
    /// The peak of the memory, in KiB, where GNU time is there to tell.
    pub peak: Option<u64>,
}

/// Runs a command so many times, and once more for its memory; `prepare` runs before each.
pub(crate) fn measure(command: &Command, runs: usize, prepare: Option<&dyn Fn() -> Result<()>>) -> Result<Measured> {
    let ready = || prepare.map_or(Ok(()), |prepare| prepare());
    let mut walls = Vec::new();
    let mut cpu = 0.0;
    for _ in 0..runs {
        ready()?;
        let before = children();
        let start = Instant::now();
        must_succeed(&mut copy(command))?;
        walls.push(start.elapsed().as_secs_f64());
        cpu += children() - before;
    }
    ready()?;
    Ok(Measured::of(walls, cpu / runs as f64, peak(command)?))
}

impl Measured {
    /// The times on the clock, not yet sorted, and the rest.
    pub(crate) fn of(mut walls: Vec<f64>, cpu: f64, peak: Option<u64>) -> Self {
        walls.sort_by(f64::total_cmp);
        Self { median: walls[walls.len() / 2], least: walls[0], cpu, peak }
    }
}

/// The time that all children of this process have taken so far, in seconds.
fn children() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program comes first, in brackets, and may hold anything. Then: fields 16 and 17, in hundredths.
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |field: usize| fields.get(field - 3).and_then(|text| text.parse::<f64>().ok()).unwrap_or_default();
    (ticks(16) + ticks(17)) / 100.0
}

fn peak(command: &Command) -> Result<Option<u64>> {
    let file = tempfile::NamedTempFile::new()?;
    let mut time = Command::new("/usr/bin/time");
    time.args(["--format=%M", "--output"])
        .arg(file.path())
        .arg("--")
        .arg(command.get_program())
        .args(command.get_args());
    same_place(command, &mut time);
    if must_succeed(&mut time).is_err() {
        return Ok(None);
    }
    Ok(fs::read_to_string(file.path())?.trim().parse().ok())
}

fn copy(command: &Command) -> Command {
    let mut copy = Command::new(command.get_program());
    copy.args(command.get_args());
    same_place(command, &mut copy);
    copy
}

fn same_place(command: &Command, other: &mut Command) {
    if let Some(folder) = command.get_current_dir() {
        other.current_dir(folder);
    }
}
