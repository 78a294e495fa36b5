//! Standard output and standard error, which know whether colours are wanted.

use std::io::{self, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use clap::ColorChoice;

/// Paths and headings.
pub(super) const STRONG: Style = Style::new().bold();
/// What goes, and errors.
pub(super) const RED: Style = AnsiColor::Red.on_default();
/// What comes.
pub(super) const GREEN: Style = AnsiColor::Green.on_default();
/// Causes and warnings.
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default();
/// What is said beside.
pub(super) const DIM: Style = Style::new().dimmed();

/// Words in a style.
pub(super) fn styled(style: Style, words: &str) -> String {
    format!("{style}{words}{style:#}")
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Volume {
    /// What is wrong, and results.
    Quiet,
    /// How it went, too.
    Normal,
    /// And from what.
    Verbose,
}

/// Where words go. What is handed over may hold colours; they are taken out where nobody can see them.
pub(super) struct Console {
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
    volume: Volume,
}

impl Console {
    pub(super) fn new(color: ColorChoice, volume: Volume) -> Self {
        let choice = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Self { out: AutoStream::new(io::stdout(), choice), err: AutoStream::new(io::stderr(), choice), volume }
    }

    /// A result: for standard output.
    pub(super) fn print(&mut self, text: &str) {
        say(&mut self.out, text);
    }

    /// How it went, which nobody needs to know where all is well.
    pub(super) fn tell(&mut self, text: &str) {
        if self.volume >= Volume::Normal {
            self.print(text);
        }
    }

    /// Something for those who ask what happens here: for standard error.
    pub(super) fn detail(&mut self, text: &str) {
        if self.is_verbose() {
            self.note(&styled(DIM, text));
        }
    }

    /// Whether more is said than usual.
    pub(super) fn is_verbose(&self) -> bool {
        self.volume == Volume::Verbose
    }

    /// Something about the run: for standard error.
    pub(super) fn note(&mut self, text: &str) {
        say(&mut self.err, text);
    }

    /// Why a command failed.
    pub(super) fn error(&mut self, text: &str) {
        self.note(&format!("{} {text}", styled(RED.bold(), "error:")));
    }
}

/// Writes a text and ends its line. A reader that went away, such as `head`, is no failure; nor can another one be told.
fn say(stream: &mut impl Write, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(stream, "{}", text.strip_suffix('\n').unwrap_or(text)).and_then(|()| stream.flush());
    }
}
