//! Random numbers and hostile texts, the same in every run: a failure names its seed, and the seed brings it back.

/// Pieces that mean something to bash, to YAML, to GitHub, to templates or to a terminal.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\t",
    "'",
    "\"",
    "\\",
    "\\\\",
    "\\'",
    "\\n",
    "\\u00e9",
    "$",
    "$$",
    "$HOME",
    "$(id)",
    "$((1))",
    "${x}",
    "${x:-'}",
    "`id`",
    "`",
    "$'a\\'",
    "$\"",
    "!",
    "!!",
    "!$",
    "^a^b",
    "*",
    "?",
    "[a-z]",
    "{a,b}",
    "{1..9}",
    "{",
    "}",
    "{{",
    "}}",
    "~",
    "~root",
    "#",
    " #",
    "#%",
    "##%",
    "<%",
    "%>",
    "<{",
    "}>",
    "<#",
    "#>",
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
    "+=",
    "%s",
    "%n",
    "%",
    "::error::",
    "::set-output name=a::",
    "@",
    "@{u}",
    ":",
    ": ",
    "- ",
    "? ",
    "|-",
    ">-",
    "&a",
    "*a",
    "!t",
    "!!str",
    "...",
    "---",
    "null",
    "~",
    "true",
    "yes",
    "0x1f",
    "010",
    "1e3",
    "12:30",
    "2001-01-01",
    ".",
    "..",
    "../..",
    "/",
    "//",
    ",",
    "[",
    "]",
    "a",
    "word",
    "two words",
    "esac",
    "done",
    "fi",
    "\u{e9}",
    "e\u{301}",
    "\u{a0}",
    "\u{200b}",
    "\u{200d}",
    "\u{1f980}",
    "\u{e0041}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10ffff}",
    "\u{3000}",
    "\u{6f22}",
    "\u{5d0}",
];

/// A stream of numbers that looks random (`SplitMix64`).
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream of a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to this one, itself left out.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % end
    }

    /// Yes, so many times in a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    /// Some of these, in their order; at least so many.
    pub(crate) fn some<T: Clone>(&mut self, items: &[T], least: usize) -> Vec<T> {
        let wanted = least + self.below(items.len() - least + 1);
        let mut chosen: Vec<usize> = (0..items.len()).collect();
        while chosen.len() > wanted {
            let gone = self.below(chosen.len());
            chosen.remove(gone);
        }
        chosen.into_iter().map(|index| items[index].clone()).collect()
    }

    /// A hostile text that a spec may hold; perhaps of several lines, perhaps empty.
    pub(crate) fn text(&mut self) -> String {
        loop {
            let mut text = String::new();
            for _ in 0..self.below(7) {
                match self.below(20) {
                    0 => text.push('\n'),
                    1 => text.extend(self.character()),
                    2 => {
                        text.extend(
                            (0..self.below(12)).map(|_| char::from(u8::try_from(32 + self.below(95)).unwrap())),
                        );
                    }
                    _ => text.push_str(self.pick(PIECES)),
                }
            }
            if !text.contains("${{") {
                return text;
            }
        }
    }

    /// A hostile text of one visible line.
    pub(crate) fn line(&mut self) -> String {
        loop {
            let text = self.text().replace(['\n', '\t'], "");
            // What stood apart before may be an expression now.
            if !text.trim().is_empty() && !text.contains("${{") {
                return text;
            }
        }
    }

    /// A hostile text as an argument of a recipe, where braces count: `{{` is one. A `${` cannot be written there at all.
    pub(crate) fn literal(&mut self) -> (String, String) {
        loop {
            let text = self.text();
            let written = text.replace('{', "{{").replace('}', "}}");
            if !written.contains("${{") {
                return (text, written);
            }
        }
    }

    /// Any character that a spec may hold.
    fn character(&mut self) -> Option<char> {
        let number = if self.chance(50) { self.below(0x800) } else { self.below(0x11_0000) };
        let found = char::from_u32(u32::try_from(number).unwrap())?;
        let hidden =
            found.is_control() || matches!(found, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        (!hidden).then_some(found)
    }
}
