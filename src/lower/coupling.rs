//! What can be judged only when tools and components are known together: pins for every line, places in every layout,
//! values of every line, and whose upstream a component is built from.
//!
//! Works on what could be lowered; what could not was told already.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Cell, Component, ComponentName, Content, Layout, Line, LineName, Model, Output, Source, Tool};

use super::Context;
use super::sink::{Sink, with_names, with_names_of};
use super::source::require_pin;

/// Looks at every tool with everything that it is built from.
pub(super) fn check(context: &Context<'_>, sink: &mut Sink, model: &Model) {
    // Several cells, and several tools, come to the same mistake.
    let mut told = BTreeSet::new();
    for tool in model.tools.values() {
        for cell in model.cells(tool) {
            let Some(line) = tool.lines.iter().find(|line| line.name == cell.line) else { continue };
            for (name, by) in model.reached(tool, &cell) {
                let Some(component) = model.components.get(name) else { continue };
                pin(context, sink, &mut told, tool, line, component);
                if is_of_another(tool, component) {
                    upstream(sink, &mut told, tool, &cell, component, by);
                } else {
                    line_values(sink, &mut told, tool, &cell, component);
                }
            }
            places(sink, &mut told, model, tool, &cell);
        }
    }
}

/// Every git source has a pin that fits, also the narrower versions of the line.
fn pin(
    context: &Context<'_>,
    sink: &mut Sink,
    told: &mut BTreeSet<String>,
    tool: &Tool,
    line: &Line,
    component: &Component,
) {
    let Source::Git(git) = &component.source else { return };
    let owner = component.shares_source_of.as_ref().unwrap_or(&component.name);
    // What has no pin for any line is told once, at the component.
    let narrower = line.components.get(owner).filter(|_| git.pin(None).is_some());
    let line_key = narrower.map_or_else(String::new, |_| format!("{} {}", tool.name, line.name));
    if told.insert(format!("git {owner} {line_key}")) {
        let origin = line.origin.key("components").key(owner.as_str());
        let whose = line_label(tool, &line.name);
        require_pin(context, sink, git, owner.as_str(), narrower.map(|it| (it, &origin, whose.as_str())));
    }
}

/// The version of a run is a version of that tool's upstream alone.
fn is_of_another(tool: &Tool, component: &Component) -> bool {
    matches!(&component.source, Source::Upstream(owner) if owner != &tool.name)
}

fn upstream(
    sink: &mut Sink,
    told: &mut BTreeSet<String>,
    tool: &Tool,
    cell: &Cell,
    component: &Component,
    by: Option<&ComponentName>,
) {
    let Source::Upstream(owner) = &component.source else { return };
    if !told.insert(format!("upstream {} {}", tool.name, component.name)) {
        return;
    }
    let name = &component.name;
    let how = by.map_or_else(|| "contains it".to_owned(), |by| format!("needs it for `{by}`"));
    let message = format!("`{name}` is built from the upstream of `{owner}`, but `{}` {how}", tool.name);
    let contents = tool.variants.get(&cell.variant).map(|variant| &variant.contents);
    let content = contents.and_then(|contents| contents.get(name)).map(|content| &content.origin);
    let origin = content.unwrap_or(&tool.origin);
    let diagnostic = Diagnostic::error_at_key(Code::SETTINGS, origin, message);
    let diagnostic = diagnostic.related(&component.origin.key("source").key("upstream"), "its source");
    sink.push(
        diagnostic
            .help(format!("a run of `{}` knows no version of `{owner}`: give `{name}` a `git` source", tool.name)),
    );
}

/// `{line.KEY}` has a value wherever its text is used.
fn line_values(sink: &mut Sink, told: &mut BTreeSet<String>, tool: &Tool, cell: &Cell, component: &Component) {
    let Some(line) = tool.lines.iter().find(|line| line.name == cell.line) else { return };
    let mut missing = Vec::new();
    for (index, used) in sink.line_values.iter().enumerate() {
        let applies = used.component == component.name && used.when.fits(tool.situation(cell));
        if applies
            && !line.values.contains_key(&used.key)
            && told.insert(format!("value {index} {} {}", tool.name, line.name))
        {
            let key = &used.key;
            let whose = line_label(tool, &line.name);
            let message = format!("`{{line.{key}}}` has no value in {whose}");
            let diagnostic = used.spot.error(Code::UNKNOWN_PLACEHOLDER, message);
            let diagnostic = diagnostic.related_key(&line.origin, format!("no `{key}` among its `values`"));
            let known: Vec<&str> = line.values.keys().map(String::as_str).collect();
            let diagnostic = with_names_of(diagnostic, key, "values of the line", &known);
            missing.push(diagnostic.help(format!("add `{key}` to the `values` of {whose}, or give the text a `when`")));
        }
        if let (true, Some(value), Some(quote)) = (applies, line.values.get(&used.key), used.within)
            && value.contains(quote)
            && told.insert(format!("quote {index} {} {}", tool.name, line.name))
        {
            let message =
                format!("`{{line.{}}}` holds `{quote}`, and `go build` reads this stamp between two of them", used.key);
            let diagnostic = used.spot.error(Code::UNSTAMPABLE, message);
            let diagnostic =
                diagnostic.related(&line.origin.key("values").key(&used.key), line_label(tool, &line.name));
            missing.push(
                diagnostic.help("take the quote out of the value, or put the other kind into the text of the stamp"),
            );
        }
    }
    sink.diagnostics.extend(missing);
}

fn line_label(tool: &Tool, line: &LineName) -> String {
    format!("the line `{line}` of `{}`", tool.name)
}

/// Every output has its place in the layout of the variant.
fn places(sink: &mut Sink, told: &mut BTreeSet<String>, model: &Model, tool: &Tool, cell: &Cell) {
    let layout =
        model.project.variants.get(&cell.variant).and_then(|variant| {
            model.project.layouts.get(&variant.layout).map(|layout| (variant.layout.as_str(), layout))
        });
    let (Some(layout), Some(variant)) = (layout, tool.variants.get(&cell.variant)) else { return };
    let situation = tool.situation(cell);
    for (name, content) in variant.contents.iter().filter(|(_, content)| content.when.fits(situation)) {
        let Some(component) = model.components.get(name) else { continue };
        for output in content.chosen(component, situation) {
            if told.insert(format!("place {} {} {name} {}", tool.name, cell.variant, output.name)) {
                place(sink, cell, layout, name, content, output);
            }
        }
    }
}

fn place(
    sink: &mut Sink,
    cell: &Cell,
    (layout_name, layout): (&str, &Layout),
    component: &ComponentName,
    content: &Content,
    output: &Output,
) {
    let known: Vec<&str> = layout.places.keys().map(crate::model::PlaceName::as_str).collect();
    let missing =
        |place: &str| format!("the layout `{layout_name}` of the variant `{}` has no place `{place}`", cell.variant);
    if let Some(places) = &content.places {
        for (index, place) in places.iter().enumerate().filter(|(_, place)| !layout.places.contains_key(*place)) {
            let origin = content.origin.key("places").index(index);
            let diagnostic = Diagnostic::error(Code::UNKNOWN_NAME, &origin, missing(place.as_str()));
            let diagnostic = diagnostic.related(&layout.origin.key("places"), "the places of the layout");
            sink.push(with_names(diagnostic, place.as_str(), "places of the layout", &known));
        }
    } else if !layout.places.contains_key(&output.place) {
        let place = output.place.as_str();
        let diagnostic = Diagnostic::error_at_key(Code::UNKNOWN_NAME, &content.origin, missing(place));
        let text = format!("the output `{}` of `{component}` goes there", output.name);
        let diagnostic = diagnostic.related(&output.origin.key("place"), text);
        let diagnostic = with_names_of(diagnostic, place, "places of the layout", &known);
        sink.push(diagnostic.help("give the content `places`, take other `outputs`, or add the place to the layout"));
    }
}
