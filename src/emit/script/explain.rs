//! What made each line of a script: a line of a template, the spec values in it, and those that it depends on.
//!
//! The script is rendered once more, with marks. Without them, this has to be the very text that is generated.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::blocks::{Blocks, names};
use super::marks::Marks;
use super::template::{TEMPLATES, TracedSpan};
use super::{ScriptError, render, template};
use crate::model::Model;
use crate::plan::{Plan, Script};
use crate::source::Origin;

/// What made a line of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptLine {
    /// The template, below `src/emit/script/templates/`.
    pub template: String,
    /// The line of the template, from 1.
    pub line: usize,
    /// The spec values that stand in it.
    pub values: Vec<Origin>,
    /// The spec values that it would not be there without, or would be another.
    pub conditions: Vec<Origin>,
}

/// Templates whose names are bound by those that include them.
const WITH_NAMES_OF_THEIR_OWN: [&str; 1] = ["shared/array.j2"];

/// What made each line of a script, in order.
///
/// # Errors
///
/// A bug of ghagen: a template or a plan that does not fit the model.
pub fn explain(model: &Model, plan: &Plan, script: &Script, header: &[String]) -> Result<Vec<ScriptLine>, ScriptError> {
    let mut marks = Marks::explaining();
    let (rendered, spans) = render(model, plan, script, header, &mut marks, template::render_traced)?;
    let rendering = Rendering { marks: &marks, text: &rendered, spans: &spans };
    let mut lines = Vec::new();
    let mut start = 0;
    for line in rendered.split_inclusive('\n') {
        let end = start + line.len();
        lines.push(rendering.line(start..end));
        start = end;
    }
    Ok(lines)
}

/// One rendering, with what its places are looked up in.
struct Rendering<'a> {
    marks: &'a Marks,
    text: &'a str,
    spans: &'a [TracedSpan],
}

impl Rendering<'_> {
    fn line(&self, bytes: Range<usize>) -> ScriptLine {
        let first = self.spans.partition_point(|span| span.output.end <= bytes.start);
        let here = self.spans.get(first..).unwrap_or_default().iter().take_while(|span| span.output.start < bytes.end);
        let (mut place, mut is_visible) = (None, false);
        let (mut values, mut conditions) = (Vec::new(), Vec::new());
        for span in here {
            let part = bytes.start.max(span.output.start)..bytes.end.min(span.output.end);
            // What is written as it stands has the same distances in the template.
            let ahead = if span.is_expression { 0 } else { part.start - span.output.start };
            let source = span.source.start + ahead;
            // The line is told by the first thing that can be seen in it.
            let visible = self.text.get(part).is_some_and(|text| !self.marks.places(text).0.trim().is_empty());
            if place.is_none() || (visible && !is_visible) {
                place = Some((span.template.clone(), line_of(&span.template, source)));
                is_visible = visible;
            }
            if span.is_expression {
                self.values(span, &mut values);
            }
            self.around(&span.template, source, &mut conditions);
        }
        conditions.retain(|origin| !values.contains(origin));
        let (template, line) = place.unwrap_or_default();
        ScriptLine { template, line, values, conditions }
    }

    /// What an expression shows. A value of several lines is one value.
    fn values(&self, span: &TracedSpan, found: &mut Vec<Origin>) {
        let shown = self.text.get(span.output.clone()).unwrap_or_default();
        add(found, self.marks.places(shown).1.into_iter().map(|(_, origin)| origin));
        if !WITH_NAMES_OF_THEIR_OWN.contains(&span.template.as_str()) {
            let expression = text_of(&span.template).get(span.source.clone()).unwrap_or_default();
            self.behind(names(expression).iter().map(String::as_str), found);
        }
    }

    fn behind<'a>(&self, names: impl Iterator<Item = &'a str>, found: &mut Vec<Origin>) {
        for name in names {
            add(found, self.marks.behind(name));
        }
    }

    /// What the place of a template depends on, in it and where it is included.
    fn around(&self, template: &str, byte: usize, found: &mut Vec<Origin>) {
        if !WITH_NAMES_OF_THEIR_OWN.contains(&template) {
            let names = BLOCKS.get(template).into_iter().flat_map(|blocks| blocks.around(byte));
            self.behind(names, found);
        }
        let words = format!("\"{template}\"");
        let by_name = |words: &str| !words.starts_with('"') && template.starts_with("component/");
        for (outer, blocks) in &*BLOCKS {
            if !self.spans.iter().any(|span| span.template == *outer) {
                continue;
            }
            // What is included in several places depends on what they have in common, and that is little.
            let places: Vec<_> = blocks.includes.iter().filter(|(_, it)| *it == words || by_name(it)).collect();
            let [(place, by)] = places.as_slice() else { continue };
            let names_of_it = if by_name(by) { names(by) } else { Vec::new() };
            self.behind(names_of_it.iter().map(String::as_str), found);
            self.behind(blocks.around(*place), found);
        }
    }
}

static BLOCKS: LazyLock<BTreeMap<&'static str, Blocks>> =
    LazyLock::new(|| TEMPLATES.iter().map(|(name, text)| (*name, Blocks::of(text))).collect());

fn add<'a>(found: &mut Vec<Origin>, origins: impl IntoIterator<Item = &'a Origin>) {
    for origin in origins {
        if !found.contains(origin) {
            found.push(origin.clone());
        }
    }
}

fn text_of(template: &str) -> &'static str {
    TEMPLATES.iter().find(|(name, _)| *name == template).map_or("", |(_, text)| text)
}

fn line_of(template: &str, byte: usize) -> usize {
    1 + text_of(template).get(..byte).map_or(0, |before| before.matches('\n').count())
}
