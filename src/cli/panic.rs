//! What is said when this program is wrong about itself.

use std::panic;

use super::exit::Exit;

/// Has every panic end the process with a request to report it. For the program itself, not for those who use the library.
pub fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
        let payload = info.payload();
        let said = payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref().copied());
        let said = said.unwrap_or("no message");
        let text = format!("ghagen {} has a bug{place}: {said}\nPlease report it.", env!("CARGO_PKG_VERSION"));
        super::console::Console::new(clap::ColorChoice::Auto, super::console::Volume::Normal).error(&text);
        end();
    }));
}

#[expect(
    clippy::exit,
    reason = "a release is built to abort on panics, and would end with a signal, not with our code"
)]
fn end() {
    std::process::exit(i32::from(Exit::Bug.number()));
}
