//! Hooks: steps of the user's own, each at its moment.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::gha::{ActionRef, InputName, Level, Literal, Scope};
use crate::model::{Bash, Condition, Hook, HookAction, HookPermission, HookUses, Moment, Template, VariantName};
use crate::source::Origin;
use crate::spec;

use super::condition::each;
use super::sink::{Sink, Spot, with_names};
use super::{Context, condition, environment};

/// The lines of a tool, and the inputs of its file.
type OfTool<'a> = (&'a [&'a str], &'a IndexMap<String, spec::DispatchInput>);

/// The hooks of a file: of a tool with this, or of the project.
pub(super) fn lower(
    context: &Context<'_>,
    sink: &mut Sink,
    wire: &spec::Hooks,
    origin: &Origin,
    tool: Option<OfTool<'_>>,
) -> Vec<Hook> {
    let inputs =
        context.spec.project.value.dispatch_inputs.keys().chain(tool.into_iter().flat_map(|tool| tool.1.keys()));
    let inputs: Vec<String> = inputs.map(|name| format!("input.{name}")).collect();
    let lines = tool.map(|tool| tool.0);
    let mut hooks = Vec::new();
    for moment in Moment::ALL {
        let (key, wires) = match moment {
            Moment::BeforeBuild => ("before_build", &wire.before_build),
            Moment::AfterBuild => ("after_build", &wire.after_build),
            Moment::BeforeTest => ("before_test", &wire.before_test),
            Moment::AfterTest => ("after_test", &wire.after_test),
            Moment::BeforeRelease => ("before_release", &wire.before_release),
            Moment::AfterRelease => ("after_release", &wire.after_release),
        };
        let origin = origin.key(key);
        for (index, wire) in wires.iter().enumerate() {
            let known = known(moment, &inputs);
            let place = Place { moment, number: index + 1, known, origin: origin.index(index) };
            hooks.extend(hook(context, sink, wire, place, lines));
        }
    }
    hooks
}

/// Which hook it is, and the placeholders in its texts.
struct Place<'a> {
    moment: Moment,
    number: usize,
    known: Vec<&'a str>,
    origin: Origin,
}

fn hook(
    context: &Context<'_>,
    sink: &mut Sink,
    wire: &spec::Hook,
    place: Place<'_>,
    lines: Option<&[&str]>,
) -> Option<Hook> {
    let Place { moment, number, known, origin } = place;
    let name = sink.line(&origin.key("name"), &wire.name);
    let action = action(sink, wire, &known, &origin);
    let mut environment = Vec::new();
    for (name, text) in &wire.environment {
        let origin = origin.key("environment").key(name);
        let name = environment::of_hook(sink, &origin, name);
        sink.single_line(&origin, text);
        environment.extend(name.zip(template(sink, &origin, text, &known)));
    }
    let variants = variants(context, sink, wire, moment, &origin.key("variant"));
    let when = when(context, sink, wire, moment, &origin.key("when"), lines);
    let permissions = permissions(sink, &wire.permissions, &origin.key("permissions"));
    // What is no literal is no line either, and was told.
    let name = Literal::parse(name).ok();
    Some(Hook { moment, number, name: name?, action: action?, environment, variants, when, permissions, origin })
}

fn action(sink: &mut Sink, wire: &spec::Hook, known: &[&str], origin: &Origin) -> Option<HookAction> {
    let (run, uses) = match (&wire.run, &wire.uses) {
        (Some(run), None) => (Some(run), None),
        (None, Some(uses)) => (None, Some(uses)),
        (run, _) => {
            let problem = if run.is_some() { "runs bash and uses an action" } else { "does nothing" };
            let help = "give it `run`, which is bash, or `uses`, which is an action; two things to do are two hooks";
            sink.settings(origin, format!("the hook `{}` {problem}", wire.name), help);
            return None;
        }
    };
    if let Some(run) = run {
        return sink.take(Code::UNFINISHED_SCRIPT, &origin.key("run"), Bash::parse(run)).map(HookAction::Run);
    }
    let mut with: Vec<(InputName, Template)> = Vec::new();
    for (name, text) in &wire.with {
        let origin = origin.key("with").key(name);
        let name = sink.take_key(Code::INVALID_NAME, &origin, InputName::parse(name));
        if text.contains('\t') {
            let help = "indent with spaces: GitHub shows no difference, and readers of the workflow see none either";
            let message = "this text holds a tab, which nobody sees in a workflow";
            sink.push(Diagnostic::error(Code::INVALID_TEXT, &origin, message).help(help));
        }
        with.extend(name.zip(template(sink, &origin, text, known)));
    }
    let origin = origin.key("uses");
    let action = uses?;
    sink.take(Code::INVALID_NAME, &origin, ActionRef::parse_name(action))?;
    let repository = ActionRef::repository_of(action).to_owned();
    Some(HookAction::Uses(HookUses { repository, action: action.clone(), with, origin }))
}

/// What is known at a moment.
fn known(moment: Moment, inputs: &[String]) -> Vec<&str> {
    let arch = moment.has_arch().then_some("arch");
    ["tool", "version", "commit"].into_iter().chain(arch).chain(inputs.iter().map(String::as_str)).collect()
}

/// A text with what is known.
fn template(sink: &mut Sink, origin: &Origin, text: &str, known: &[&str]) -> Option<Template> {
    condition::placeholders(sink, &Spot::Value(origin.clone()), text, known)
}

fn variants(
    context: &Context<'_>,
    sink: &mut Sink,
    wire: &spec::Hook,
    moment: Moment,
    origin: &Origin,
) -> Vec<VariantName> {
    if wire.variant.is_some() && !moment.has_variant() {
        let message = format!("a hook {} is not about one variant", words(moment));
        sink.settings(origin, message, "leave `variant` out, or make it a hook of the test");
    }
    let variants = each(wire.variant.as_ref(), origin);
    variants.into_iter().filter_map(|(at, name)| context.names.variant(sink, &at, name)).collect()
}

fn when(
    context: &Context<'_>,
    sink: &mut Sink,
    wire: &spec::Hook,
    moment: Moment,
    origin: &Origin,
    lines: Option<&[&str]>,
) -> Condition {
    let when = condition::of_file(&context.names, sink, wire.when.as_ref(), origin, lines);
    if wire.when.as_ref().is_some_and(|when| when.arch.is_some()) && !moment.has_arch() {
        let message = format!("a hook {} is not about one arch: a release holds all of them", words(moment));
        sink.settings(&origin.key("arch"), message, "leave `arch` out, or make it a hook of the build or the test");
    }
    when
}

fn words(moment: Moment) -> String {
    moment.as_str().replacen('-', " the ", 1)
}

fn permissions(sink: &mut Sink, wires: &IndexMap<String, spec::Permission>, origin: &Origin) -> Vec<HookPermission> {
    let mut permissions = Vec::new();
    for (name, wire) in wires {
        let origin = origin.key(name);
        let scope = Scope::ALL.iter().copied().find(|scope| scope.as_str() == name);
        if scope.is_none() {
            let known: Vec<&str> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
            let message = format!("GitHub has no permission named `{name}`");
            let diagnostic = Diagnostic::error_at_key(Code::UNKNOWN_NAME, &origin, message);
            sink.push(with_names(diagnostic, name, "permissions", &known));
        }
        let level = match wire.level {
            spec::PermissionLevel::Read => Level::Read,
            spec::PermissionLevel::Write => Level::Write,
        };
        let reason = Literal::parse(sink.line(&origin.key("reason"), &wire.reason)).ok();
        permissions.extend(scope.zip(reason).map(|(scope, reason)| HookPermission { scope, level, reason, origin }));
    }
    permissions
}
