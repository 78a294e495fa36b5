//! Recipes: one build system each, with texts, paths and releases understood.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Autotools, Bash, Bootstrap, Cargo, Cmake, Conditional, Copy, Go, GoProgram, Make, MakeStep, Meson, Recipe,
    RelativePath, Segment, Template, ToolRelease,
};
use crate::source::Origin;
use crate::spec::{self, Argument, ComponentFile};

use super::condition::{self, Scope};
use super::sink::{Sink, Spot};
use super::{Context, caret, carried, text};

/// The recipe of a component.
pub(super) fn lower(
    context: &Context<'_>,
    scope: Scope<'_>,
    sink: &mut Sink,
    origin: &Origin,
    file: &ComponentFile,
) -> Option<Recipe> {
    let wire = &file.recipe;
    let has_source = file.source.is_some();
    if !has_source && wire.files.is_none() && wire.script.is_none() {
        let message = format!("`{}` has no source that this recipe could build", file.component);
        let help = "add `source`; without one, only the recipes `files` and `script` make sense";
        sink.settings(origin, message, help);
    }
    let part = Part { context, scope };
    if let Some(go) = &wire.go {
        part.go(sink, &origin.key("go"), go).map(Recipe::Go)
    } else if let Some(cargo) = &wire.cargo {
        part.cargo(sink, &origin.key("cargo"), cargo).map(Recipe::Cargo)
    } else if let Some(make) = &wire.make {
        part.make(sink, &origin.key("make"), make).map(Recipe::Make)
    } else if let Some(autotools) = &wire.autotools {
        part.autotools(sink, &origin.key("autotools"), autotools).map(Recipe::Autotools)
    } else if let Some(meson) = &wire.meson {
        part.meson(sink, &origin.key("meson"), meson).map(Recipe::Meson)
    } else if let Some(cmake) = &wire.cmake {
        part.cmake(sink, &origin.key("cmake"), cmake).map(Recipe::Cmake)
    } else if let Some(files) = &wire.files {
        let origin = origin.key("files").key("copy");
        let copies = part.copies(sink, &origin, &files.copy);
        for copy in copies.iter().filter(|_| !has_source) {
            let spot = Spot::Key(origin.key(copy.from.as_str()));
            carried::require(context, sink, &spot, "files", &copy.from);
        }
        Some(Recipe::Files(copies))
    } else {
        let script = wire.script.as_ref()?;
        sink.take(Code::UNFINISHED_SCRIPT, &origin.key("script").key("run"), Bash::parse(&script.run))
            .map(Recipe::Script)
    }
}

/// What the parts of a recipe are read with.
#[derive(Clone, Copy)]
struct Part<'a> {
    context: &'a Context<'a>,
    scope: Scope<'a>,
}

impl Part<'_> {
    fn texts(self, sink: &mut Sink, origin: &Origin, texts: &[Argument]) -> Vec<Conditional<Template>> {
        let texts = texts.iter().enumerate();
        texts.filter_map(|(index, text)| self.scope.argument(sink, &origin.index(index), text)).collect()
    }

    fn variables(
        self,
        sink: &mut Sink,
        origin: &Origin,
        wires: &IndexMap<String, Argument>,
    ) -> Vec<(String, Conditional<Template>)> {
        let mut variables = Vec::new();
        for (name, value) in wires {
            let origin = origin.key(name);
            let name = text::variable(sink, &origin, name);
            variables.extend(name.zip(self.scope.argument(sink, &origin, value)));
        }
        variables
    }

    fn copies(self, sink: &mut Sink, origin: &Origin, wires: &IndexMap<String, Argument>) -> Vec<Copy> {
        let mut copies = Vec::new();
        for (from, to) in wires {
            let origin = origin.key(from);
            let from = sink.take_key(Code::INVALID_PATH, &origin, RelativePath::parse(from));
            let to = self.scope.path(sink, &origin, to);
            copies.extend(from.zip(to).map(|(from, to)| Copy { from, to }));
        }
        copies
    }

    fn step(self, sink: &mut Sink, origin: &Origin, wire: &spec::MakeStep) -> MakeStep {
        MakeStep {
            targets: self.texts(sink, &origin.key("targets"), &wire.targets),
            variables: self.variables(sink, &origin.key("variables"), &wire.variables),
        }
    }

    fn release(self, sink: &mut Sink, origin: &Origin, program: &str, versions: &str) -> Option<ToolRelease> {
        let versions = caret::constraint(sink, origin, versions)?;
        self.context.lock.release(sink, origin, program, &versions)
    }

    fn go(self, sink: &mut Sink, origin: &Origin, wire: &spec::Go) -> Option<Go> {
        let release = self.release(sink, &origin.key("release"), "go", &wire.release);
        let tags = self.texts(sink, &origin.key("tags"), &wire.tags);
        let options = self.texts(sink, &origin.key("options"), &wire.options);
        let mut programs = Vec::new();
        for (path, program) in &wire.programs {
            let origin = origin.key("programs").key(path);
            let path = sink.take_key(Code::INVALID_PATH, &origin, RelativePath::parse(path));
            let package = go_package(sink, &origin.key("package"), &program.package);
            let stamps = self.stamps(sink, &origin.key("stamps"), &program.stamps);
            programs.extend(path.map(|path| GoProgram { path, package, cgo: program.cgo, stamps }));
        }
        Some(Go { release: release?, tags, vendor: wire.vendor, options, programs })
    }

    fn stamps(
        self,
        sink: &mut Sink,
        origin: &Origin,
        wires: &IndexMap<String, Argument>,
    ) -> Vec<(Template, Conditional<Template>)> {
        let mut stamps = Vec::new();
        for (name, value) in wires {
            let origin = origin.key(name);
            let known = sink.line_values.len();
            let value = self.scope.argument(sink, &origin, value);
            let when = value.as_ref().map(|value| value.when.clone()).unwrap_or_default();
            let name = self.scope.template(sink, &Spot::Key(origin.clone()), name, &when);
            if let (Some(name), Some(value)) = (&name, &value) {
                let has = |quote| holds(name, quote) || holds(&value.value, quote);
                if has('\'') && has('"') {
                    let message = "this stamp holds both kinds of quotes, and `go build` reads no such value";
                    let help = "take one kind of quotes, in the name and the value together";
                    sink.push(Diagnostic::error(Code::UNSTAMPABLE, &origin, message).help(help));
                }
                // The values of lines are known later.
                let quote = if has('\'') { '"' } else { '\'' };
                sink.line_values.iter_mut().skip(known).for_each(|used| used.within = Some(quote));
            }
            stamps.extend(name.zip(value));
        }
        stamps
    }

    fn cargo(self, sink: &mut Sink, origin: &Origin, wire: &spec::Cargo) -> Option<Cargo> {
        let release = self.release(sink, &origin.key("release"), "rust", &wire.release);
        let directory = directory(sink, origin, wire.directory.as_deref());
        let features = self.texts(sink, &origin.key("features"), &wire.features);
        let options = self.texts(sink, &origin.key("options"), &wire.options);
        let mut programs = Vec::new();
        for (name, path) in &wire.programs {
            let origin = origin.key("programs").key(name);
            let name = text::BINARY.check(sink, &origin, name);
            programs.extend(condition::path(sink, &origin, path).map(|path| (name, path)));
        }
        Some(Cargo { release: release?, directory: directory?, features, options, programs })
    }

    fn make(self, sink: &mut Sink, origin: &Origin, wire: &spec::Make) -> Option<Make> {
        let directory = directory(sink, origin, wire.directory.as_deref());
        let build = self.step(sink, &origin.key("build"), &wire.build);
        let install = wire.install.as_ref().map(|wire| self.step(sink, &origin.key("install"), wire));
        let copy = self.copies(sink, &origin.key("copy"), &wire.copy);
        Some(Make { directory: directory?, build, install, copy })
    }

    fn autotools(self, sink: &mut Sink, origin: &Origin, wire: &spec::Autotools) -> Option<Autotools> {
        let directory = directory(sink, origin, wire.directory.as_deref());
        let configure = self.texts(sink, &origin.key("configure"), &wire.configure);
        let variables = self.variables(sink, &origin.key("variables"), &wire.variables);
        let build = self.step(sink, &origin.key("build"), &wire.build);
        let install = wire.install.as_ref().map(|wire| self.step(sink, &origin.key("install"), wire));
        let copy = self.copies(sink, &origin.key("copy"), &wire.copy);
        let bootstrap = match wire.bootstrap {
            spec::Bootstrap::None => Bootstrap::None,
            spec::Bootstrap::Autoreconf => Bootstrap::Autoreconf,
            spec::Bootstrap::Autogen => Bootstrap::Autogen,
        };
        Some(Autotools { directory: directory?, bootstrap, configure, variables, build, install, copy })
    }

    fn meson(self, sink: &mut Sink, origin: &Origin, wire: &spec::Meson) -> Option<Meson> {
        if self.context.spec.project.value.toolchain.meson.is_none() {
            let help = "add `meson` to the toolchain in `spec/ghagen.yaml`, such as `meson: '>=1.4'`";
            sink.settings(origin, "this recipe runs meson, but the toolchain names no versions of it", help);
        }
        let directory = directory(sink, origin, wire.directory.as_deref());
        let options = self.texts(sink, &origin.key("options"), &wire.options);
        let targets = self.texts(sink, &origin.key("targets"), &wire.targets);
        let copy = self.copies(sink, &origin.key("copy"), &wire.copy);
        Some(Meson { directory: directory?, options, targets, install: wire.install, copy })
    }

    fn cmake(self, sink: &mut Sink, origin: &Origin, wire: &spec::Cmake) -> Option<Cmake> {
        let directory = directory(sink, origin, wire.directory.as_deref());
        let options = self.texts(sink, &origin.key("options"), &wire.options);
        let targets = self.texts(sink, &origin.key("targets"), &wire.targets);
        let copy = self.copies(sink, &origin.key("copy"), &wire.copy);
        Some(Cmake { directory: directory?, options, targets, install: wire.install, copy })
    }
}

/// Whether the text itself holds a character; what its placeholders stand for is not known yet.
fn holds(template: &Template, character: char) -> bool {
    template.segments().iter().any(|segment| matches!(segment, Segment::Literal(text) if text.contains(character)))
}

/// The folder of a recipe below the source; the source itself, where none is named.
fn directory(sink: &mut Sink, origin: &Origin, text: Option<&str>) -> Option<RelativePath> {
    condition::path(sink, &origin.key("directory"), text.unwrap_or("."))
}

/// A package of Go: a folder below the source, or an import path.
fn go_package(sink: &mut Sink, origin: &Origin, text: &str) -> String {
    let below = text.strip_prefix("./").unwrap_or(text);
    if below.starts_with('-') || RelativePath::parse(below).is_err() {
        let message = format!("`{text}` is not a package of Go");
        let help = "take a folder below the source, such as `./cmd/name`, or an import path";
        sink.push(Diagnostic::error(Code::INVALID_PATH, origin, message).help(help));
    }
    text.to_owned()
}
