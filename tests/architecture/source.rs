//! Reading Rust source text just well enough to know which modules of the crate it names.

use std::collections::BTreeSet;

/// The text with comments and the contents of literals blanked.
pub(super) fn code_of(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = skipped_until(&chars, at);
        let kept = end.max(at + 1);
        let blank = |c: char| if end > at { ' ' } else { c };
        code.extend(chars[at..kept].iter().copied().map(blank));
        at = kept;
    }
    code
}

/// Where the comment or literal that starts at `at` ends; `at` itself where none starts there.
fn skipped_until(chars: &[char], at: usize) -> usize {
    let starts = |text: &str| text.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    if starts("//") {
        chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |length| at + length)
    } else if starts("/*") {
        block_comment_end(chars, at)
    } else if starts("\"") {
        literal_end(chars, at, '"')
    } else if starts("r\"") || starts("r#") {
        raw_string_end(chars, at)
    } else if starts("'\\") || starts("'") && chars.get(at + 2) == Some(&'\'') {
        // Not a lifetime: those have no second quote two characters on.
        literal_end(chars, at, '\'')
    } else {
        at
    }
}

fn block_comment_end(chars: &[char], start: usize) -> usize {
    let (mut depth, mut at) = (0, start);
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn literal_end(chars: &[char], start: usize, quote: char) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != quote {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// The end of `r"…"` or `r#"…"#`; the start where it is a raw identifier such as `r#type`.
fn raw_string_end(chars: &[char], start: usize) -> usize {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let body = start + 1 + hashes + 1;
    if chars.get(body - 1) != Some(&'"') {
        return start;
    }
    let closes =
        |at: &usize| chars[*at] == '"' && chars[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    (body..chars.len()).find(closes).map_or(chars.len(), |at| at + 1 + hashes)
}

/// The code without its unit tests, `#[cfg(test)] mod …`: those may build their inputs with any stage.
pub(super) fn without_unit_tests(code: &str) -> String {
    let Some(start) = code.find("#[cfg(test)]\nmod ") else { return code.to_owned() };
    let mut depth = 0_usize;
    for (offset, c) in code[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return code[..start].to_owned() + &without_unit_tests(&code[start + offset + 1..]),
            '}' => depth -= 1,
            ';' if depth == 0 => return code[..start].to_owned() + &without_unit_tests(&code[start + offset + 1..]),
            _ => {}
        }
    }
    code[..start].to_owned()
}

/// The first names of all paths in `code` that start at `root`, such as `crate` or `ghagen`; `*` for a glob.
pub(super) fn names_below(root: &str, code: &str) -> BTreeSet<String> {
    let tokens = tokens(code);
    let starts = (0..tokens.len()).filter(|at| tokens[*at] == root && tokens.get(at + 1) == Some(&"::"));
    starts.flat_map(|at| first_names(&tokens[at + 2..])).map(ToOwned::to_owned).collect()
}

/// The names that `super::` chains of at least `depth` steps reach: in a module that deep, names of the crate's root.
pub(super) fn names_above(depth: usize, code: &str) -> BTreeSet<String> {
    let tokens = tokens(code);
    let mut names = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        let steps = tokens[at..].chunks(2).take_while(|pair| *pair == ["super", "::"]).count();
        at += steps * 2;
        if steps > 0 && steps >= depth {
            names.extend(first_names(&tokens[at..]).into_iter().map(ToOwned::to_owned));
        }
        at += usize::from(steps == 0);
    }
    names
}

/// The name at the start of what follows `root::`, or the first name of each item of its `{…}` group.
fn first_names<'a>(tokens: &[&'a str]) -> Vec<&'a str> {
    if tokens.first() != Some(&"{") {
        return tokens.first().copied().into_iter().collect();
    }
    let (mut depth, mut is_start, mut names) = (0_usize, false, Vec::new());
    for token in tokens {
        match *token {
            "{" => (depth, is_start) = (depth + 1, depth == 0),
            "}" if depth == 1 => break,
            "}" => depth -= 1,
            "," if depth == 1 => is_start = true,
            name if is_start => {
                names.push(name);
                is_start = false;
            }
            _ => {}
        }
    }
    names
}

/// Names, `::` and single other characters; spaces are dropped.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let length = if is_name(first) {
            rest.find(|c| !is_name(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    tokens
}
