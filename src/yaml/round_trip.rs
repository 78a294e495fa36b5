//! Properties that tie the writer to two readers: whatever is written reads back as the same value. And our reader never
//! panics, and never sees another value than libyaml does.
//!
//! `PROPTEST_CASES` sets how many cases each property tries.

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use super::{Kind, Node, read, write};
use crate::diagnostic::Target;
use crate::source::Sources;

/// Pieces that mean something to some reader of YAML.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\n ",
    "\n\t",
    "\r",
    "\r\n",
    ":",
    ": ",
    " #",
    "#",
    "- ",
    "-",
    "? ",
    "?",
    "'",
    "\"",
    "\\",
    "\\n",
    "${{ x }}",
    "$",
    "/",
    "./",
    ".",
    "...",
    "\n---\n",
    "---",
    "yes",
    "On",
    "NULL",
    "null",
    "~",
    "true",
    "y",
    "0x1f",
    "0o7",
    "010",
    "1_000",
    "12:30",
    "1e3",
    ".inf",
    ".NaN",
    "2001-01-01",
    "<<",
    "=",
    "&a",
    "*a",
    "!t",
    "!!str",
    "%",
    "@",
    "`",
    "{",
    "}",
    "[",
    "]",
    ",",
    "|",
    ">",
    "|-",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{202e}",
    "\u{fffe}",
    "\0",
    "\u{7}",
    "\u{1b}",
    "\u{7f}",
    "\u{9f}",
    "\u{e9}",
    "\u{1f980}",
    "\u{e0041}",
    "a",
    "word",
    "two words",
    "_",
    "0",
    "-1",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[ -~]{1,12}",
    ];
    let short = prop::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat());
    prop_oneof![20 => short, 1 => "[ -~]{900,1200}"]
}

/// How a node is presented: comment above, comment behind, empty line, one line.
type Look = (Option<String>, Option<String>, bool, bool);

fn look() -> impl Strategy<Value = Look> {
    (prop::option::weighted(0.2, hostile()), prop::option::weighted(0.3, hostile()), any::<bool>(), any::<bool>())
}

fn dressed((kind, (above, behind, blank_before, flow)): (Kind, Look)) -> Node {
    Node { above: above.into_iter().collect(), behind, blank_before, flow, ..Node::new(kind) }
}

fn tree() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        1 => Just(Kind::Null),
        1 => any::<bool>().prop_map(Kind::Bool),
        1 => any::<i64>().prop_map(Kind::Integer),
        6 => hostile().prop_map(Kind::Text),
    ];
    (leaf, look()).prop_map(dressed).prop_recursive(5, 24, 4, |child| {
        let sequence = prop::collection::vec(child.clone(), 0..4).prop_map(Kind::Sequence);
        let entries = prop::collection::btree_map(hostile(), child, 0..4);
        let mapping = entries.prop_map(|entries| Kind::Mapping(entries.into_iter().collect()));
        (prop_oneof![sequence, mapping], look()).prop_map(dressed)
    })
}

fn value_of(node: &Node) -> serde_json::Value {
    match &node.kind {
        Kind::Null => serde_json::Value::Null,
        Kind::Bool(value) => (*value).into(),
        Kind::Integer(value) => (*value).into(),
        Kind::Text(text) => text.as_str().into(),
        Kind::Sequence(items) => items.iter().map(value_of).collect(),
        Kind::Mapping(entries) => entries.iter().map(|(key, value)| (key.clone(), value_of(value))).collect(),
    }
}

/// Our own reader refuses control characters on purpose, so it is asked only about values without them.
fn holds_controls(node: &Node) -> bool {
    let is_refused = |text: &str| text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
    match &node.kind {
        Kind::Null | Kind::Bool(_) | Kind::Integer(_) => false,
        Kind::Text(text) => is_refused(text),
        Kind::Sequence(items) => items.iter().any(holds_controls),
        Kind::Mapping(entries) => entries.iter().any(|(key, value)| is_refused(key) || holds_controls(value)),
    }
}

fn round_trip(node: &Node) -> Result<(), TestCaseError> {
    let expected = value_of(node);
    let text = write(node).text;
    let seen = serde_yaml::from_str::<serde_json::Value>(&text);
    prop_assert_eq!(seen.as_ref().map_err(ToString::to_string), Ok(&expected), "libyaml:\n{}", &text);
    if !holds_controls(node) {
        let seen = read(Sources::default().add("x.yaml", ""), &text);
        prop_assert_eq!(seen.as_ref().map(|document| &document.value), Ok(&expected), "saphyr:\n{}", &text);
    }
    prop_assert!(text.is_empty() || text.ends_with('\n'));
    prop_assert!(!text.contains('\r'));
    Ok(())
}

fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    ProptestConfig { cases, failure_persistence: Some(Box::new(FileFailurePersistence::Off)), ..default }
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn strings_read_back_as_they_were(value in hostile(), key in hostile(), comment in hostile()) {
        let entry = Node::text(value.clone()).with_behind("v4.2.2");
        let other = Node::text(value).with_behind(comment.clone()).with_above(comment).with_blank_before();
        let list = Node::sequence([entry.clone(), other.clone()]);
        round_trip(&Node::mapping([(key.clone(), entry), (format!("{key}2"), list), (format!("{key}z"), other)]))?;
    }
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn trees_read_back_as_they_were(node in tree()) {
        round_trip(&node)?;
    }

    #[test]
    fn any_text_is_read_or_refused(
        start in prop::sample::select(vec!["", "a: ", "- ", "a:\n  b: ", "- a: b\n  ", "[a, ", "{a: b, ", "a: |\n  "]),
        middle in hostile(),
        end in prop::sample::select(vec!["\n", "\n- a\n", "\nc: d\n", "\n  c: d\n", "]\n", "}\n", "\n  a\n"]),
    ) {
        let text = format!("{start}{middle}{end}");
        let ours = read(Sources::default().add("x.yaml", ""), &text);
        let theirs = serde_yaml::from_str::<serde_json::Value>(&text);
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            // libyaml reads YAML 1.1: another meaning of `?` in brackets, of markers behind a byte order mark, and of blocks
            // that are the whole document.
            let is_known = text.contains(['?', '\u{feff}']) || ours.value.is_string();
            prop_assert!(is_known || ours.value == theirs, "{:?}: {} {}", text, ours.value, theirs);
        }
    }
}

/// How many texts are written and read in the test below, in lists of so many.
const TEXTS: (usize, usize) = (300_000, 5_000);

/// Text by text there would be no time for so many: these go through the writer and both readers in long lists, as values, as keys
/// and on one line.
#[test]
fn a_great_many_strings_read_back_as_they_were() {
    let mut random = Numbers(0x7961_6d6c);
    let (all, some) = TEXTS;
    for batch in 0..all / some {
        let texts: Vec<String> = (0..some).map(|_| random.text()).collect();
        let nodes = || texts.iter().map(Node::text);
        let node = match batch % 3 {
            0 => Node::sequence(nodes()),
            1 => Node::sequence([Node::sequence(nodes()).with_flow()]),
            // Keys must differ.
            _ => Node::mapping(texts.iter().enumerate().map(|(at, text)| (format!("{text}{at}"), Node::text(text)))),
        };
        let expected = value_of(&node);
        let written = write(&node).text;
        let seen: serde_json::Value = serde_yaml::from_str(&written).unwrap();
        assert!(seen == expected, "libyaml: {:?}", difference(&seen, &expected));
        let seen = read(Sources::default().add("x.yaml", ""), &written);
        let seen =
            seen.unwrap_or_else(|errors| panic!("saphyr: {:?}", place(&written, &errors[0].primary.target))).value;
        assert!(seen == expected, "saphyr: {:?}", difference(&seen, &expected));
    }
}

/// The text around a place.
fn place(text: &str, target: &Target) -> Option<String> {
    let Target::Span(span) = target else { return None };
    let start = text.floor_char_boundary(span.start.saturating_sub(80));
    Some(text[start..].chars().take(160).collect())
}

/// The first texts that differ.
fn difference(seen: &serde_json::Value, expected: &serde_json::Value) -> Option<(String, String)> {
    let lines = |value: &serde_json::Value| serde_json::to_string_pretty(value).unwrap();
    let (seen, expected) = (lines(seen), lines(expected));
    let found = seen.lines().zip(expected.lines()).find(|(seen, expected)| seen != expected);
    found.map(|(seen, expected)| (seen.to_owned(), expected.to_owned()))
}

/// A stream of numbers that looks random (`SplitMix64`), quicker than proptest's values, which remember how to shrink.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % end
    }

    /// A text without the control characters that our reader refuses.
    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.below(7) {
            match self.below(12) {
                0 => text.extend(char::from_u32(u32::try_from(self.below(0x11_0000)).unwrap())),
                1 => text.extend((0..self.below(12)).map(|_| char::from(u8::try_from(32 + self.below(95)).unwrap()))),
                _ => text.push_str(PIECES[self.below(PIECES.len())]),
            }
        }
        text.retain(|character| !character.is_control() || matches!(character, '\n' | '\t'));
        text
    }
}
