//! The hooks of a random spec, and what its builds have in their environment.

use ghagen::yaml::Node;

use super::{
    component,
    node::{mapping, text, texts},
    spec::{World, when},
};
use crate::support::Random;

const MOMENTS: [&str; 6] =
    ["before_build", "after_build", "before_test", "after_test", "before_release", "after_release"];

/// A text in which every brace is one; `${{` is refused everywhere.
fn escaped(text: &str) -> String {
    let mut text = text.replace('\t', " ").replace('{', "{{").replace('}', "}}");
    while text.contains("${{") {
        text = text.replace("${{", "{{");
    }
    text
}

/// A text of one line, or of more, in which no brace is a placeholder; now and then with some that are.
fn words(random: &mut Random, has_lines: bool, arch: bool, inputs: &[&str]) -> String {
    let mut words = if has_lines { random.text() } else { random.line() };
    words = escaped(&words);
    if random.chance(40) {
        words += random.pick(&["{tool}", "{version} of {tool}", "{commit}"]);
    }
    if !inputs.is_empty() && random.chance(40) {
        words += &format!("{{input.{}}}", random.pick(inputs));
    }
    if arch && random.chance(30) { words + "{arch}" } else { words }
}

/// The hooks of a tool with these variants and lines, or of the project.
pub(super) fn hooks(
    random: &mut Random,
    world: &World,
    (variants, lines): (&[String], &[String]),
    inputs: &[&str],
) -> Node {
    let mut hooks = Vec::new();
    for moment in MOMENTS {
        if random.chance(30) {
            let steps = (0..=random.below(3)).map(|_| hook(random, world, moment, (variants, lines), inputs));
            hooks.push((moment, Node::sequence(steps.collect::<Vec<_>>())));
        }
    }
    mapping(hooks)
}

fn hook(
    random: &mut Random,
    world: &World,
    moment: &str,
    (variants, lines): (&[String], &[String]),
    inputs: &[&str],
) -> Node {
    let is_of_release = moment.ends_with("release");
    let arch = !is_of_release;
    let mut hook = vec![("name", text(random.line()))];
    if random.chance(60) {
        hook.push(("run", text(component::bash(random, world))));
    } else {
        hook.push(("uses", text(random.pick(&["example/chat", "example/tools/deep/one", "example/tools"]))));
        let names = random.some(&["text", "a-b", "_x", "LIST"], 0);
        let with = names.into_iter().map(|name| (name, text(words(random, true, arch, inputs))));
        hook.push(("with", mapping(with.collect::<Vec<_>>())));
    }
    let names = random.some(&["A", "_b", "LEVEL_2"], 0);
    let environment = names.into_iter().map(|name| (name, text(words(random, false, arch, inputs))));
    hook.push(("environment", mapping(environment.collect::<Vec<_>>())));
    if moment.ends_with("test") && random.chance(40) {
        hook.push(("variant", texts(random.some(variants, 1))));
    }
    if arch && random.chance(40) {
        hook.push(("when", when(random, world, lines)));
    } else if !lines.is_empty() && random.chance(40) {
        hook.push(("when", mapping([("line", texts(random.some(lines, 1)))])));
    }
    if is_of_release && random.chance(40) {
        let grants = random.some(&[("discussions", "write"), ("contents", "write"), ("models", "read")], 1);
        let grants = grants
            .into_iter()
            .map(|(scope, level)| (scope, mapping([("level", text(level)), ("reason", text(random.line()))])));
        hook.push(("permissions", mapping(grants.collect::<Vec<_>>())));
    }
    mapping(hook)
}

/// The environment of every recipe of a build.
pub(super) fn environment(random: &mut Random, world: &World, lines: &[String]) -> Node {
    let names = random.some(&["A", "_b", "LEVEL_2", "http_proxy"], 0);
    let environment = names.into_iter().map(|name| {
        let value = escaped(&random.line()) + random.pick(&["", "{tool}", "{arch}-{goarch}-{triple}"]);
        let value = text(value);
        let is_conditional = random.chance(40);
        (name, if is_conditional { mapping([("value", value), ("when", when(random, world, lines))]) } else { value })
    });
    mapping(environment.collect::<Vec<_>>())
}
