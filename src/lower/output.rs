//! The outputs of a component: files, links, modes, and what programs declare.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Condition, Link, LinkMode, Malloc, Output, OutputName, Program, RelativePath, VersionCheck};
use crate::source::Origin;
use crate::spec::{self, ComponentFile};

use super::Context;
use super::condition::{self, Scope};
use super::sink::{Sink, Spot};

/// The outputs, in the order of the spec. What has a mistake that leaves nothing to place is not among them.
pub(super) fn lower(
    context: &Context<'_>,
    scope: Scope<'_>,
    sink: &mut Sink,
    origin: &Origin,
    file: &ComponentFile,
) -> Vec<Output> {
    let mut outputs = Vec::new();
    for (name, wire) in &file.outputs {
        let origin = origin.key(name);
        outputs.extend(output(context, scope, sink, &origin, name, wire));
    }
    outputs
}

fn output(
    context: &Context<'_>,
    scope: Scope<'_>,
    sink: &mut Sink,
    origin: &Origin,
    name: &str,
    wire: &spec::Output,
) -> Option<Output> {
    if wire.files.is_empty() && wire.links.is_empty() {
        let help = "list its `files` below the prefix, or its `links`";
        sink.settings(origin, format!("the output `{name}` holds nothing"), help);
    }
    if wire.files.is_empty() && wire.program.is_some() {
        let message = format!("the output `{name}` declares a program, but has no file");
        sink.settings(&origin.key("program"), message, "list the program under `files`, such as `bin/NAME`");
    }
    let parsed = sink.take_key(Code::INVALID_NAME, origin, OutputName::parse(name));
    let files = files(sink, &origin.key("files"), &wire.files);
    let links = wire.links.iter().filter_map(|(name, target)| link(sink, &origin.key("links").key(name), name, target));
    let links = links.collect();
    let place = context.names.place(sink, &origin.key("place"), &wire.place);
    let default = if wire.program.is_some() { 0o755 } else { 0o644 };
    let mode = wire.mode.as_ref().map_or(Some(default), |text| mode(sink, &origin.key("mode"), text));
    let when = condition::of_component(&context.names, sink, wire.when.as_ref(), &origin.key("when"));
    let program = wire.program.as_ref().map(|wire| program(context, scope, sink, &origin.key("program"), wire));
    Some(Output {
        name: parsed?,
        files,
        links,
        place: place?,
        mode: mode.unwrap_or(default),
        when,
        // A program with a mistake is told, and there will be no model.
        program: program.flatten(),
        origin: origin.clone(),
    })
}

fn files(sink: &mut Sink, origin: &Origin, texts: &[String]) -> Vec<RelativePath> {
    let mut files = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let origin = origin.index(index);
        let path = condition::path(sink, &origin, text);
        if path.as_ref().is_some_and(|path| path.as_str() == ".") {
            let help = "name the files below the prefix one by one";
            sink.push(Diagnostic::error(Code::INVALID_PATH, &origin, "`.` is a folder, not a file").help(help));
            continue;
        }
        files.extend(path);
    }
    files
}

/// A link stands in its place under its name. Its target may lead to another place, so it may hold `..`.
fn link(sink: &mut Sink, origin: &Origin, name: &str, target: &str) -> Option<Link> {
    let is_name = !name.contains('/') && name != "." && RelativePath::parse(name).is_ok();
    if !is_name {
        let message = format!("`{name}` is not the name of a link");
        let help = "take a name without `/`: the place says in which folder it stands";
        sink.push(Diagnostic::error_at_key(Code::INVALID_PATH, origin, message).help(help));
    }
    let below = target.trim_start_matches("../");
    let leads = below == ".." || below.is_empty() || RelativePath::parse(below).is_ok();
    if target.is_empty() || !leads {
        let message = format!("`{target}` is not the target of a link in a package");
        let help = "write it relative to the link's own folder, with any `..` in front: `../lib/name`";
        sink.push(Diagnostic::error(Code::INVALID_PATH, origin, message).help(help));
        return None;
    }
    is_name.then(|| Link { name: name.to_owned(), target: target.to_owned(), origin: origin.clone() })
}

fn mode(sink: &mut Sink, origin: &Origin, text: &str) -> Option<u32> {
    let is_octal = matches!(text.len(), 3 | 4) && text.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    let mode = u32::from_str_radix(text, 8).ok().filter(|_| is_octal);
    let (message, help) = match mode {
        None => (
            format!("`{text}` is not a mode"),
            "write octal digits in quotes: `\"0755\"` for programs, `\"0644\"` for other files",
        ),
        Some(mode) if mode > 0o777 => (
            format!("`{text}` sets a setuid, setgid or sticky bit"),
            "no package carries these: whoever installs it has to decide that",
        ),
        Some(mode) if mode & 0o002 != 0 => {
            let message = format!("with `{text}` everybody could change the file");
            let better = format!("{:04o}", mode & !0o002);
            let diagnostic = Diagnostic::error(Code::INVALID_MODE, origin, message);
            sink.push(diagnostic.fix("leave out the last bit for writing", text, &better));
            return None;
        }
        Some(mode) if mode & 0o400 == 0 => {
            (format!("with `{text}` not even its owner could read the file"), "begin with `4`, `6` or `7`: `\"0644\"`")
        }
        Some(mode) => return Some(mode),
    };
    sink.push(Diagnostic::error(Code::INVALID_MODE, origin, message).help(help));
    None
}

fn program(
    context: &Context<'_>,
    scope: Scope<'_>,
    sink: &mut Sink,
    origin: &Origin,
    wire: &spec::Program,
) -> Option<Program> {
    let malloc = malloc(context, sink, origin, wire);
    let version_check = wire.version_check.as_ref().map(|wire| {
        let spot = Spot::Value(origin.key("version_check").key("expect"));
        let expect = condition::placeholders(sink, &spot, &wire.expect, &["version", "commit"])?;
        // Again, for what the source of the component lacks.
        let expect = scope.template(sink, &spot, &wire.expect, &Condition::default()).and(Some(expect))?;
        Some(VersionCheck { arguments: wire.arguments.clone(), expect, emulated: wire.emulated })
    });
    Some(Program {
        link: match wire.link {
            spec::LinkMode::Static => LinkMode::Static,
            spec::LinkMode::StaticPie => LinkMode::StaticPie,
        },
        malloc: malloc?,
        minimum_size: wire.minimum_size,
        version_check: version_check.flatten(),
    })
}

fn malloc(context: &Context<'_>, sink: &mut Sink, origin: &Origin, wire: &spec::Program) -> Option<Malloc> {
    let at = origin.key("allocator");
    let make: fn(String) -> Malloc = match wire.allocator.as_str() {
        "libc" => Malloc::Libc,
        "none" => Malloc::None,
        name => return context.names.allocator(sink, &at, name).map(Malloc::Allocator),
    };
    let Some(reason) = &wire.reason else {
        let message = format!("the allocator is `{}`, but no reason is given", wire.allocator);
        let help = "add `reason`: why this program does well without an allocator of the toolchain";
        sink.settings(&at, message, help);
        return None;
    };
    Some(make(sink.line(&origin.key("reason"), reason)))
}
