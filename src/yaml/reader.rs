//! The reader: YAML text to values, with the place of each value and of each key.
//!
//! Reads the part of YAML 1.2 in which a file says what it seems to say: no anchors, aliases, tags, merge keys, or keys that
//! are not strings. Knows nothing of what the values mean.

mod place;
mod plain;
mod syntax;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde_json::{Map, Value};

use self::place::Places;
use self::plain::Meaning;
use crate::diagnostic::{Code, Diagnostic, Label, Severity, Target};
use crate::source::{FileId, Route, Span, SpanIndex};

/// How deep lists and mappings may stand in each other.
const DEEPEST: usize = 100;

/// What a file holds, and where each part of it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The value of the whole file; null for an empty one.
    pub value: Value,
    /// The place of each value and of each key.
    ///
    /// A scalar or a collection in brackets stands where its text does. A block of entries is shown by its key, for nobody
    /// wants to see all of it; where it has no key, by its own first key or dash. So is a value that is not written at all.
    pub spans: SpanIndex,
}

/// Reads the one document of a file.
///
/// # Errors
///
/// Everything that is wrong with the text as YAML: all duplicate keys and unsupported features up to the first place where
/// it cannot be understood at all.
pub fn read(file: FileId, text: &str) -> Result<Document, Vec<Diagnostic>> {
    if let Some(diagnostic) = syntax::hidden(file, text) {
        return Err(vec![diagnostic]);
    }
    let mut reader = Reader {
        file,
        places: Places::new(text),
        document: Document { value: Value::Null, spans: SpanIndex::default() },
        documents: 0,
        open: Vec::new(),
        found: Vec::new(),
    };
    reader.document.spans.insert_value(Route::root(), Span { start: 0, end: 0 });
    for event in Parser::new_from_str(&ended(text)) {
        let next = match event {
            Ok((event, span)) => reader.event(event, span),
            Err(error) => {
                reader.found.push(syntax::broken(file, &reader.places, &error));
                ControlFlow::Break(())
            }
        };
        if next.is_break() {
            break;
        }
    }
    if reader.found.is_empty() { Ok(reader.document) } else { Err(reader.found) }
}

/// The text with an end for a last line that holds nothing but blanks: without one, the parser takes such a line behind a literal
/// block for one more newline. Places stay those of the text as it is.
fn ended(text: &str) -> Cow<'_, str> {
    let rest = text.trim_end_matches([' ', '\t']);
    if rest.len() < text.len() && rest.ends_with('\n') { format!("{text}\n").into() } else { text.into() }
}

struct Reader<'t> {
    file: FileId,
    places: Places<'t>,
    document: Document,
    documents: usize,
    /// The collections around the next event, from the root down.
    open: Vec<Collection>,
    found: Vec<Diagnostic>,
}

/// A list or a mapping that is being read.
struct Collection {
    route: Route,
    /// Where it stands. An empty span waits for the first key.
    span: Span,
    is_flow: bool,
    entries: Entries,
}

enum Entries {
    Sequence(Vec<Value>),
    Mapping { values: Map<String, Value>, keys: BTreeMap<String, Span>, next: Next },
}

/// What a mapping waits for.
enum Next {
    Key,
    /// The value of this key. A key that was refused has a value too, which is read and dropped.
    Value {
        key: String,
        span: Span,
        is_refused: bool,
    },
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: saphyr_parser::Span) -> ControlFlow<()> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let message = "a second document in one file";
                    self.unsupported(
                        self.places.span(span),
                        message,
                        "one file holds one document; take the `---` out",
                    );
                    return ControlFlow::Break(());
                }
                if let Some(directive) = self.places.directive(span) {
                    self.unsupported(directive, "a directive (`%NAME`)", "take the line out");
                }
            }
            Event::Alias(_) => {
                self.unsupported(self.places.span(span), syntax::ALIAS, syntax::ALIAS_HELP);
                self.scalar("", ScalarStyle::DoubleQuoted, self.places.span(span));
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
                let mut place = self.places.scalar(span, style);
                if place.start == place.end || (text.is_empty() && !is_quoted) {
                    place = self.place_of_nothing(span);
                }
                self.refuse_properties(anchor, tag.as_ref(), place);
                self.scalar(&text, style, place);
            }
            Event::SequenceStart(anchor, tag) => {
                return self.open(span, anchor, tag.as_ref(), Entries::Sequence(Vec::new()));
            }
            Event::MappingStart(anchor, tag) => {
                let entries = Entries::Mapping { values: Map::new(), keys: BTreeMap::new(), next: Next::Key };
                return self.open(span, anchor, tag.as_ref(), entries);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        ControlFlow::Continue(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) {
        let meaning = if style == ScalarStyle::Plain { plain::meaning(text) } else { Meaning::Text };
        if let Some(c) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            let message = format!("this text holds the control character U+{:04X}", u32::from(c));
            self.unsupported(span, message, "only tabs and new lines can stand in text");
        }
        if self.is_at_key() {
            let is_merge = style == ScalarStyle::Plain && text == "<<";
            self.key(text, span, is_merge, &meaning);
            return;
        }
        let value = match meaning {
            Meaning::Null => Value::Null,
            Meaning::Bool(value) => value.into(),
            Meaning::Number(value) => value.into(),
            Meaning::Text => text.into(),
            Meaning::Doubtful => {
                let help = "write it in digits without zeros in front, or quote it if it is text";
                self.unsupported(span, format!("`{text}` is not the same number to every reader of YAML"), help);
                Value::Null
            }
            Meaning::NoNumber => {
                let help = "write a number that is finite and not too large, or quote it if it is text";
                self.unsupported(span, format!("`{text}` cannot be kept as a number"), help);
                Value::Null
            }
        };
        self.deliver(value, span);
    }

    fn key(&mut self, text: &str, span: Span, is_merge: bool, meaning: &Meaning) {
        let mut is_refused = true;
        if is_merge {
            self.unsupported(span, "a merge key (`<<`)", "write the entries out");
        } else if text.is_empty() && *meaning == Meaning::Null {
            self.unsupported(span, "a value without a key", "write `key: value`");
        } else if *meaning != Meaning::Text {
            self.unsupported(
                span,
                format!("the key `{text}` is not a string"),
                format!("write `\"{text}\"`, in quotes"),
            );
        } else {
            is_refused = false;
        }
        let Some(Collection { route, entries: Entries::Mapping { keys, next, .. }, .. }) = self.open.last_mut() else {
            return;
        };
        if !is_refused {
            if let Some(first) = keys.get(text) {
                let target = Target::Span(*first);
                let first = Label { file: self.file, target, text: "it stands here already".to_owned() };
                let message = format!("the key `{text}` stands twice in one mapping");
                let mut twice =
                    Diagnostic::at(Code::DUPLICATE_KEY, Severity::Error, self.file, Target::Span(span), message)
                        .label("again");
                twice.related.push(first);
                self.found.push(twice);
                is_refused = true;
            } else {
                keys.insert(text.to_owned(), span);
                self.document.spans.insert_key(route.key(text), span);
            }
        }
        *next = Next::Value { key: text.to_owned(), span, is_refused };
        self.show_by(span);
    }

    fn open(
        &mut self,
        at: saphyr_parser::Span,
        anchor: usize,
        tag: Option<&Cow<'_, Tag>>,
        entries: Entries,
    ) -> ControlFlow<()> {
        let is_flow = self.places.is_flow(at);
        let start = self.places.byte(at.start);
        let span = match (&entries, self.key_span()) {
            _ if is_flow => self.places.span(at),
            (_, Some(key)) => key,
            (Entries::Sequence(_), None) => self.places.character(start),
            (Entries::Mapping { .. }, None) => Span { start, end: start },
        };
        self.refuse_properties(anchor, tag, self.places.character(start));
        if self.is_at_key() {
            let message = "a list or a mapping as a key";
            self.unsupported(
                self.places.character(start),
                message,
                "a key is a string on one line; `{` and `[` want quotes",
            );
        }
        if self.open.len() >= DEEPEST {
            let message = format!("lists and mappings nested more than {DEEPEST} levels deep");
            self.unsupported(self.places.character(start), message, "no file of ghagen needs so many");
            return ControlFlow::Break(());
        }
        self.open.push(Collection { route: self.route(), span, is_flow, entries });
        ControlFlow::Continue(())
    }

    fn close(&mut self, at: saphyr_parser::Span) {
        let Some(Collection { mut span, is_flow, entries, .. }) = self.open.pop() else { return };
        if is_flow {
            // The parser's end lies behind the comment that follows the bracket.
            span.end = self.places.character(self.places.byte(at.start)).end.max(span.start);
        }
        let value = match entries {
            Entries::Sequence(items) => Value::Array(items),
            Entries::Mapping { values, .. } => Value::Object(values),
        };
        if let Some(Collection { entries: Entries::Mapping { next: next @ Next::Key, .. }, .. }) = self.open.last_mut()
        {
            *next = Next::Value { key: String::new(), span, is_refused: true };
        } else {
            self.deliver(value, span);
        }
    }

    /// Puts a finished value where it belongs.
    fn deliver(&mut self, value: Value, span: Span) {
        self.document.spans.insert_value(self.route(), span);
        match self.open.last_mut().map(|collection| &mut collection.entries) {
            None => self.document.value = value,
            Some(Entries::Sequence(items)) => items.push(value),
            Some(Entries::Mapping { values, next, .. }) => {
                if let Next::Value { key, is_refused: false, .. } = std::mem::replace(next, Next::Key) {
                    values.insert(key, value);
                }
            }
        }
        self.show_by(span);
    }

    /// Gives the innermost collection the span of its first entry, if it has none yet.
    fn show_by(&mut self, entry: Span) {
        if let Some(collection) = self.open.last_mut().filter(|collection| collection.span.start == collection.span.end)
        {
            collection.span = entry;
        }
    }

    /// The route of the next value.
    fn route(&self) -> Route {
        match self.open.last() {
            None => Route::root(),
            Some(Collection { route, entries: Entries::Sequence(items), .. }) => route.index(items.len()),
            Some(Collection { route, entries: Entries::Mapping { next: Next::Value { key, .. }, .. }, .. }) => {
                route.key(key)
            }
            Some(Collection { route, .. }) => route.clone(),
        }
    }

    fn is_at_key(&self) -> bool {
        matches!(self.open.last(), Some(Collection { entries: Entries::Mapping { next: Next::Key, .. }, .. }))
    }

    /// The span of the key of the next value, if that has one.
    fn key_span(&self) -> Option<Span> {
        match self.open.last()?.entries {
            Entries::Mapping { next: Next::Value { span, .. }, .. } => Some(span),
            Entries::Mapping { next: Next::Key, .. } | Entries::Sequence(_) => None,
        }
    }

    /// Where to point for a value that is not written.
    fn place_of_nothing(&self, at: saphyr_parser::Span) -> Span {
        self.key_span().unwrap_or_else(|| self.places.dash(at.start))
    }

    fn refuse_properties(&mut self, anchor: usize, tag: Option<&Cow<'_, Tag>>, span: Span) {
        if anchor > 0 {
            self.unsupported(span, "an anchor (`&name`)", syntax::ALIAS_HELP);
        }
        if tag.is_some() {
            self.unsupported(span, syntax::TAG, syntax::TAG_HELP);
        }
    }

    fn unsupported(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let target = Target::Span(span);
        self.found.push(Diagnostic::at(Code::UNSUPPORTED_YAML, Severity::Error, self.file, target, message).help(help));
    }
}
