//! The list of units on a terminal: above what is done with its time, then what is being built, below what is still to come.

use std::collections::VecDeque;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::run::{Event, State, Unit};

/// How often the clock of what is being built moves on.
const TICK: Duration = Duration::from_millis(200);

/// See the module's own description.
pub(super) struct Live {
    screen: MultiProgress,
    now: ProgressBar,
    all: ProgressBar,
    waiting: VecDeque<String>,
}

impl Live {
    /// The list before anything has begun. `units` are in their order.
    pub(super) fn new(title: &str, units: Vec<String>) -> Self {
        let screen = MultiProgress::new();
        // On the screen first: a bar of its own would draw itself.
        let now = screen.add(ProgressBar::new_spinner());
        let all = screen.add(ProgressBar::new(units.len() as u64));
        let style =
            |template: &str| ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        all.set_style(style("{prefix} [{bar:20}] {pos}/{len} {elapsed}  {wide_msg}").progress_chars("=> "));
        all.set_prefix(title.to_owned());
        now.set_style(style("  {spinner} {msg:<24} {elapsed:>8}").tick_chars("-\\|/ "));
        now.enable_steady_tick(TICK);
        all.enable_steady_tick(TICK);
        let mut live = Self { screen, now, all, waiting: units.into() };
        live.begin("the container");
        live.show_waiting();
        live
    }

    /// Takes up a line of the script.
    pub(super) fn show(&mut self, event: &Event<'_>) {
        match event {
            Event::Unit(unit) => self.unit(unit),
            Event::Environment(None) => self.begin("the build environment"),
            Event::Environment(Some(time)) => self.finish("the build environment", time),
            Event::Note(note) if note.starts_with("packed ") => self.above(&format!("  + {note}")),
            // Others are in the log, and are shown if it comes to a failure.
            Event::Note(_) | Event::Other(_) => {}
        }
    }

    fn unit(&mut self, unit: &Unit<'_>) {
        match unit.state {
            State::Started => {
                self.waiting.retain(|name| name != unit.name);
                self.begin(unit.name);
                self.show_waiting();
                return;
            }
            State::Done(time) => self.finish(unit.name, time),
            State::Reused => self.finish(unit.name, "reused"),
            State::Failed(why) => self.above(&format!("  x {:<24} failed {why}", unit.name)),
        }
        self.all.set_length(unit.total as u64);
        self.all.set_position(unit.number as u64);
        if unit.number == unit.total {
            self.begin("the packages");
        }
    }

    fn begin(&mut self, what: &str) {
        self.now.reset_elapsed();
        self.now.set_message(what.to_owned());
    }

    fn finish(&mut self, what: &str, how: &str) {
        self.above(&format!("  + {what:<24} {how:>8}"));
    }

    fn above(&mut self, text: &str) {
        // A terminal that went away is no reason to end the build.
        let _ = self.screen.println(text);
    }

    fn show_waiting(&mut self) {
        let waiting: Vec<&str> = self.waiting.iter().map(String::as_str).collect();
        let text = if waiting.is_empty() { String::new() } else { format!("then {}", waiting.join(", ")) };
        self.all.set_message(text);
    }

    /// Leaves what is done, and nothing else.
    pub(super) fn end(self) {
        self.now.finish_and_clear();
        self.all.finish_and_clear();
    }
}
