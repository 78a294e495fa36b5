//! Components that need each other: none of them could be built first.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Component, ComponentName, Malloc, Model};
use crate::source::Origin;

/// Tells each circle once, by its shortest way around.
pub(super) fn run(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let mut told: BTreeSet<&ComponentName> = BTreeSet::new();
    for name in model.components.keys() {
        if told.contains(name) {
            continue;
        }
        if let Some(circle) = circle(model, name) {
            told.extend(&circle);
            diagnostics.push(tell(model, &circle));
        }
    }
}

/// The shortest way from a component back to itself.
fn circle<'a>(model: &'a Model, start: &'a ComponentName) -> Option<Vec<&'a ComponentName>> {
    let mut came_from: BTreeMap<&ComponentName, &ComponentName> = BTreeMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(name) = waiting.pop_front() {
        for need in model.components.get(name).map(|component| model.needs(component)).unwrap_or_default() {
            if need == start {
                let mut circle = vec![name];
                while let Some(before) = circle.last().filter(|last| **last != start).and_then(|it| came_from.get(*it))
                {
                    circle.push(before);
                }
                circle.reverse();
                return Some(circle);
            }
            if !came_from.contains_key(need) {
                came_from.insert(need, name);
                waiting.push_back(need);
            }
        }
    }
    None
}

fn tell(model: &Model, circle: &[&ComponentName]) -> Diagnostic {
    let mut names: Vec<String> = circle.iter().map(|name| format!("`{name}`")).collect();
    names.extend(names.first().cloned());
    let message = match circle {
        [alone] => format!("`{alone}` needs itself"),
        _ => format!("components need each other: {}", names.join(" needs ")),
    };
    let next = circle.iter().cycle().skip(1);
    let mut steps = circle.iter().zip(next).filter_map(|(name, need)| {
        let component = model.components.get(*name)?;
        Some((place(model, component, need), format!("`{name}` needs `{need}`")))
    });
    let (origin, text) = steps.next().unwrap_or_else(|| (model.project.origin.clone(), String::new()));
    let diagnostic = Diagnostic::error(Code::CYCLE, &origin, message).label(text);
    let diagnostic = steps.fold(diagnostic, |diagnostic, (origin, text)| diagnostic.related(&origin, text));
    diagnostic.help("remove one of these needs; where both are real, split one component in two")
}

/// Where a component says that it needs another: in its list, or by the allocator of a program.
fn place(model: &Model, component: &Component, need: &ComponentName) -> Origin {
    if let Some(index) = component.needs.iter().position(|name| name == need) {
        return component.origin.key("needs").index(index);
    }
    let links = |malloc: &Malloc| match malloc {
        Malloc::Allocator(name) => {
            model.project.toolchain.allocators.get(name).is_some_and(|allocator| &allocator.component == need)
        }
        Malloc::Libc(_) | Malloc::None(_) => false,
    };
    let output = component.programs().find(|(_, _, program)| links(&program.malloc));
    output.map_or_else(|| component.origin.clone(), |(output, _, _)| output.origin.key("program").key("allocator"))
}
