//! Tests of the reader: values, places, and everything that it refuses.

use serde_json::json;

use super::*;
use crate::source::Sources;

fn read_text(text: &str) -> (Sources, Result<Document, Vec<Diagnostic>>) {
    let mut sources = Sources::default();
    let file = sources.add("x.yaml", text);
    let result = read(file, text);
    (sources, result)
}

#[track_caller]
fn check(text: &str, expected: Value) {
    let (_, result) = read_text(text);
    assert_eq!(result.map(|document| document.value), Ok(expected));
}

/// Every value with the text that its span covers.
#[track_caller]
fn check_places(text: &str, expected: &[(&str, &str)]) {
    let (_, result) = read_text(text);
    let spans = result.unwrap().spans;
    let seen: Vec<(String, &str)> =
        spans.values().map(|(route, span)| (route.to_string(), &text[span.start..span.end])).collect();
    let seen: Vec<(&str, &str)> = seen.iter().map(|(route, text)| (route.as_str(), *text)).collect();
    assert_eq!(seen, expected);
}

/// Every diagnostic as `line:column "text" code: message; the same of what is related; help`.
#[track_caller]
fn check_refused(text: &str, expected: &[&str]) {
    let (sources, result) = read_text(text);
    let place = |label: &Label| {
        let Target::Span(span) = label.target else { panic!("{label:?} is no span") };
        let at = sources.line_column(label.file, span.start);
        format!("{}:{} {:?}", at.line, at.column, &text[span.start..span.end])
    };
    let show = |diagnostic: &Diagnostic| {
        let Diagnostic { code, message, primary, related, help, .. } = diagnostic;
        let mut parts = vec![format!("{} {code}: {message}", place(primary))];
        parts.extend(related.iter().map(|label| format!("{} {}", place(label), label.text)));
        parts.extend(help.iter().cloned());
        parts.join("; ")
    };
    let seen: Vec<String> = result.expect_err("refused").iter().map(show).collect();
    assert_eq!(seen, expected);
}

#[test]
fn values_follow_the_core_rules() {
    check(
        "a: ~\nb:\nc: 'null'\nd: true\ne: 1.50\nf: \"1\"\ng: yes\nh: 0x10\ni: |\n  x\n\n  y\nj: >-\n  x\n  y\nk: [1, {l: m}, n: o]\n",
        json!({
            "a": null, "b": null, "c": "null", "d": true, "e": 1.5, "f": "1", "g": "yes", "h": 16, "i": "x\n\ny\n", "j": "x y",
            "k": [1, {"l": "m"}, {"n": "o"}],
        }),
    );
    check("- - a\n  -\n- []\n- {}\n", json!([["a", null], [], {}]));
    check("---\na: b\n...\n", json!({"a": "b"}));
    check("a: b\r\nc: |\r\n  d\r\n", json!({"a": "b", "c": "d\n"}));
    check("\u{feff}a: b\n", json!({"a": "b"}));
    check("plain\n", json!("plain"));
}

#[test]
fn keys_keep_their_order() {
    let (_, result) = read_text("z: 1\na: 2\nm: 3\n");
    let value = result.unwrap().value;
    assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), ["z", "a", "m"]);
}

#[test]
fn files_without_content_are_null() {
    for text in ["", "\n", "# nothing\n", "---\n", "---\n...\n", "\u{feff}"] {
        check(text, Value::Null);
    }
}

#[test]
fn json_is_read_too() {
    let text = "{\"a\":[1,-2.5e3,true,null,\"x\\u00e9\\/\\n\"],\"b\":{\"c\":{}},\"d\" : []}\n";
    check(text, serde_json::from_str(text).unwrap());
    check("{\n\t\"a\": 1\n}\n", json!({"a": 1}));
}

#[test]
fn spans_cover_what_a_person_would_mark() {
    check_places(
        "# \u{e9}\nname: \u{1f980} two words # no\nquoted: \"a \\\" b\" # \"x\nsingle: 'it''s'   # x\nlist:\n  - a\n  -\n  - b: c\n    d:\n  - [ x, {y: z} ] # x\nblock: |\n  one\n\n  two\n\nempty: |\nlast:\n",
        &[
            (".", "name"),
            ("block", "one\n\n  two"),
            ("empty", "empty"),
            ("last", "last"),
            ("list", "list"),
            ("list[0]", "a"),
            ("list[1]", "-"),
            ("list[2]", "b"),
            ("list[2].b", "c"),
            ("list[2].d", "d"),
            ("list[3]", "[ x, {y: z} ]"),
            ("list[3][0]", "x"),
            ("list[3][1]", "{y: z}"),
            ("list[3][1].y", "z"),
            ("name", "\u{1f980} two words"),
            ("quoted", "\"a \\\" b\""),
            ("single", "'it''s'"),
        ],
    );
    check_places("- - a\n  - b\n", &[(".", "-"), ("[0]", "-"), ("[0][0]", "a"), ("[0][1]", "b")]);
    check_places("a: b\r\nc: d\r\n", &[(".", "a"), ("a", "b"), ("c", "d")]);
    check_places("\u{feff}a: b\n", &[(".", "a"), ("a", "b")]);
    check_places("a:\n- x\n-\n", &[(".", "a"), ("a", "a"), ("a[0]", "x"), ("a[1]", "-")]);
    check_places("[a: b, {c}]", &[(".", "[a: b, {c}]"), ("[0]", "a"), ("[0].a", "b"), ("[1]", "{c}"), ("[1].c", "c")]);
    check_places("", &[(".", "")]);
}

#[test]
fn keys_have_places_too() {
    let text = "a:\n  - \"b c\": d\n";
    let (_, result) = read_text(text);
    let spans = result.unwrap().spans;
    let key = |route: &Route| spans.key(route).map(|span| &text[span.start..span.end]);
    assert_eq!(key(&Route::root().key("a")), Some("a"));
    assert_eq!(key(&Route::root().key("a").index(0)), None);
    assert_eq!(key(&Route::root().key("a").index(0).key("b c")), Some("\"b c\""));
}

#[test]
fn all_duplicates_are_reported_at_once() {
    check_refused(
        "a: 1\nb:\n  c: 1\n  \"c\": {d: 1, d: 2}\na:\n  e: 1\n  e: 2\na: 3\n",
        &[
            "4:3 \"\\\"c\\\"\" G0102: the key `c` stands twice in one mapping; 3:3 \"c\" it stands here already",
            "4:15 \"d\" G0102: the key `d` stands twice in one mapping; 4:9 \"d\" it stands here already",
            "5:1 \"a\" G0102: the key `a` stands twice in one mapping; 1:1 \"a\" it stands here already",
            "7:3 \"e\" G0102: the key `e` stands twice in one mapping; 6:3 \"e\" it stands here already",
            "8:1 \"a\" G0102: the key `a` stands twice in one mapping; 1:1 \"a\" it stands here already",
        ],
    );
}

#[test]
fn keys_are_strings() {
    check_refused(
        "5: a\n6.0: a\ntrue: a\n~: a\n: a\n<<: {b: c}\n[x, y]: a\n? {z: 1}\n: a\n'7': a\n",
        &[
            "1:1 \"5\" G0103: the key `5` is not a string; write `\"5\"`, in quotes",
            "2:1 \"6.0\" G0103: the key `6.0` is not a string; write `\"6.0\"`, in quotes",
            "3:1 \"true\" G0103: the key `true` is not a string; write `\"true\"`, in quotes",
            "4:1 \"~\" G0103: the key `~` is not a string; write `\"~\"`, in quotes",
            "5:1 \":\" G0103: a value without a key; write `key: value`",
            "6:1 \"<<\" G0103: a merge key (`<<`); write the entries out",
            "7:1 \"[\" G0103: a list or a mapping as a key; a key is a string on one line; `{` and `[` want quotes",
            "8:3 \"{\" G0103: a list or a mapping as a key; a key is a string on one line; `{` and `[` want quotes",
        ],
    );
    check("'<<': a\nyes: b\n", json!({"<<": "a", "yes": "b"}));
}

#[test]
fn anchors_aliases_and_tags_are_refused() {
    check_refused(
        "a: &x {b: c}\nd: *x\ne: !!str 1\nf: &y\n  - !t g\n*x : h\n",
        &[
            "1:4 \"&\" G0103: an anchor (`&name`); write the value out; text that starts with `*` or `&` wants quotes",
            "2:4 \"*x\" G0103: an alias (`*name`); write the value out; text that starts with `*` or `&` wants quotes",
            "3:4 \"!!str 1\" G0103: a tag (`!name`); leave it out; text that starts with `!` wants quotes",
            "4:4 \"&\" G0103: an anchor (`&name`); write the value out; text that starts with `*` or `&` wants quotes",
            "5:5 \"!t g\" G0103: a tag (`!name`); leave it out; text that starts with `!` wants quotes",
            "6:1 \"*x\" G0103: an alias (`*name`); write the value out; text that starts with `*` or `&` wants quotes",
        ],
    );
    check_refused(
        "- *.yaml\n",
        &["1:3 \"*\" G0103: an alias (`*name`); write the value out; text that starts with `*` or `&` wants quotes"],
    );
}

#[test]
fn one_file_is_one_document_without_directives() {
    check_refused(
        "a: b\n---\nc: d\n",
        &["2:1 \"---\" G0103: a second document in one file; one file holds one document; take the `---` out"],
    );
    check_refused(
        "# x\n%YAML 1.1\n---\na: b\n",
        &["2:1 \"%YAML 1.1\" G0103: a directive (`%NAME`); take the line out"],
    );
}

#[test]
fn numbers_that_cannot_be_kept_are_refused() {
    check_refused(
        "a: .inf\nb: 1e999\nc: 0755\n0755: a\n",
        &[
            "1:4 \".inf\" G0103: `.inf` cannot be kept as a number; write a number that is finite and not too large, or quote it if it is text",
            "2:4 \"1e999\" G0103: `1e999` cannot be kept as a number; write a number that is finite and not too large, or quote it if it is text",
            "3:4 \"0755\" G0103: `0755` is not the same number to every reader of YAML; write it in digits without zeros in front, or quote it if it is text",
            "4:1 \"0755\" G0103: the key `0755` is not a string; write `\"0755\"`, in quotes",
        ],
    );
}

#[test]
fn characters_that_nobody_sees_are_refused() {
    let control = "take it out; a carriage return is allowed only at the end of a line";
    check_refused(
        "a: b\nc: \0\n",
        &[&format!("2:4 \"\\0\" G0101: the control character U+0000 in the text of the file; {control}")],
    );
    check_refused(
        "a\rb",
        &[&format!("1:2 \"\\r\" G0101: the control character U+000D in the text of the file; {control}")],
    );
    check_refused(
        "a: b\u{202e}c # \u{feff}\n",
        &[
            "1:5 \"\\u{202e}\" G0103: the invisible character U+202E in the text of the file; take it out, or write it as an escape in double quotes, so that everybody can see it",
        ],
    );
    check_refused(
        "a: \"\\e\"\n\"\\0\": b\n",
        &[
            "1:4 \"\\\"\\\\e\\\"\" G0103: this text holds the control character U+001B; only tabs and new lines can stand in text",
            "2:1 \"\\\"\\\\0\\\"\" G0103: this text holds the control character U+0000; only tabs and new lines can stand in text",
        ],
    );
    check("a: \"\\u202E\\t\"\n", json!({"a": "\u{202e}\t"}));
}

#[test]
fn nesting_has_a_bound() {
    let nested = |depth: usize| format!("{}{}\n", "[".repeat(depth), "]".repeat(depth));
    let (_, result) = read_text(&nested(100));
    assert!(result.is_ok());
    check_refused(
        &nested(101),
        &["1:101 \"[\" G0103: lists and mappings nested more than 100 levels deep; no file of ghagen needs so many"],
    );
    let (_, result) = read_text(&"[".repeat(100_000));
    assert_eq!(result.unwrap_err().len(), 1);
    let (_, result) = read_text(&"- ".repeat(100_000));
    assert_eq!(result.unwrap_err().len(), 1);
}

#[test]
fn what_is_no_yaml_is_explained() {
    const QUOTE: &str = "text that starts with a special character, or holds `: ` or ` #`, wants quotes";
    const COLUMN: &str = "entries of one list or mapping start in the same column";
    for (text, expected) in [
        ("a: \"b\n", "1:4 \"\\\"\" G0101: this quote is never closed".to_owned()),
        ("a: b: c\n", format!("1:5 \":\" G0101: a `:` where no key can stand; {QUOTE}")),
        ("a: @b\n", format!("1:4 \"@\" G0101: no text can start with this character; {QUOTE}")),
        ("a:\n\tb: c\n", "2:2 \"b\" G0101: a tab cannot indent; indent with spaces".to_owned()),
        ("a: [b, c\nd: e\n", "2:2 \":\" G0101: a key over several lines inside `[ ]`; is a `]` missing above?".to_owned()),
        ("a: {b: c\n", "1:8 \"c\" G0101: a `,` or `}` is missing here".to_owned()),
        ("a: [b]]\n", format!("1:7 \"]\" G0101: a closing bracket that nothing opened; {QUOTE}")),
        ("a: 'b' c\n", "1:8 \"c\" G0101: something stands behind a closing quote".to_owned()),
        ("a: \"\\d\"\n", "1:4 \"\\\"\" G0101: this text in double quotes holds a `\\` that starts no known escape; write `\\\\` for a backslash, or use single quotes".to_owned()),
        ("a:\n  b: c\n d: e\n", format!("3:2 \"d\" G0101: this fits no mapping around it; {COLUMN}")),
        ("a: b\nc\n", "2:1 \"c\" G0101: a line that is neither `key: value` nor a list item; write `key: value`".to_owned()),
        ("a: b\n- c\n", format!("2:3 \"c\" G0101: this fits no mapping around it; {COLUMN}")),
        ("- a\nb: c\n", format!("2:1 \"b\" G0101: this fits no list around it; {COLUMN}")),
        ("a: | b\n", "1:4 \"|\" G0101: something stands behind `|` or `>`; start the text in the next line".to_owned()),
    ] {
        check_refused(text, &[&expected]);
    }
}

#[test]
fn what_was_found_before_the_text_broke_is_kept() {
    check_refused(
        "a: 1\na: 2\nb: \"\n",
        &[
            "2:1 \"a\" G0102: the key `a` stands twice in one mapping; 1:1 \"a\" it stands here already",
            "3:4 \"\\\"\" G0101: this quote is never closed",
        ],
    );
}
