//! One walk through a text of bash, with what is open at each place.
//!
//! Where the language is not sure without running it, the walk takes the reading in which the text ends.

/// Something that is open where the text ends: what follows would become part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line} of this script opens {what} that nothing closes: what stands behind it would become part of it, so close it"
)]
pub struct Unfinished {
    /// The line that opens it, from 1.
    pub line: usize,
    /// What is open.
    pub what: &'static str,
}

/// What the walk is inside of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// `'`; with a `$` before it, a backslash hides the next character.
    Single { escapes: bool },
    /// `"`.
    Double,
    /// `${`; inside of double quotes, single ones mean something behind some operators only.
    Braces { quotes: bool },
    /// `(`; in arithmetic, `<<` and `#` are operators. `cases` counts the `case` that no `esac` has ended.
    Brackets { arithmetic: bool, cases: usize },
    /// `` ` ``.
    Backquotes,
}

impl Open {
    const fn name(self) -> &'static str {
        match self {
            Self::Single { .. } => "single quotes",
            Self::Double => "double quotes",
            Self::Braces { .. } => "braces",
            Self::Brackets { .. } => "brackets",
            Self::Backquotes => "backquotes",
        }
    }
}

/// A here-document whose lines are still to come.
struct Document {
    end: String,
    tabs: bool,
    line: usize,
}

struct Walk<'a> {
    rest: &'a str,
    line: usize,
    open: Vec<(Open, usize)>,
    documents: Vec<Document>,
    /// The word so far, where the walk is among commands, and whether a command could start with it.
    word: String,
    starts_command: bool,
    cases: usize,
}

/// Finds what a text leaves open.
pub(super) fn scan(text: &str) -> Result<(), Unfinished> {
    let mut walk = Walk {
        rest: text,
        line: 1,
        open: Vec::new(),
        documents: Vec::new(),
        word: String::new(),
        starts_command: true,
        cases: 0,
    };
    while let Some(character) = walk.rest.chars().next() {
        walk.take(character.len_utf8());
        walk.step(character)?;
    }
    match (walk.open.first(), walk.documents.first()) {
        (Some((open, line)), _) => Err(Unfinished { line: *line, what: open.name() }),
        (None, Some(document)) => Err(Unfinished { line: document.line, what: "a here-document" }),
        (None, None) => Ok(()),
    }
}

impl<'a> Walk<'a> {
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    fn top(&self) -> Option<Open> {
        self.open.last().map(|(open, _)| *open)
    }

    fn push(&mut self, open: Open) {
        self.open.push((open, self.line));
    }

    fn step(&mut self, character: char) -> Result<(), Unfinished> {
        match (self.top(), character) {
            (Some(Open::Single { .. }), '\'')
            | (Some(Open::Double), '"')
            | (Some(Open::Braces { .. }), '}')
            | (Some(Open::Backquotes), '`') => {
                self.open.pop();
            }
            (Some(Open::Single { .. } | Open::Double | Open::Braces { .. }), '\n') => self.line += 1,
            (open, '\\') if open != Some(Open::Single { escapes: false }) => self.escape()?,
            (Some(Open::Single { .. }), _) | (Some(Open::Braces { quotes: false }), '\'') => {}
            (_, '`') => self.push(Open::Backquotes),
            (_, '$') => self.dollar(),
            (open, '"') if open != Some(Open::Double) => self.push(Open::Double),
            (open, '\'') if open != Some(Open::Double) => self.push(Open::Single { escapes: false }),
            (Some(Open::Double | Open::Braces { .. }), _) => {}
            _ => return self.command(character),
        }
        self.word.push(character);
        Ok(())
    }

    /// A backslash hides what follows.
    fn escape(&mut self) -> Result<(), Unfinished> {
        let Some(hidden) = self.rest.chars().next() else {
            return Err(Unfinished { line: self.line, what: "a line that goes on" });
        };
        self.take(hidden.len_utf8());
        if hidden == '\n' {
            self.line += 1;
        }
        Ok(())
    }

    fn dollar(&mut self) {
        let in_quotes = self.top() == Some(Open::Double);
        if self.rest.starts_with('\'') && !in_quotes {
            self.take(1);
            self.push(Open::Single { escapes: true });
        } else if self.rest.starts_with("((") {
            self.take(2);
            self.push(Open::Brackets { arithmetic: true, cases: 0 });
            self.push(Open::Brackets { arithmetic: true, cases: 0 });
        } else if self.rest.starts_with('(') {
            self.take(1);
            self.push(Open::Brackets { arithmetic: false, cases: 0 });
            self.word.clear();
            self.starts_command = true;
        } else if self.rest.starts_with('{') {
            self.take(1);
            let name = |it: char| it.is_ascii_alphanumeric() || "_@*!".contains(it);
            let operator = self.rest.trim_start_matches(name).chars().next();
            let quotes = !in_quotes || matches!(operator, Some('#' | '%' | '/' | '^' | ','));
            self.push(Open::Braces { quotes });
        } else if self.rest.starts_with(['#', '$']) {
            self.take(1);
        }
    }

    /// A character among commands.
    fn command(&mut self, character: char) -> Result<(), Unfinished> {
        let arithmetic = matches!(self.top(), Some(Open::Brackets { arithmetic: true, .. }));
        match character {
            '#' if self.word.is_empty() && !arithmetic => {
                let end = self.rest.find('\n').unwrap_or(self.rest.len());
                self.take(end);
                return Ok(());
            }
            '(' => {
                let is_arithmetic = arithmetic || (self.word.is_empty() && self.rest.starts_with('('));
                self.end_word(true);
                self.push(Open::Brackets { arithmetic: is_arithmetic, cases: 0 });
            }
            ')' => {
                self.end_word(true);
                if self.cases() == 0 && matches!(self.top(), Some(Open::Brackets { .. })) {
                    self.open.pop();
                    // What follows is the rest of a word, or the body of a function.
                    self.word.push(')');
                }
            }
            '<' if !arithmetic && self.rest.starts_with("<<") => {
                self.take(2);
                self.end_word(false);
            }
            '<' if !arithmetic && self.rest.starts_with('<') => {
                self.take(1);
                self.document();
            }
            '\n' => {
                self.end_word(true);
                self.line += 1;
                return self.documents();
            }
            ';' | '&' | '|' => self.end_word(true),
            ' ' | '\t' | '<' | '>' => self.end_word(false),
            _ => self.word.push(character),
        }
        Ok(())
    }

    /// How many `case` are open around here.
    fn cases(&mut self) -> usize {
        *self.cases_here()
    }

    fn cases_here(&mut self) -> &mut usize {
        match self.open.last_mut() {
            Some((Open::Brackets { cases, .. }, _)) => cases,
            _ => &mut self.cases,
        }
    }

    fn end_word(&mut self, ends_command: bool) {
        let word = std::mem::take(&mut self.word);
        if self.starts_command && word == "case" {
            *self.cases_here() += 1;
        } else if self.starts_command && word == "esac" {
            let cases = self.cases_here();
            *cases = cases.saturating_sub(1);
        }
        let goes_on =
            matches!(word.as_str(), "if" | "then" | "elif" | "else" | "while" | "until" | "do" | "{" | "!" | "time");
        self.starts_command = ends_command || (self.starts_command && (word.is_empty() || goes_on));
    }

    /// What follows `<<`.
    fn document(&mut self) {
        self.end_word(false);
        let tabs = self.rest.starts_with('-');
        if tabs {
            self.take(1);
        }
        let blanks = self.rest.len() - self.rest.trim_start_matches([' ', '\t']).len();
        self.take(blanks);
        let (mut end, mut quote) = (String::new(), None);
        while let Some(character) = self.rest.chars().next() {
            if character == '\n' || (quote.is_none() && " \t;&|<>()".contains(character)) {
                break;
            }
            self.take(character.len_utf8());
            match (quote, character) {
                (Some(open), _) if open == character => quote = None,
                (None, '\'' | '"') => quote = Some(character),
                (None, '\\') => {}
                _ => end.push(character),
            }
        }
        self.documents.push(Document { end, tabs, line: self.line });
    }

    /// The lines of the here-documents that start in the line before.
    fn documents(&mut self) -> Result<(), Unfinished> {
        for document in std::mem::take(&mut self.documents) {
            loop {
                let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
                let is_last = line.len() == self.rest.len();
                let found = if document.tabs { line.trim_start_matches('\t') } else { line };
                let is_end = found == document.end;
                self.rest = rest;
                if is_last {
                    let unfinished = Unfinished { line: document.line, what: "a here-document" };
                    return if is_end { Ok(()) } else { Err(unfinished) };
                }
                self.line += 1;
                if is_end {
                    break;
                }
            }
        }
        Ok(())
    }
}
