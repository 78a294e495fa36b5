//! `spec/tools/<tool>.yaml`: a program that is released on its own.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Arch, Bash, Constraint, Content, Exclusion, Line, LineName, Pin, SmokeTest, Tool, ToolName, ToolVariant, Upstream,
};
use crate::source::Origin;
use crate::spec::{self, Loaded, ToolFile};

use super::condition::each;
use super::lock::{Locked, Wanted};
use super::names::{Names, ONLY_LINE};
use super::sink::Sink;
use super::{Context, condition, environment, hook, input, line, source, text};

/// The tool whose workflow would have the name of another one.
const IMAGE: &str = "image";

/// What is said in place of a name for all of a kind.
const ALL: &str = "all";

/// A tool. `None` where it has no name, or nothing that its versions could come from.
pub(super) fn lower(context: &Context<'_>, sink: &mut Sink, loaded: &Loaded<ToolFile>) -> Option<Tool> {
    let file = &loaded.value;
    let origin = Origin::file(loaded.file);
    let name = sink.take(Code::INVALID_NAME, &origin.key("tool"), ToolName::parse(&file.tool));
    let taken = match file.tool.as_str() {
        IMAGE => Some("`build-image.yml` builds the image of the builder"),
        ALL => Some("it stands for all of them where one is asked for"),
        _ => None,
    };
    if let Some(taken) = taken {
        let message = format!("`{}` cannot be the name of a tool: {taken}", file.tool);
        let diagnostic = Diagnostic::error(Code::INVALID_NAME, &origin.key("tool"), message);
        sink.push(diagnostic.help("take another name, here and for the file"));
    }
    let known = Names::lines_of(file);
    let title = sink.line(&origin.key("title"), &file.title);
    let summary = sink.line(&origin.key("summary"), &file.summary);
    let upstream = upstream(context, sink, file, &origin.key("upstream"));
    let pins = upstream.as_ref().map(|upstream| upstream.pins.as_slice()).unwrap_or_default();
    let lines = lines(context, sink, file, &origin, pins);
    let arches = arches(context, sink, file, &origin.key("arches"));
    let variants = variants(context, sink, file, &origin.key("variants"), &known);
    let exclusions = exclusions(context, sink, file, &origin.key("exclude"), &known);
    let smoke = smoke(context, sink, file, &origin.key("smoke"), &known);
    let packages = text::packages(sink, &origin.key("packages"), &file.packages);
    let environment = environment::of_build(context, sink, &origin.key("environment"), &file.environment, Some(&known));
    let hooks = hook::lower(context, sink, &file.hooks, &origin.key("hooks"), Some((&known, &file.dispatch_inputs)));
    let of_project = &context.spec.project.value.dispatch_inputs;
    let dispatch_inputs = input::lower(sink, &file.dispatch_inputs, &origin.key("dispatch_inputs"), Some(of_project));
    Some(Tool {
        name: name?,
        title,
        summary,
        upstream: upstream?,
        lines,
        arches,
        variants,
        exclusions,
        smoke,
        packages,
        environment,
        hooks,
        dispatch_inputs,
        origin,
    })
}

fn upstream(context: &Context<'_>, sink: &mut Sink, file: &ToolFile, origin: &Origin) -> Option<Upstream> {
    let wire = &file.upstream;
    if wire.git.is_some() == wire.own {
        let message = if wire.own {
            "the upstream is this repository and another one"
        } else {
            "the upstream has neither an address nor `self: true`"
        };
        sink.settings(origin, message, "write `git` with an address, or `self: true` for this very repository");
    }
    let url = wire.git.as_ref().and_then(|git| source::url(sink, &origin.key("git"), git));
    let tags = source::pattern(sink, &origin.key("tags"), &wire.tags);
    if let Some(page) = &wire.page {
        // What it is with a tag and a version in it has to be an address, so no other brace is left.
        source::url(sink, &origin.key("page"), &page.replace("{tag}", "v1").replace("{version}", "1"));
    }
    let exclude = source::exclude(sink, &origin.key("exclude"), &wire.exclude);
    let tags = tags?;
    let Locked { pins, unresolved } = match &url {
        Some(url) => {
            let wanted = Wanted {
                name: &file.tool,
                url,
                url_origin: origin.key("git"),
                tags: &tags,
                tags_origin: origin.key("tags"),
            };
            context.lock.source(sink, &wanted)
        }
        None => Locked { pins: Vec::new(), unresolved: None },
    };
    Some(Upstream {
        pins,
        unresolved,
        url,
        tags,
        page: wire.page.clone(),
        exclude,
        prereleases: wire.prereleases,
        submodules: wire.submodules,
        origin: origin.clone(),
    })
}

fn lines(context: &Context<'_>, sink: &mut Sink, file: &ToolFile, origin: &Origin, pins: &[Pin]) -> Vec<Line> {
    if !file.lines.is_empty() {
        let origin = origin.key("lines");
        let lines = file.lines.iter();
        return lines
            .filter_map(|(name, wire)| line::lower(context, sink, &origin.key(name), name, wire, pins))
            .collect();
    }
    let only = |name| Line {
        name,
        versions: Constraint::any(),
        components: IndexMap::new(),
        values: IndexMap::new(),
        tested: line::tested(&Constraint::any(), pins),
        origin: origin.clone(),
    };
    LineName::parse(ONLY_LINE).map(only).into_iter().collect()
}

fn arches(context: &Context<'_>, sink: &mut Sink, file: &ToolFile, origin: &Origin) -> Vec<Arch> {
    let Some(names) = &file.arches else {
        return context.spec.project.value.arches.keys().filter_map(|name| Arch::parse(name)).collect();
    };
    let each = names.iter().enumerate();
    each.filter_map(|(index, name)| context.names.arch(sink, &origin.index(index), name)).collect()
}

/// What each variant contains, in the order of the project's variants.
fn variants(
    context: &Context<'_>,
    sink: &mut Sink,
    file: &ToolFile,
    origin: &Origin,
    known: &[&str],
) -> IndexMap<crate::model::VariantName, ToolVariant> {
    let mut variants = IndexMap::new();
    for (name, wire) in &file.variants {
        let origin = origin.key(name);
        let name = context.names.variant_key(sink, &origin, name);
        let mut contents = IndexMap::new();
        for (component, wire) in &wire.contents {
            let origin = origin.key("contents").key(component);
            let Some(component) = context.names.component_key(sink, &origin, component) else { continue };
            contents.insert(component.clone(), content(context, sink, &origin, component.as_str(), wire, known));
        }
        variants.extend(name.map(|name| (name, ToolVariant { contents, origin })));
    }
    let order = |name: &crate::model::VariantName| {
        context.spec.project.value.variants.get_index_of(name.as_str()).unwrap_or(usize::MAX)
    };
    variants.sort_by(|one, _, other, _| order(one).cmp(&order(other)));
    variants
}

fn content(
    context: &Context<'_>,
    sink: &mut Sink,
    origin: &Origin,
    component: &str,
    wire: &spec::Content,
    known: &[&str],
) -> Content {
    let file = context.names.component_file(component);
    if file.is_some_and(|file| file.outputs.is_empty()) {
        let message = format!("`{component}` has no outputs, so nothing of it can go into a package");
        let help = "list it under `needs` of what links it, or give it `outputs`";
        sink.settings(origin, message, help);
    }
    let outputs = wire.outputs.as_ref().zip(file).map(|(names, file)| {
        let each = names.iter().enumerate();
        each.filter_map(|(index, name)| Names::output(sink, &origin.key("outputs").index(index), name, file)).collect()
    });
    let places = wire.places.as_ref().map(|places| {
        let each = places.iter().enumerate();
        each.filter_map(|(index, name)| context.names.place(sink, &origin.key("places").index(index), name)).collect()
    });
    let when = condition::of_tool(&context.names, sink, wire.when.as_ref(), &origin.key("when"), known);
    Content { outputs, places, when, origin: origin.clone() }
}

fn exclusions(
    context: &Context<'_>,
    sink: &mut Sink,
    file: &ToolFile,
    origin: &Origin,
    known: &[&str],
) -> Vec<Exclusion> {
    let mut exclusions = Vec::new();
    for (index, wire) in file.exclude.iter().enumerate() {
        let origin = origin.index(index);
        let variants = each(wire.variant.as_ref(), &origin.key("variant"));
        let arches = each(wire.arch.as_ref(), &origin.key("arch"));
        let lines = each(wire.line.as_ref(), &origin.key("line"));
        exclusions.push(Exclusion {
            variants: variants.into_iter().filter_map(|(at, name)| context.names.variant(sink, &at, name)).collect(),
            arches: arches.into_iter().filter_map(|(at, name)| context.names.arch(sink, &at, name)).collect(),
            lines: lines.into_iter().filter_map(|(at, name)| Names::line(sink, &at, name, known)).collect(),
            reason: sink.line(&origin.key("reason"), &wire.reason),
            origin,
        });
    }
    exclusions
}

fn smoke(context: &Context<'_>, sink: &mut Sink, file: &ToolFile, origin: &Origin, known: &[&str]) -> Vec<SmokeTest> {
    let mut tests = Vec::new();
    for (index, wire) in file.smoke.iter().enumerate() {
        let origin = origin.index(index);
        let variants = each(wire.variant.as_ref(), &origin.key("variant"));
        let name = sink.line(&origin.key("name"), &wire.name);
        let run = sink.take(Code::UNFINISHED_SCRIPT, &origin.key("run"), Bash::parse(&wire.run));
        tests.extend(run.map(|run| SmokeTest {
            name,
            run,
            installed: wire.installed,
            optional: wire.optional,
            variants: variants.into_iter().filter_map(|(at, name)| context.names.variant(sink, &at, name)).collect(),
            when: condition::of_tool(&context.names, sink, wire.when.as_ref(), &origin.key("when"), known),
            origin,
        }));
    }
    tests
}
