//! The property that every word of every script rests on: a real bash reads each word back as the text that it was made from.
//!
//! The texts are the same in every run.

use std::process::{Command, Stdio};

use super::word;
use crate::model::Template;

/// How many texts are tried in all.
const TEXTS: usize = 120_000;

/// How many of them one bash reads.
const BATCH: usize = 20_000;

/// Pieces that bash, or a command behind it, could take for something else than text.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "'",
    "''",
    "\"",
    "\\",
    "\\\\",
    "\\\n",
    "\\'",
    "$",
    "$$",
    "$HOME",
    "$(id)",
    "$((1))",
    "${x}",
    "${x:-'}",
    "`id`",
    "`",
    "$'a'",
    "$\"",
    "!",
    "!!",
    "!$",
    "^a^b",
    "*",
    "?",
    "[a-z]",
    "[",
    "]",
    "{a,b}",
    "{1..9}",
    "{",
    "}",
    "~",
    "~root",
    "#",
    " #",
    ";",
    ";;",
    "&",
    "&&",
    "|",
    "||",
    "<",
    ">",
    "<<EOF",
    "<<<",
    ">(",
    "<(",
    "(",
    ")",
    "()",
    "-",
    "--",
    "-n",
    "-e",
    "-rf /",
    "=",
    "A=b",
    "a+=1",
    "%s",
    "%",
    ":",
    "/",
    ".",
    "..",
    ",",
    "esac",
    "done",
    "fi",
    "if",
    "function",
    "a",
    "word",
    "0",
    "\u{7}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{9b}",
    "\u{e9}",
    "e\u{301}",
    "\u{a0}",
    "\u{200b}",
    "\u{2028}",
    "\u{202e}",
    "\u{feff}",
    "\u{ffff}",
    "\u{1f980}",
    "\u{10ffff}",
];

/// A stream of numbers that looks random (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % end
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.below(8) {
            match self.below(12) {
                0 => text.extend(char::from_u32(u32::try_from(self.below(0x11_0000)).unwrap())),
                1 => text.extend((0..self.below(9)).map(|_| char::from(u8::try_from(1 + self.below(127)).unwrap()))),
                _ => text.push_str(PIECES[self.below(PIECES.len())]),
            }
        }
        // A spec holds no others. Bash itself has no way with some of them: in an array it puts U+0001 before U+007F.
        text.retain(|character| !character.is_control() || matches!(character, '\n' | '\t'));
        text
    }
}

/// What bash makes of these words.
fn read_by_bash(words: &[String]) -> Vec<String> {
    let script = format!("JOBS=\\$\\'\\\"\nwords=(\n{}\n)\nprintf '%s\\0' \"${{words[@]}}\"\n", words.join("\n"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("words.sh");
    fs_err::write(&path, script).unwrap();
    let mut bash = Command::new("bash");
    bash.arg("--norc").arg(&path).env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C").stdin(Stdio::null());
    let output = bash.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{errors}");
    let mut texts: Vec<_> =
        output.stdout.split(|byte| *byte == 0).map(|text| String::from_utf8(text.to_vec()).unwrap()).collect();
    assert_eq!(texts.pop().as_deref(), Some(""));
    texts
}

/// The value of `JOBS` in [`read_by_bash`].
const JOBS: &str = "$'\"";

/// A text in one of the three ways in which texts become words, and what bash has to make of it.
fn any_word(random: &mut Random) -> (String, String) {
    let (text, other) = (random.text(), random.text());
    let braced = |text: &str| text.replace('{', "{{").replace('}', "}}");
    match random.below(4) {
        0 | 1 => (word::quote(&text), text),
        2 => {
            let template = Template::parse(&format!("{}{{jobs}}{}", braced(&text), braced(&other))).unwrap();
            (word::word(&template), format!("{text}{JOBS}{other}"))
        }
        _ => {
            let template = Template::parse(&format!("{{jobs}}{}", braced(&text))).unwrap();
            (word::prefixed(&other, &template), format!("{other}{JOBS}{text}"))
        }
    }
}

#[test]
fn every_text_reaches_bash_as_itself() {
    let mut random = Random(0x6768_6167_656e);
    for _ in 0..TEXTS / BATCH {
        let (words, expected): (Vec<_>, Vec<_>) = (0..BATCH).map(|_| any_word(&mut random)).unzip();
        let found = read_by_bash(&words);
        assert_eq!(found.len(), expected.len());
        let wrong = found.iter().zip(&expected).zip(&words).find(|((found, expected), _)| found != expected);
        assert_eq!(wrong, None, "bash read the word as another text than it was made from");
    }
}
