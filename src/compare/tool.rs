//! A tool as facts. Each field of the model is named here, so that a new one cannot be forgotten.

use super::State;
use super::cells;
use super::difference::differences as compare;
use super::hook;
use super::thing::Thing;
use super::words::{list, texts, when};
use crate::model::{ComponentName, Line, SmokeTest, Source, Tool, ToolName, Upstream};

/// What is different about a tool.
pub(super) fn differences(name: &ToolName, old: State<'_>, new: State<'_>) -> Vec<String> {
    match (old.model.tools.get(name), new.model.tools.get(name)) {
        (Some(before), Some(after)) => {
            let mut sentences = Vec::new();
            if let (Some(old), Some(new)) = (old.plan.tool(name), new.plan.tool(name)) {
                sentences.extend(cells::differences(old, new));
            }
            sentences.extend(compare(&thing(before, old, new), &thing(after, new, old)));
            sentences
        }
        (None, Some(_)) => {
            let variants = new.plan.tool(name).map(crate::plan::ToolPlan::variants).unwrap_or_default();
            vec![format!("adds the tool {name}, with {}", list(&texts(&variants)))]
        }
        (Some(_), None) => vec![format!("drops the tool {name}")],
        (None, None) => Vec::new(),
    }
}

fn thing(tool: &Tool, state: State<'_>, other: State<'_>) -> Thing {
    // What variants contain, and what is left out, is told by the cells.
    let Tool {
        name,
        title,
        summary,
        upstream,
        lines,
        arches: _,
        variants: _,
        exclusions: _,
        smoke,
        packages,
        environment,
        hooks,
        dispatch_inputs,
        origin: _,
    } = tool;
    let Upstream { url, tags, page, exclude, prereleases, submodules, pins: _, unresolved, origin: _ } = upstream;
    let environment = environment.iter().map(|(name, it)| (format!("{name}{}", when(&it.when)), it.value.text()));
    Thing::new(name.as_str())
        .has("package of the distribution", texts(packages))
        .map("environment variable", environment.collect())
        .parts(hook::parts(hooks, name.as_str()))
        .parts(hook::entered(dispatch_inputs, name.as_str()))
        .is("title", title)
        .is("summary", summary)
        .is("upstream", url.as_ref().map_or("this repository", |url| url.as_str()))
        .is("pattern of tags", tags.as_str())
        .maybe("upstream page", page.as_ref())
        .has("pattern of tags that never count", exclude.clone())
        .flag("release of prereleases", *prereleases)
        .flag("use of submodules", *submodules)
        .maybe("reason for no pin", unresolved.as_ref())
        .parts(lines.iter().map(|it| ("line", it.name.to_string(), line(name, it, [state, other]))))
        .parts(smoke.iter().map(|it| ("check", it.name.clone(), check(name, it))))
}

fn line(tool: &ToolName, line: &Line, states: [State<'_>; 2]) -> Thing {
    let Line { name, versions, components, values, tested, origin: _ } = line;
    // What is built, in either state, is told with its pin; scripts know the others, too.
    let is_built = |component: &ComponentName| {
        let plans = states.iter().filter_map(|state| state.plan.tool(tool));
        let mut units = plans.flat_map(|plan| &plan.units);
        units.any(|unit| &unit.line == name && &unit.component == component)
    };
    let pins = components.iter().filter(|(component, _)| !is_built(component)).filter_map(|(component, versions)| {
        let Source::Git(source) = &states[0].model.components.get(component)?.source else { return None };
        Some((format!("{component} in line {name} of {tool}"), source.pin(Some(versions))?))
    });
    let pins: Vec<_> = pins.collect();
    let components = components.iter().map(|(name, versions)| (name.to_string(), versions.to_string()));
    let values = values.iter().map(|(key, value)| (key.clone(), value.clone()));
    let thing = Thing::new(format!("the line {name} of {tool}"))
        .is("range of versions", versions)
        .map("range of the component", components.collect())
        .map("value", values.collect());
    let thing =
        pins.into_iter().fold(thing, |thing, (what, pin)| thing.pin(&what, pin.version.as_str(), pin.commit.as_str()));
    match tested {
        Some(pin) => {
            thing.pin(&format!("the last known good {tool} of line {name}"), pin.version.as_str(), pin.commit.as_str())
        }
        None => thing,
    }
}

fn check(tool: &ToolName, test: &SmokeTest) -> Thing {
    let SmokeTest { name, run, installed, optional, variants, when: condition, origin: _ } = test;
    Thing::new(format!("the check `{}` of {tool}", name.replace('`', "'")))
        .long("script", run.as_str())
        .flag("run where it is installed", *installed)
        .flag("permission to be not shown", *optional)
        .has("variant", texts(variants))
        .maybe("condition", Some(when(condition)).filter(|text| !text.is_empty()))
}
