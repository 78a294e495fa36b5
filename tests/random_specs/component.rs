//! Random components: every kind of source, every build system, conditions, placeholders, hostile arguments.

use ghagen::yaml::Node;

use super::{
    node::{flag, mapping, number, text, texts},
    spec::{World, tags, url},
};
use crate::support::Random;

/// Bash that the linters have nothing to say about, and that is hard to hand on unchanged.
const BASH: &[&str] = &[
    "true",
    "true\n",
    "\ntrue # the end",
    "cat <<'END'\n  as it is: $x \\ `y`\nEND\n",
    "cat <<-END\n\ttabs\nEND\n",
    "printf '%s\\n' 'two\n  lines'\ntrue",
    "printf '%s\\n' \"a\n\n b ${PWD:-'}'}\"",
    "for word in a b; do\n  printf '%s\\n' \"$word\"\ndone",
    "if [[ -e /etc ]]; then\n  true\nelse\n  false\nfi",
    "case $PWD in\n  /*) true ;;\n  *) false ;;\nesac",
    "n=$((1 << 2))\nprintf '%s\\n' \"$(printf '%s' \"$((n * 2))\") # ${n#1}\"",
    "cat <<<'word'\ncat <<A && cat <<'B'\n$PWD\nA\n$PWD\nB",
    "printf '%s\\n' $'it\\'s' \"<%\" '#%' '<{ x }>'",
    "printf '%s\\n' a \\\n  b",
];

/// A component and what tools have to know of it.
pub(super) struct Part {
    /// Its name.
    pub(super) name: String,
    /// What its file says.
    pub(super) node: Node,
    /// The tool whose upstream it, or something that it needs, is built from.
    only_tool: Option<usize>,
    /// Whether anything of it can go into a package.
    pub(super) has_outputs: bool,
    /// The names of its outputs.
    pub(super) outputs: Vec<String>,
}

impl Part {
    /// Whether a tool may contain it.
    pub(super) fn fits_tool(&self, index: usize) -> bool {
        self.only_tool.is_none_or(|only| only == index)
    }
}

/// Some bash.
pub(super) fn bash(random: &mut Random, world: &World) -> String {
    if world.is_clean || random.chance(80) {
        return random.pick(BASH).to_owned();
    }
    // Whatever it is, it is one word.
    format!(": '{}'", random.text().replace('\'', ""))
}

/// The components: these for everybody, one of its own for each tool, and the allocators.
pub(super) fn all(random: &mut Random, world: &mut World, shared: &[String], mains: &[String]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (_, name) in world.allocators.clone() {
        let node = library(random, world, &name);
        parts.push(Part { name, node, only_tool: None, has_outputs: false, outputs: Vec::new() });
    }
    let owned = mains.iter().enumerate().map(|(index, name)| (name, Some(index)));
    for (name, owner) in shared.iter().map(|name| (name, None)).chain(owned) {
        let needs: Vec<&Part> = parts.iter().filter(|part| part.only_tool.is_none()).collect();
        let needs: Vec<String> = needs.iter().filter(|_| random.chance(30)).map(|part| part.name.clone()).collect();
        let part = component(random, world, name, owner, needs);
        parts.push(part);
    }
    parts
}

fn library(random: &mut Random, world: &mut World, name: &str) -> Node {
    let source = git(random, world, name);
    mapping([
        ("component", text(name)),
        ("kind", text("library")),
        ("summary", text(random.line())),
        ("license", text("MIT")),
        ("source", source),
        ("seconds", seconds(random, world)),
        ("recipe", mapping([("script", mapping([("run", text(bash(random, world)))]))])),
    ])
}

fn git(random: &mut Random, world: &mut World, name: &str) -> Node {
    let pins = (0..=random.below(3)).map(|minor| format!("3.{minor}")).collect();
    world.pins.insert(name.to_owned(), pins);
    let mut git = vec![("url", url(name)), ("tags", tags()), ("submodules", flag(random.chance(30)))];
    if random.chance(50) {
        git.push(("versions", text(">=3, <4")));
    }
    mapping([("git", mapping(git))])
}

/// Seconds for every arch of the project.
pub(super) fn seconds(random: &mut Random, world: &World) -> Node {
    mapping(world.arches.iter().map(|arch| (*arch, number(1 + random.below(30_000)))).collect::<Vec<_>>())
}

fn archive() -> Node {
    let archive = [
        ("url", text("https://example.org/x-{version}.tar.gz")),
        ("version", text("2026_07_16")),
        ("sha256", text("0a".repeat(32))),
    ];
    mapping([("archive", mapping(archive))])
}

fn component(random: &mut Random, world: &mut World, name: &str, owner: Option<usize>, needs: Vec<String>) -> Part {
    let kind = if owner.is_some() { 0 } else { random.below(4) };
    let source = match (owner, kind) {
        (Some(index), _) => Some(mapping([("upstream", text(world.tools[index].0.as_str()))])),
        (None, 0) => None,
        (None, 1) => Some(archive()),
        (None, _) => Some(git(random, world, name)),
    };
    let has_tag = owner.is_none() && kind > 1;
    let has_commit = owner.is_some() || has_tag;
    let scope = Scope { has_source: source.is_some(), has_tag, has_commit, has_values: world.has_values };
    let files: Vec<String> = (0..=random.below(2)).map(|index| format!("bin/{name}-{index}")).collect();
    let recipe = recipe(random, world, scope, name, &files);
    let is_program = !matches!(recipe.0, "files") && (owner.is_some() || random.chance(70));
    let mut way = way(random, world, name);
    let outputs: Vec<(String, Node)> = files
        .iter()
        .enumerate()
        .map(|(index, file)| {
            // Only Go links each program in a way of its own.
            if recipe.0 == "go" {
                way = self::way(random, world, name);
            }
            let way = is_program.then_some(&way);
            (["time", "o", "p"][index].to_owned(), output(random, world, scope, file, way, owner.is_some()))
        })
        .collect();
    let names = outputs.iter().map(|(name, _)| name.clone()).collect();
    let mut node = vec![
        ("component", text(name)),
        ("kind", text(if is_program { "program" } else { "files" })),
        ("summary", text(random.line())),
        ("license", text(random.line())),
        ("needs", texts(needs)),
        ("packages", texts(random.some(&["gperf", "re2c"], 0))),
        ("recipe", mapping([recipe])),
        ("outputs", mapping(outputs)),
    ];
    if scope.has_source && random.chance(20) {
        world.carried.insert(format!("spec/patches/{name}/a+b@1.patch"), b"a patch\n".to_vec());
        node.push(("patches", texts(["a+b@1.patch"])));
    }
    if scope.has_source && random.chance(30) {
        node.push(("license_files", texts(random.some(&["COPYING", "LICENSES/x+y.txt", "a@b/NOTICE"], 1))));
    }
    if random.chance(40) {
        let environment = ["FOO", "CFLAGS", "_x1"].map(|key| (key, argument(random, world, scope)));
        node.push(("environment", mapping(environment)));
    }
    if random.chance(80) {
        node.push(("seconds", seconds(random, world)));
    }
    node.extend(source.map(|source| ("source", source)));
    Part { name: name.to_owned(), node: mapping(node), only_tool: owner, has_outputs: true, outputs: names }
}

/// How programs are linked, and with which allocator.
fn way(random: &mut Random, world: &World, name: &str) -> (&'static str, Option<String>) {
    let link = ["static", "static-pie"][random.below(2)];
    let allocator = world.allocators.first().filter(|(_, builder)| builder != name && random.chance(60));
    (link, allocator.map(|(allocator, _)| allocator.clone()))
}

fn output(
    random: &mut Random,
    world: &World,
    scope: Scope,
    file: &str,
    way: Option<&(&'static str, Option<String>)>,
    is_always: bool,
) -> Node {
    let place = world.places[random.below(world.places.len())];
    let mut output = vec![("files", texts([file])), ("place", text(place))];
    if random.chance(40) {
        let end = file.rsplit('/').next().unwrap();
        output.push((
            "links",
            mapping([(format!("{end}-link"), text(format!("{}{end}", random.pick(&["", "../bin/"]))))]),
        ));
    }
    if random.chance(30) {
        output.push(("mode", text(random.pick(&["0755", "640", "0444"]))));
    }
    if !is_always && random.chance(20) {
        output.push(("when", condition(random, world)));
    }
    if let Some((link, allocator)) = way {
        let mut program = vec![("link", text(*link)), ("minimum_size", number(random.below(1_000_000)))];
        match allocator {
            Some(allocator) => program.push(("allocator", text(allocator.as_str()))),
            None => {
                program.extend([("allocator", text(random.pick(&["libc", "none"]))), ("reason", text(random.line()))]);
            }
        }
        if random.chance(60) {
            let expect = if scope.has_commit { "{version} {commit}" } else { "" };
            program.push((
                "version_check",
                mapping([
                    ("arguments", texts([random.text(), "--version".to_owned()])),
                    ("expect", text(format!("{expect}{}", random.literal().1))),
                    ("emulated", flag(random.chance(50))),
                ]),
            ));
        }
        output.push(("program", mapping(program)));
    }
    mapping(output)
}

/// What the arguments of a component can name.
#[derive(Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is there or not, whatever the others are")]
struct Scope {
    has_source: bool,
    has_tag: bool,
    has_commit: bool,
    has_values: bool,
}

/// A text with placeholders.
fn template(random: &mut Random, scope: Scope) -> String {
    let mut names = vec!["tool", "arch", "goarch", "triple", "prefix", "files", "jobs", "line"];
    if scope.has_source {
        names.extend(["version", "source", "epoch"]);
    }
    names.extend(scope.has_tag.then_some("tag"));
    names.extend(scope.has_commit.then_some("commit"));
    if scope.has_values {
        names.extend(["line.alpha", "line.b_2"]);
    }
    loop {
        let mut text = String::new();
        for _ in 0..=random.below(2) {
            text.push_str(&random.literal().1);
            if random.chance(50) {
                text.push_str(&format!("{{{}}}", random.pick(&names)));
            }
        }
        // A brace that was left over would pair with one of the placeholder's.
        if !text.contains("${") && !text.contains("{{{") && !text.contains("}}}") {
            return text;
        }
    }
}

fn condition(random: &mut Random, world: &World) -> Node {
    let mut condition = Vec::new();
    let index = random.below(world.tools.len());
    let (tool, lines) = &world.tools[index];
    if random.chance(50) {
        condition.push(("arch", texts(random.some(&["amd64", "arm64"], 1))));
    }
    if random.chance(50) {
        condition.push(("tool", text(tool.as_str())));
    }
    if condition.is_empty() || random.chance(30) {
        let line = if lines.is_empty() { "main" } else { lines[random.below(lines.len())].as_str() };
        condition.push(("line", text(line)));
    }
    mapping(condition)
}

fn argument(random: &mut Random, world: &World, scope: Scope) -> Node {
    let value = text(template(random, scope));
    if random.chance(75) { value } else { mapping([("value", value), ("when", condition(random, world))]) }
}

/// A text without one kind of quotes, and with a value that has neither: Go could not read both.
fn stamp(random: &mut Random, scope: Scope) -> Node {
    text(
        template(random, scope)
            .replace('"', "")
            .replace("{line.alpha}", "{line.plain}")
            .replace("{line.b_2}", "{line.plain}"),
    )
}

fn arguments(random: &mut Random, world: &World, scope: Scope) -> Node {
    Node::sequence((0..random.below(4)).map(|_| argument(random, world, scope)))
}

fn variables(random: &mut Random, world: &World, scope: Scope) -> Node {
    let names = random.some(&["V", "prefix", "a.b-c", "_"], 0);
    let variables = names.into_iter().map(|name| (name, argument(random, world, scope)));
    mapping(variables.collect::<Vec<_>>())
}

fn step(random: &mut Random, world: &World, scope: Scope) -> Node {
    mapping([("targets", arguments(random, world, scope)), ("variables", variables(random, world, scope))])
}

fn recipe(random: &mut Random, world: &mut World, scope: Scope, name: &str, files: &[String]) -> (&'static str, Node) {
    let copy = |from: &str| {
        mapping(files.iter().map(|file| (format!("{from}/{file}"), text(file.as_str()))).collect::<Vec<_>>())
    };
    if !scope.has_source {
        if random.chance(30) {
            return ("script", mapping([("run", text(bash(random, world)))]));
        }
        for file in files {
            world.carried.insert(format!("spec/files/{name}/{file}"), random.text().into_bytes());
        }
        return ("files", mapping([("copy", copy(name))]));
    }
    let world = &*world;
    let directory = text(random.pick(&[".", "sub/dir"]));
    match random.below(7) {
        0 => {
            let programs = files.iter().map(|file| {
                let stamps = [("main.v", stamp(random, scope)), ("{tool}/x.y", stamp(random, scope))];
                let program =
                    [("package", text("./cmd/x")), ("cgo", flag(random.chance(60))), ("stamps", mapping(stamps))];
                (file.as_str(), mapping(program))
            });
            let programs = mapping(programs.collect::<Vec<_>>());
            let tags = arguments(random, world, scope);
            let options = arguments(random, world, scope);
            (
                "go",
                mapping([
                    ("release", text(">=1.26")),
                    ("tags", tags),
                    ("vendor", flag(random.chance(50))),
                    ("options", options),
                    ("programs", programs),
                ]),
            )
        }
        1 => {
            let programs = files.iter().enumerate().map(|(index, file)| (format!("a-{index}"), text(file.as_str())));
            let programs = mapping(programs.collect::<Vec<_>>());
            let features = arguments(random, world, scope);
            let options = arguments(random, world, scope);
            (
                "cargo",
                mapping([
                    ("release", text("1.90.0")),
                    ("directory", directory),
                    ("features", features),
                    ("options", options),
                    ("programs", programs),
                ]),
            )
        }
        2 => {
            let mut make = vec![("directory", directory), ("build", step(random, world, scope)), ("copy", copy("out"))];
            if random.chance(50) {
                make.push(("install", step(random, world, scope)));
            }
            ("make", mapping(make))
        }
        3 => {
            let mut autotools = vec![
                ("directory", directory),
                ("bootstrap", text(random.pick(&["none", "autoreconf", "autogen"]))),
                ("configure", arguments(random, world, scope)),
                ("variables", variables(random, world, scope)),
                ("build", step(random, world, scope)),
                ("copy", copy("out")),
            ];
            if random.chance(50) {
                autotools.push(("install", step(random, world, scope)));
            }
            ("autotools", mapping(autotools))
        }
        system @ (4 | 5) => {
            let node = mapping([
                ("directory", directory),
                ("options", arguments(random, world, scope)),
                ("targets", arguments(random, world, scope)),
                ("install", flag(random.chance(50))),
                ("copy", copy("out")),
            ]);
            (if system == 4 { "meson" } else { "cmake" }, node)
        }
        _ => ("script", mapping([("run", text(bash(random, world)))])),
    }
}
