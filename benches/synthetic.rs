//! A project of any size, all of it made up: each tool with three variants and two arches, each with a component of its own,
//! and libraries that all of them share. Nothing of it is ever built.

use std::collections::BTreeMap;
use std::fmt::Write;

use ghagen::spec::Files;

/// Libraries that the programs share: name, and the one that it needs.
const LIBRARIES: [(&str, Option<&str>); 6] = [
    ("lib-base", None),
    ("lib-codec", Some("lib-base")),
    ("lib-net", Some("lib-base")),
    ("lib-tls", Some("lib-net")),
    ("lib-text", None),
    ("lib-json", Some("lib-text")),
];

const PROJECT: &str = include_str!("synthetic/ghagen.yaml");
const LOCK: &str = include_str!("synthetic/ghagen.lock");

/// The texts of a project with this many tools.
pub(crate) fn project(tools: usize) -> Files {
    let mut texts = BTreeMap::new();
    let mut lock = LOCK.to_owned();
    for (number, (library, needs)) in LIBRARIES.iter().enumerate() {
        pin(&mut lock, library, number);
        texts.insert(format!("spec/components/{library}.yaml"), self::library(library, *needs));
    }
    for number in 0..tools {
        let name = format!("tool-{number:04}");
        pin(&mut lock, &name, LIBRARIES.len() + number);
        texts.insert(format!("spec/tools/{name}.yaml"), tool(&name));
        texts.insert(format!("spec/components/{name}.yaml"), program(&name, number));
    }
    texts.insert("spec/ghagen.yaml".to_owned(), PROJECT.to_owned());
    texts.insert("spec/ghagen.lock".to_owned(), lock);
    Files { texts, ..Files::default() }
}

fn pin(lock: &mut String, name: &str, number: usize) {
    let _ = write!(
        lock,
        "  {name}:\n    url: https://git.example.org/{name}\n    pins:\n      - tag: v1.2.3\n        commit: '{number:040x}'\n"
    );
}

fn source(name: &str) -> String {
    format!("    url: https://git.example.org/{name}\n    tags: '^v(?<version>[0-9]+\\.[0-9]+\\.[0-9]+)$'\n")
}

fn library(name: &str, needs: Option<&str>) -> String {
    let needs = needs.map(|need| format!("needs: [{need}]\n")).unwrap_or_default();
    let source = source(name);
    format!(
        "component: {name}\nkind: library\nsummary: A library that several programs link\nlicense: MIT\nsource:\n  git:\n{source}{needs}\
         recipe:\n  autotools:\n    configure: [--disable-shared, --enable-static, '--with-base={{prefix}}']\n    \
         variables:\n      CFLAGS: -O2\n    install:\n      targets: [install]\n"
    )
}

fn program(name: &str, number: usize) -> String {
    let first = LIBRARIES[number % LIBRARIES.len()].0;
    let second = LIBRARIES[(number + 2) % LIBRARIES.len()].0;
    format!(
        "component: {name}\nkind: program\nsummary: The program of {name}\nlicense: Apache-2.0\nsource:\n  upstream: {name}\n\
         needs: [{first}, {second}]\nrecipe:\n  autotools:\n    configure:\n      - --disable-docs\n      - --with-prefix={{prefix}}\n      \
         - value: --enable-wide\n        when: {{arch: amd64}}\n    install:\n      targets: [install]\noutputs:\n  \
         program:\n    files: [bin/{name}]\n    place: bin\n    program:\n      link: static\n      allocator: libc\n      \
         reason: It allocates little.\n      minimum_size: 100000\n      version_check:\n        arguments: [--version]\n        \
         expect: {name} {{version}}\n  manual:\n    files: [share/man/man1/{name}.1]\n    place: man\n  \
         settings:\n    files: [etc/{name}.conf]\n    place: etc\n"
    )
}

fn tool(name: &str) -> String {
    let source = format!("  git: https://git.example.org/{name}\n  tags: '^v(?<version>[0-9]+\\.[0-9]+\\.[0-9]+)$'\n");
    format!(
        "tool: {name}\ntitle: {name}\nsummary: A program of a large project\nupstream:\n{source}lines:\n  '1':\n    \
         versions: '>=1.0, <2'\nvariants:\n  standalone:\n    contents:\n      {name}: {{outputs: [program]}}\n  default:\n    \
         contents:\n      {name}: {{outputs: [program, settings]}}\n  full:\n    contents:\n      {name}: {{}}\nsmoke:\n  \
         - name: it answers with its version\n    run: |\n      {name} --version | grep --fixed-strings -e \"$VERSION\" >/dev/null\n"
    )
}
