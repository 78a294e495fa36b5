//! One process, its lines, and signals that are handed on to it.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// How often signals and the end of the process are looked for.
const TICK: Duration = Duration::from_millis(100);

/// How long after its end a process may still have lines on their way.
const DRAIN: Duration = Duration::from_secs(2);

/// A script with its arguments, and what is added to the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// The script.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Variables, in this order.
    pub environment: Vec<(String, OsString)>,
}

/// Where a line was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By itself, with this exit code.
    Code(i32),
    /// By a signal that nobody here sent.
    Killed,
    /// Because this process was told to stop.
    Interrupted,
}

/// Runs a script to its end and hands over each line. An interrupt is handed on to it, once, and waited for: it cleans up.
pub fn run(invocation: &Invocation, mut each: impl FnMut(Stream, &str)) -> io::Result<End> {
    let stop = Arc::new(AtomicBool::new(false));
    let mut hooks = Vec::new();
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        hooks.push(signal_hook::flag::register(signal, Arc::clone(&stop))?);
    }
    let end = run_until(invocation, &stop, &mut each);
    for hook in hooks {
        signal_hook::low_level::unregister(hook);
    }
    end
}

fn run_until(invocation: &Invocation, stop: &AtomicBool, each: &mut dyn FnMut(Stream, &str)) -> io::Result<End> {
    let mut child = Command::new(&invocation.program)
        .args(&invocation.arguments)
        .envs(invocation.environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (sender, lines) = mpsc::channel();
    for (stream, pipe) in [
        (Stream::Out, child.stdout.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>)),
        (Stream::Err, child.stderr.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>)),
    ] {
        let sender = sender.clone();
        thread::spawn(move || pipe.map(|pipe| send_lines(stream, pipe, &sender)));
    }
    drop(sender);
    let mut is_told = false;
    let mut ended: Option<(ExitStatus, Instant)> = None;
    loop {
        match lines.recv_timeout(TICK) {
            Ok((stream, line)) => each(stream, &line),
            Err(RecvTimeoutError::Timeout) => {}
            // Nobody is left who could write.
            Err(RecvTimeoutError::Disconnected) if ended.is_some() => break,
            Err(RecvTimeoutError::Disconnected) => thread::sleep(TICK),
        }
        if stop.load(Ordering::Relaxed) && !is_told && ended.is_none() {
            is_told = true;
            // It may have ended just now.
            let _ = i32::try_from(child.id()).ok().and_then(Pid::from_raw).map(|pid| kill_process(pid, Signal::TERM));
        }
        if ended.is_none() {
            ended = child.try_wait()?.map(|status| (status, Instant::now()));
        }
        // What it left behind may hold the pipes for ever.
        if ended.is_some_and(|(_, time)| time.elapsed() > DRAIN) {
            break;
        }
    }
    Ok(match ended.and_then(|(status, _)| status.code()) {
        _ if is_told => End::Interrupted,
        Some(code) => End::Code(code),
        None => End::Killed,
    })
}

/// Lines, whatever bytes they hold.
fn send_lines(stream: Stream, pipe: impl Read, sender: &Sender<(Stream, String)>) {
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
        let text = String::from_utf8_lossy(&line);
        if sender.send((stream, text.trim_end_matches(['\n', '\r']).to_owned())).is_err() {
            return;
        }
        line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bash(script: &str) -> Invocation {
        Invocation {
            program: "bash".into(),
            arguments: vec!["-c".to_owned(), script.to_owned()],
            environment: vec![("GREETING".to_owned(), "hello".into())],
        }
    }

    #[test]
    fn lines_and_the_exit_code_are_handed_over() {
        let mut lines = Vec::new();
        let end = run(&bash("echo $GREETING; printf 'a\\xff\\nlast' >&2; exit 21"), |stream, line| {
            lines.push((stream, line.to_owned()));
        });
        assert_eq!(end.unwrap(), End::Code(21));
        lines.sort_by_key(|(stream, _)| *stream == Stream::Err);
        let expected = [(Stream::Out, "hello"), (Stream::Err, "a\u{fffd}"), (Stream::Err, "last")];
        assert_eq!(lines, expected.map(|(stream, line)| (stream, line.to_owned())));
    }

    #[test]
    fn the_process_is_told_to_stop_once_and_waited_for() {
        let stop = AtomicBool::new(true);
        let script = "trap 'echo cleaning up; sleep 0.5; echo cleaned up; exit 143' TERM; echo ready; \
                      for i in {1..600}; do sleep 0.1; done";
        let mut lines = Vec::new();
        // It is told as soon as it is ready, not before its trap stands.
        let stop_now = AtomicBool::new(false);
        let end = run_until(&bash(script), &stop_now, &mut |_, line| {
            stop_now.store(stop.load(Ordering::Relaxed), Ordering::Relaxed);
            lines.push(line.to_owned());
        });
        assert_eq!(end.unwrap(), End::Interrupted);
        assert_eq!(lines, ["ready", "cleaning up", "cleaned up"]);
    }

    #[test]
    fn a_script_that_cannot_be_started_is_an_error() {
        let invocation = Invocation { program: "/nonexistent".into(), arguments: vec![], environment: vec![] };
        assert_eq!(run(&invocation, |_, _| ()).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
