//! A random valid spec: the project, its tools and its lock.

use std::collections::BTreeMap;

use ghagen::{
    spec::Files,
    yaml::{Node, write},
};

use super::{
    component, hook, input,
    node::{flag, mapping, number, text, texts},
    smoke,
};
use crate::support::Random;

/// Names that are legal and look like something else: to bash, to YAML, to people.
const NAMES: &[&str] = &[
    "select",
    "time",
    "coproc",
    "test",
    "true",
    "null",
    "y",
    "no",
    "0",
    "1.0",
    "1e3",
    "0x1f",
    "a",
    "a-b",
    "a_b",
    "a.b",
    "all-of-it",
    "build",
    "line",
    "version",
    "main",
    "podman",
    "x-",
    "lib_",
    "release",
    "plan",
    "export",
    "exit",
    "a-name-of-sixty-characters-which-is-the-most-that-a-name-ha6",
];

/// What is drawn once, so that the parts of a spec fit together.
pub(super) struct World {
    /// The arches of the project.
    pub(super) arches: Vec<&'static str>,
    /// The tools, each with its lines.
    pub(super) tools: Vec<(String, Vec<String>)>,
    /// The places of every layout.
    pub(super) places: Vec<&'static str>,
    /// The allocators: name and the component that builds it.
    pub(super) allocators: Vec<(String, String)>,
    /// Whether every line has a value `alpha`.
    pub(super) has_values: bool,
    /// Whether linters are to be pleased: what only the user's own bash can spoil is left out.
    pub(super) is_clean: bool,
    /// Every file below `spec/files` and `spec/patches`.
    pub(super) carried: BTreeMap<String, Vec<u8>>,
    /// The git sources by name: their pinned versions.
    pub(super) pins: BTreeMap<String, Vec<String>>,
}

/// The address of a source.
pub(super) fn url(name: &str) -> Node {
    text(format!("https://example.org/{name}.git"))
}

/// The pattern of every source's tags.
pub(super) fn tags() -> Node {
    text(r"^v(?<version>[0-9]+\.[0-9]+(-rc[0-9]+)?)$")
}

/// The spec of a seed.
pub(super) fn spec(seed: u64, is_clean: bool) -> Files {
    let mut random = Random::new(seed);
    let random = &mut random;
    let mut names: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let mut name = |random: &mut Random| names.remove(random.below(names.len()));
    let mut world = World {
        arches: random.some(&["amd64", "arm64"], 1),
        tools: Vec::new(),
        places: random.some(&["bin", "lib", "doc", "etc"], 1),
        allocators: Vec::new(),
        has_values: random.chance(40),
        is_clean,
        carried: BTreeMap::new(),
        pins: BTreeMap::from([("musl".to_owned(), vec!["1.2".to_owned()])]),
    };
    for _ in 0..=random.below(3) {
        let least = usize::from(world.has_values);
        let lines = (0..least + random.below(3)).map(|index| ["1", "2.x", "time", "null"][index].to_owned()).collect();
        let tool = name(random);
        world
            .pins
            .insert(tool.clone(), (0..random.below(4)).map(|major| format!("{major}.{}", random.below(20))).collect());
        world.tools.push((tool, lines));
    }
    for _ in 0..random.below(2) {
        world.allocators.push((name(random), name(random)));
    }
    let layouts: Vec<String> = (0..=random.below(2)).map(|_| name(random)).collect();
    let mut variants: Vec<String> = (0..=random.below(3)).map(|_| name(random)).collect();
    if random.chance(70) {
        variants[0] = "default".to_owned();
    }
    let components: Vec<String> = (0..=random.below(6)).map(|_| name(random)).collect();
    let mains: Vec<String> = world.tools.iter().map(|_| name(random)).collect();
    let parts = component::all(random, &mut world, &components, &mains);
    let mut files = Files::default();
    let mut add = |path: String, node: &Node| files.texts.insert(path, write(node).text);
    add("spec/ghagen.yaml".to_owned(), &project(random, &world, &layouts, &variants));
    for (index, main) in mains.iter().enumerate() {
        let shown: Vec<&component::Part> =
            parts.iter().filter(|part| part.fits_tool(index) && part.has_outputs).collect();
        let node = tool(random, &world, index, &variants, &shown, main);
        add(format!("spec/tools/{}.yaml", world.tools[index].0), &node);
    }
    for part in &parts {
        add(format!("spec/components/{}.yaml", part.name), &part.node);
    }
    add("spec/ghagen.lock".to_owned(), &lock(random, &world));
    files.carried = world.carried;
    files
}

fn cron(random: &mut Random) -> Node {
    text(format!("{} {} * * {}", random.below(60), random.below(24), random.pick(&["*", "1-5", "SUN", "0,3"])))
}

fn schedule(random: &mut Random) -> Node {
    let mut schedule = vec![("cron", cron(random))];
    if random.chance(50) {
        schedule.push(("retry_days", number(random.below(31))));
        schedule.push(("most_builds", number(1 + random.below(200))));
        schedule.push(("rebuilds", text(random.pick(&["propose", "start"]))));
    }
    mapping(schedule)
}

fn project(random: &mut Random, world: &World, layouts: &[String], variants: &[String]) -> Node {
    let is_native = world.arches.len() == 1 || random.chance(50);
    let compiler = if is_native && random.chance(20) { "musl-gcc" } else { "clang" };
    let arches = world.arches.iter().enumerate().map(|(index, arch)| {
        let triple = if *arch == "amd64" { "x86_64-linux-musl" } else { "aarch64-linux-musl" };
        let runner = if *arch == "amd64" { "ubuntu-24.04" } else { "ubuntu-24.04-arm" };
        let build = if index == 0 || is_native { "native" } else { "cross" };
        (*arch, mapping([("triple", text(triple)), ("runner", text(runner)), ("build", text(build))]))
    });
    let arches = mapping(arches.collect::<Vec<_>>());
    let folders = ["bin", "lib", "share/doc", "etc", "usr/libexec/x", "a/b/c/d"];
    let layouts_node = layouts.iter().map(|layout| {
        let mut folders = folders.to_vec();
        let places = world.places.iter().map(|place| (*place, text(folders.remove(random.below(folders.len())))));
        let places = mapping(places.collect::<Vec<_>>());
        let prefix = text(random.pick(&["/", "/usr/local", "/opt/a", "/srv/x@y/z+1"]));
        (layout.as_str(), mapping([("summary", text(random.line())), ("places", places), ("prefix", prefix)]))
    });
    let layouts_node = mapping(layouts_node.collect::<Vec<_>>());
    let names = variants.to_vec();
    let variants = variants.iter().map(|variant| {
        let layout = &layouts[random.below(layouts.len())];
        (variant.as_str(), mapping([("summary", text(random.line())), ("layout", text(layout.as_str()))]))
    });
    let variants = mapping(variants.collect::<Vec<_>>());
    let mut toolchain = vec![
        ("compiler", text(compiler)),
        ("minimum_clang", number(15 + random.below(6))),
        ("musl", mapping([("url", url("musl")), ("tags", tags())])),
        ("packages", texts(random.some(&["make", "libtool", "g++", "python3.12", "libc6:i386"], 0))),
        ("meson", text(">=1")),
        ("environment", hook::environment(random, world, &[])),
    ];
    if random.chance(30) {
        toolchain.push((
            "snapshot",
            text(format!("20{}-0{}-1{}", 10 + random.below(90), 1 + random.below(9), random.below(10))),
        ));
    }
    let allocators = world.allocators.iter().map(|(name, component)| {
        let allocator =
            [("component", text(component.as_str())), ("object", text("lib/a.o")), ("symbol", text("mi_malloc"))];
        (name.as_str(), mapping(allocator))
    });
    toolchain.push(("allocators", mapping(allocators.collect::<Vec<_>>())));
    if random.chance(50) {
        toolchain.push(("thread_stack", number(1_048_576)));
    }
    if random.chance(50) {
        toolchain.push(("seconds", component::seconds(random, world)));
    }
    let timeouts = ["build", "test", "release"].into_iter().skip(random.below(2));
    let notes = mapping([
        (
            "departures",
            Node::sequence(
                (0..random.below(3))
                    .map(|_| mapping(["plan", "instead", "why", "evidence"].map(|key| (key, text(random.text()))))),
            ),
        ),
        (
            "principles",
            Node::sequence(
                (0..random.below(3)).map(|_| mapping(["principle", "proved_by"].map(|key| (key, text(random.text()))))),
            ),
        ),
    ]);
    mapping([
        (
            "project",
            mapping([
                ("name", text(random.pick(&["p", "a-b", "0"]))),
                ("summary", text(random.line())),
                ("branch", text(random.pick(&["main", "release/1.x", "0"]))),
            ]),
        ),
        ("schedule", schedule(random)),
        ("builder", builder(random)),
        ("arches", arches),
        ("toolchain", mapping(toolchain)),
        ("layouts", layouts_node),
        ("variants", variants),
        (
            "release",
            mapping([
                ("signature_suffix", text(random.pick(&[".bundle", ".sigstore.json", ".a_b-c"]))),
                ("attest", flag(random.chance(50))),
                ("compression_level", number(1 + random.below(19))),
            ]),
        ),
        ("smoke_commands", smoke::commands(random, world)),
        ("hooks", hook::hooks(random, world, (&names, &[]), &input::OF_PROJECT)),
        ("dispatch_inputs", input::inputs(random, &input::OF_PROJECT)),
        ("timeouts", mapping(timeouts.map(|key| (key, number(1 + random.below(360)))).collect::<Vec<_>>())),
        ("gate", mapping([("generator", super::gate::generator(random, &world.arches))])),
        ("notes", notes),
    ])
}

fn builder(random: &mut Random) -> Node {
    let kind = random.pick(&["container", "image", "runner"]);
    let has_image_of_its_own = kind == "image" || random.chance(20);
    let mut builder = vec![("kind", text(kind))];
    if kind != "runner" || has_image_of_its_own || random.chance(50) {
        builder.push(("image", text(random.pick(&["docker.io/ubuntu:rolling", "ghcr.io/a/b-c/d:1.0_x"]))));
    }
    if random.chance(50) {
        builder.push(("fallback_image", text("quay.io/centos/centos:stream9")));
    }
    if has_image_of_its_own {
        builder.push(("persistent_image", mapping([("name", text("ghcr.io/a/build-env")), ("cron", cron(random))])));
    }
    mapping(builder)
}

fn tool(
    random: &mut Random,
    world: &World,
    index: usize,
    variants: &[String],
    parts: &[&component::Part],
    main: &str,
) -> Node {
    let (name, lines) = &world.tools[index];
    let arches = random.some(&world.arches, 1);
    let own = random.some(variants, 1);
    let contents = own.iter().map(|variant| {
        let others = parts.iter().filter(|part| part.name != main && random.chance(60)).collect::<Vec<_>>();
        let mut contents = vec![(main.to_owned(), mapping::<String>([]))];
        contents.extend(others.iter().map(|part| (part.name.clone(), content(random, world, part, lines))));
        (variant.as_str(), mapping([("contents", mapping(contents))]))
    });
    let contents = mapping(contents.collect::<Vec<_>>());
    let entered = random.some(&input::OF_TOOL, 0);
    let known = [&input::OF_PROJECT[..], &entered].concat();
    let mut node = vec![
        ("tool", text(name.as_str())),
        ("title", text(random.line())),
        ("summary", text(random.line())),
        (
            "upstream",
            mapping([
                if random.chance(20) { ("self", flag(true)) } else { ("git", url(name)) },
                ("tags", tags()),
                ("exclude", texts(random.some(&["-rc", "^v0", "it's \"$x\""], 0))),
                ("prereleases", flag(random.chance(50))),
                ("submodules", flag(random.chance(50))),
            ]),
        ),
        ("arches", texts(arches.clone())),
        ("variants", contents),
        ("packages", texts(random.some(&["gperf", "g++", "libc6:i386"], 0))),
        ("environment", hook::environment(random, world, lines)),
        ("hooks", hook::hooks(random, world, (&own, lines), &known)),
        ("dispatch_inputs", input::inputs(random, &entered)),
        ("smoke", Node::sequence((0..random.below(3)).map(|_| smoke::check(random, world, &own, lines)))),
    ];
    if !lines.is_empty() {
        let lines = lines.iter().enumerate().map(|(major, line)| (line.as_str(), self::line(random, world, major)));
        node.push(("lines", mapping(lines.collect::<Vec<_>>())));
    }
    if own.len() > 1 && random.chance(40) {
        let exclusion = mapping([
            ("variant", texts([own[random.below(own.len())].clone()])),
            ("arch", text(arches[0])),
            ("reason", text(random.line())),
        ]);
        node.push(("exclude", Node::sequence([exclusion])));
    }
    mapping(node)
}

fn line(random: &mut Random, world: &World, major: usize) -> Node {
    let mut line = vec![("versions", text(format!(">={major}, <{}", major + 1)))];
    if world.has_values {
        let plain = random.text().replace(['\'', '"'], "");
        let values = [("alpha", random.text()), ("b_2", random.text()), ("plain", plain)];
        line.push(("values", mapping(values.map(|(key, value)| (key, text(value))))));
    }
    let narrowed =
        world.pins.iter().filter(|(name, pins)| pins.len() > 1 && world.tools.iter().all(|(tool, _)| tool != *name));
    let narrowed: Vec<(&str, Node)> =
        narrowed.map(|(name, pins)| (name.as_str(), text(format!("<={}", pins[random.below(pins.len())])))).collect();
    line.push(("components", mapping(narrowed)));
    mapping(line)
}

fn content(random: &mut Random, world: &World, part: &component::Part, lines: &[String]) -> Node {
    let mut content = Vec::new();
    if random.chance(40) {
        content.push(("outputs", texts(random.some(&part.outputs, 1))));
    }
    if random.chance(30) {
        content.push(("places", texts(random.some(&world.places, 1))));
    }
    if random.chance(30) {
        content.push(("when", when(random, world, lines)));
    }
    mapping(content)
}

/// A condition of a tool with these lines.
pub(super) fn when(random: &mut Random, world: &World, lines: &[String]) -> Node {
    if lines.is_empty() || random.chance(50) {
        return mapping([("arch", text(world.arches[random.below(world.arches.len())]))]);
    }
    mapping([("line", texts(random.some(lines, 1)))])
}

fn lock(random: &mut Random, world: &World) -> Node {
    let commit =
        |random: &mut Random| format!("{:016x}{:016x}{:08x}", random.next(), random.next(), random.next() >> 32);
    let actions = [
        "actions/attest",
        "actions/cache",
        "actions/checkout",
        "actions/download-artifact",
        "actions/upload-artifact",
        "example/chat",
        "example/tools",
        "sigstore/cosign-installer",
    ];
    let actions = actions.map(|name| (name, mapping([("tag", text("v1.2.3")), ("commit", text(commit(random)))])));
    let mut sources: Vec<(&str, Node)> = Vec::new();
    let ghagen = ("ghagen".to_owned(), vec!["0.1".to_owned()]);
    for (name, pins) in world.pins.iter().chain([(&ghagen.0, &ghagen.1)]).filter(|(_, pins)| !pins.is_empty()) {
        let pins = pins.iter().map(|pin| mapping([("tag", text(format!("v{pin}"))), ("commit", text(commit(random)))]));
        sources.push((name, mapping([("url", url(name)), ("pins", Node::sequence(pins))])));
    }
    let release =
        |version: &str, random: &mut Random| mapping([("version", text(version)), ("checked_by", text(random.line()))]);
    let tools = [("go", "1.26.1"), ("rust", "1.90.0"), ("meson", "1.9.1"), ("cosign", "v3.0.6"), ("zizmor", "1.30.0")];
    let tools = tools.map(|(name, version)| (name, Node::sequence([release(version, random)])));
    let images = [("docker.io/ubuntu:rolling", mapping([("unresolved", text(random.line()))]))];
    mapping([
        ("lock", number(1)),
        ("actions", mapping(actions)),
        ("images", mapping(images)),
        ("sources", mapping(sources)),
        ("tools", mapping(tools)),
    ])
}
