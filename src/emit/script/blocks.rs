//! Which conditions and loops of a template stand around a place of it. Reads the tags alone, and not what they mean.

use std::ops::Range;

/// A part of a template that is written only if, or as often as, some names say.
#[derive(Debug, PartialEq, Eq)]
struct Block {
    bytes: Range<usize>,
    names: Vec<String>,
}

/// The conditions and loops of one template.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    all: Vec<Block>,
    /// The names in the tags of a line, by the bytes of the line.
    inline: Vec<(Range<usize>, Vec<String>)>,
    /// What is included: where, and by which words.
    pub(super) includes: Vec<(usize, String)>,
}

impl Blocks {
    /// Reads a template.
    pub(super) fn of(text: &str) -> Self {
        let mut blocks = Self::default();
        let mut open: Vec<Block> = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            let trimmed = line.trim();
            if let Some(tag) = trimmed.strip_prefix("#%") {
                blocks.tag(&mut open, tag.trim(), start, end);
            } else if !trimmed.starts_with("##%") {
                let mut at = 0;
                let mut names = Vec::new();
                while let Some((before, rest)) = line.get(at..).and_then(|rest| rest.split_once("<%")) {
                    let Some((tag, _)) = rest.split_once("%>") else { break };
                    let from = at + before.len();
                    at = from + tag.len() + 4;
                    names.extend(self::names(tag));
                    blocks.tag(&mut open, tag.trim(), start + from, start + at);
                }
                if !names.is_empty() {
                    blocks.inline.push((start..end, names));
                }
            }
            start = end;
        }
        blocks
    }

    fn tag(&mut self, open: &mut Vec<Block>, tag: &str, start: usize, end: usize) {
        let (word, rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let names = names(rest);
        match word {
            "with" => open.push(Block { bytes: end..end, names: Vec::new() }),
            "if" | "for" => open.push(Block { bytes: end..end, names }),

            "elif" | "else" => {
                let Some(block) = open.pop() else { return };
                // What follows depends on all that was asked before it, too.
                let names = block.names.iter().cloned().chain(names).collect();
                self.all.push(Block { bytes: block.bytes.start..start, names: block.names });
                open.push(Block { bytes: end..end, names });
            }
            "endif" | "endfor" | "endwith" => {
                let Some(block) = open.pop() else { return };
                self.all.push(Block { bytes: block.bytes.start..start, names: block.names });
            }
            "include" => self.includes.push((start, rest.trim().to_owned())),
            _ => {}
        }
    }

    /// The names that decide whether, or how often, what stands at a byte is written.
    pub(super) fn around(&self, byte: usize) -> impl Iterator<Item = &str> {
        let blocks = self.all.iter().filter(move |block| block.bytes.contains(&byte)).map(|block| &block.names);
        let inline = self.inline.iter().filter(move |(bytes, _)| bytes.contains(&byte)).map(|(_, names)| names);
        blocks.chain(inline).flatten().map(String::as_str)
    }
}

/// The names in an expression: `recipe.install`, without words of the language and texts.
pub(super) fn names(expression: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (position, part) in expression.split('"').enumerate() {
        if position % 2 == 0 {
            let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
            let words =
                part.split(|c| !is_of_name(c)).filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()));
            found.extend(words.map(ToOwned::to_owned));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_place_is_known() {
        let text = "0\n#% if one.x\n1\n#%   for item in two\n2<% if three %> 3<% endif %>\n\n#%   endfor\n#% else\n4\n#% endif\n5\n";
        let blocks = Blocks::of(text);
        let around = |word: &str| {
            let found: std::collections::BTreeSet<&str> = blocks.around(text.find(word).unwrap()).collect();
            found.into_iter().filter(|name| ["one.x", "two", "three"].contains(name)).collect::<Vec<_>>()
        };
        assert_eq!(around("0"), [""; 0]);
        assert_eq!(around("1"), ["one.x"]);
        // A word that may stand in a line decides about the line.
        assert_eq!(around("2<"), ["one.x", "three", "two"]);
        assert_eq!(around("3<"), ["one.x", "three", "two"]);
        assert_eq!(around("4"), ["one.x"]);
        assert_eq!(around("5"), [""; 0]);
    }

    #[test]
    fn texts_are_no_names() {
        assert_eq!(names("a.b == \"c.d\" and e[0].f"), ["a.b", "and", "e"]);
    }
}
