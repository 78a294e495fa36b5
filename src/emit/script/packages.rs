//! The values of `packages/<tool>.sh`: what each variant holds, said once for all lines and arches that agree.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::component;
use super::condition::where_one_of;
use super::marks::{Marks, below};
use super::word::{self, Stand};
use crate::model::{Model, Output, PlaceName, Placeholder, Program, VariantName};
use crate::plan::{Entry, EntryKind, Package, ToolPlan, UnitSource};
use crate::source::Origin;

/// A line and an arch.
type Place = (String, String);

/// An entry of a variant, and the lines and arches where it is in.
struct Item {
    words: Vec<String>,
    places: BTreeSet<Place>,
    origin: Origin,
    /// What decides where it is at all, and what is said of it.
    others: (Vec<Origin>, Vec<Origin>),
}

/// The values of the list of a tool's packages.
pub(super) fn values(model: &Model, plan: &ToolPlan, marks: &mut Marks) -> Result<Value, String> {
    let tool = model.tools.get(&plan.name).ok_or_else(|| format!("the tool {}", plan.name))?;
    marks.names(&tool.origin, &[("tool", "tool")]);
    let mut names: Vec<(&str, &str, &str)> = plan
        .packages
        .iter()
        .map(|package| (package.variant.as_str(), package.arch.as_str(), package.artifact.as_str()))
        .collect();
    // The name is the same in every line.
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    let names: Vec<Value> = names
        .into_iter()
        .map(|(variant, arch, artifact)| {
            let asked =
                [tool.origin.key("variants").key(variant), tool.origin.key("arches"), tool.origin.key("exclude")];
            context! { variant => variant, arch => arch, artifact => marks.value(word::quote(artifact), &asked) }
        })
        .collect();
    let mut variants = Vec::new();
    for variant in plan.variants() {
        variants.push(self::variant(model, plan, &variant, marks)?);
    }
    Ok(context! { tool => plan.name.as_str(), names => names, variants => variants })
}

fn variant(model: &Model, plan: &ToolPlan, name: &VariantName, marks: &mut Marks) -> Result<Value, String> {
    let mut all = BTreeSet::new();
    let mut items: Vec<Item> = Vec::new();
    for package in plan.packages.iter().filter(|package| &package.variant == name) {
        let place = (package.line.to_string(), package.arch.to_string());
        all.insert(place.clone());
        for entry in &package.entries {
            let words = words(model, plan, package, entry)?;
            match items.iter_mut().find(|item| item.words == words) {
                Some(item) => {
                    item.places.insert(place.clone());
                }
                None => items.push(Item {
                    words,
                    places: [place.clone()].into(),
                    origin: entry.origin.clone(),
                    others: others(model, plan, package, entry),
                }),
            }
        }
    }
    // By kind and path: what one line has alone stands where it would stand in the package.
    items.sort_by(|one, other| one.words[2].cmp(&other.words[2]));
    let entries = items.iter().map(|item| {
        let mark = marks.mark(&item.origin);
        let condition = narrow(&item.places, &all);
        let asked = std::iter::once(&item.origin).chain(&item.others.0);
        context! {
            condition => if condition.is_empty() { condition } else { marks.value(condition, asked) },
            call => item.words.join(" "),
            mark => marks.value(mark, item.others.0.iter().chain(&item.others.1)),
        }
    });
    let entries: Vec<Value> = entries.collect();
    Ok(context! { name => name.as_str(), entries => entries })
}

/// What decides about an entry besides the value that names it: where it is at all, and what is said of it.
fn others(model: &Model, plan: &ToolPlan, package: &Package, entry: &Entry) -> (Vec<Origin>, Vec<Origin>) {
    let (mut asked, mut said) = (Vec::new(), Vec::new());
    let tool = model.tools.get(&plan.name);
    // What one line narrows decides where the entry of another one holds, too.
    let narrowed = tool.into_iter().flat_map(|tool| &tool.lines);
    let narrowed = narrowed.filter(|line| line.components.contains_key(&entry.component));
    asked.extend(narrowed.map(|line| below(&line.origin, &["components", entry.component.as_str()])));
    let content = tool.and_then(|tool| tool.variants.get(&package.variant));
    let content = content.and_then(|variant| variant.contents.get(&entry.component));
    let component = model.components.get(&entry.component);
    let is_of = |output: &&Output| entry.origin.route.segments().starts_with(output.origin.route.segments());
    let output = component.and_then(|component| component.outputs.iter().find(is_of));
    let (Some(content), Some(output)) = (content, output) else { return (asked, said) };
    asked.extend([content.origin.clone(), output.origin.key("when")]);
    said.extend(["place", "mode", "program"].map(|key| output.origin.key(key)));
    if let Some(settings) = model.project.variants.get(&package.variant) {
        said.push(settings.origin.key("layout"));
        let name = entry.path.rsplit('/').next().unwrap_or_default();
        if let Some(layout) = model.project.layouts.get(&settings.layout) {
            let is_here =
                |place: &&&PlaceName| layout.places.get(**place).is_some_and(|it| it.join(name) == entry.path);
            let places = content.places_of(output);
            said.extend(places.iter().filter(is_here).map(|it| below(&layout.origin, &["places", it.as_str()])));
        }
    }
    if let Some(program) = &output.program {
        said.extend(component::object_origin(model, program));
        let unit = plan.units_of(&package.line, package.arch).find(|unit| unit.component == entry.component);
        let source = unit.map(|unit| &unit.source).filter(|_| program.version_check.is_some());
        if let Some(UnitSource::Git { pin, .. }) = source {
            asked.push(pin.clone());
        }
    }
    (asked, said)
}

/// The call for an entry: its kind, where it comes from, where it goes, and what is declared of it.
fn words(model: &Model, plan: &ToolPlan, package: &Package, entry: &Entry) -> Result<Vec<String>, String> {
    let to = word::quote(&entry.path);
    Ok(match &entry.kind {
        EntryKind::Link { target } => vec!["link".to_owned(), word::quote(target), to],
        EntryKind::File { from, mode, program } => {
            let kind = if program.is_some() { "program" } else { "file" };
            let mut words = vec![kind.to_owned(), word::quote(from.as_str()), to, format!("{mode:o}")];
            if let Some(program) = program {
                words.extend(proof(model, plan, package, entry, program)?);
            }
            words
        }
    })
}

fn proof(
    model: &Model,
    plan: &ToolPlan,
    package: &Package,
    entry: &Entry,
    program: &Program,
) -> Result<Vec<String>, String> {
    let mut words = component::proof(model, program)?;
    words.extend(["--minimum-size".to_owned(), program.minimum_size.to_string()]);
    if let Some(check) = &program.version_check {
        let unit = plan
            .units_of(&package.line, package.arch)
            .find(|unit| unit.component == entry.component)
            .ok_or_else(|| format!("the unit {} of {}", entry.component, plan.name))?;
        words.extend(component::answer(check, word::word_with("", &check.expect, |it| stand(it, &unit.source))));
    }
    Ok(words)
}

/// What stands for a placeholder in a package. The versions of components are known; the tool's own is that of the run.
fn stand(placeholder: &Placeholder, source: &UnitSource) -> Stand {
    let is_commit = matches!(placeholder, Placeholder::Commit);
    match source {
        UnitSource::Git { version, commit, .. } => {
            Stand::Text(if is_commit { commit.as_str() } else { version.as_str() }.to_owned())
        }
        UnitSource::Archive { version, sha256, .. } => {
            Stand::Text(if is_commit { sha256.as_str() } else { version.as_str() }.to_owned())
        }
        UnitSource::Run { .. } => Stand::Variable(if is_commit { "COMMIT:-" } else { "VERSION" }.into(), ""),
        // What is not built is in no package.
        UnitSource::Unresolved { .. } | UnitSource::Files => Stand::Text(String::new()),
    }
}

/// The condition that holds in these places of all; empty where it is all of them.
fn narrow(places: &BTreeSet<Place>, all: &BTreeSet<Place>) -> String {
    if places == all {
        return String::new();
    }
    let lines: BTreeSet<&str> = places.iter().map(|(line, _)| line.as_str()).collect();
    let arches: BTreeSet<&str> = places.iter().map(|(_, arch)| arch.as_str()).collect();
    let holds = |fits: &dyn Fn(&Place) -> bool| all.iter().filter(|place| fits(place)).eq(places.iter());
    if holds(&|(_, arch)| arches.contains(arch.as_str())) {
        return where_one_of("ARCH", &arches.into_iter().collect::<Vec<_>>());
    }
    if holds(&|(line, _)| lines.contains(line.as_str())) {
        return where_one_of("LINE", &lines.into_iter().collect::<Vec<_>>());
    }
    let pairs: Vec<String> = places.iter().map(|(line, arch)| format!("{line}-{arch}")).collect();
    where_one_of("LINE-$ARCH", &pairs.iter().map(String::as_str).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(texts: &[(&str, &str)]) -> BTreeSet<Place> {
        texts.iter().map(|(line, arch)| ((*line).to_owned(), (*arch).to_owned())).collect()
    }

    #[test]
    fn the_narrowest_words_are_found() {
        let all = places(&[("5", "amd64"), ("5", "arm64"), ("6", "amd64"), ("6", "arm64")]);
        let check = |some: &[(&str, &str)], expected: &str| assert_eq!(narrow(&places(some), &all), expected);
        check(&[("5", "amd64"), ("5", "arm64"), ("6", "amd64"), ("6", "arm64")], "");
        check(&[("5", "amd64"), ("6", "amd64")], "[[ $ARCH == amd64 ]]");
        check(&[("5", "amd64"), ("5", "arm64")], "[[ $LINE == 5 ]]");
        check(&[("5", "amd64"), ("6", "arm64")], "[[ $LINE-$ARCH == 5-amd64 || $LINE-$ARCH == 6-arm64 ]]");
    }
}
