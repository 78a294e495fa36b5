//! The values of `install/<tool>.sh`: what those who download know of the packages.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::{items, word};
use crate::model::Model;
use crate::plan::ToolPlan;

/// The values of the installer of a tool.
pub(super) fn values(model: &Model, plan: &ToolPlan) -> Result<Value, String> {
    let tool = model.tools.get(&plan.name).ok_or_else(|| format!("the tool {}", plan.name))?;
    let install = &plan.install;
    let variants = install.variants.iter().map(|variant| {
        let prefix = variant.prefix.as_str();
        context! {
            name => word::quote(variant.name.as_str()),
            prefix => word::quote(&if prefix == "." { "/".to_owned() } else { format!("/{prefix}") }),
            lists => word::quote(&variant.lists),
        }
    });
    let packages = install.packages.iter().map(|(variant, arch, archive)| {
        context! { pattern => word::quote(&format!("{variant}-{arch}")), archive => word::quote(archive) }
    });
    let lists: BTreeSet<&str> = install.variants.iter().map(|variant| variant.lists.as_str()).collect();
    let names: Vec<&str> = install.variants.iter().map(|variant| variant.name.as_str()).collect();
    // What is given by default has to be there: `default`, or the first one.
    let first = install.variants.iter().find(|variant| variant.name.is_default()).or(install.variants.first());
    Ok(context! {
        tool => plan.name.as_str(),
        title => tool.title.as_str(),
        branch => word::assigned(&model.project.branch),
        signature_suffix => word::quote(&model.project.release.signature_suffix),
        default_variant => first.map(|variant| word::assigned(variant.name.as_str())),
        all_variants => either(&names),
        variants => variants.collect::<Vec<Value>>(),
        all_lists => items::list(lists.into_iter().map(word::quote)),
        packages => packages.collect::<Vec<Value>>(),
    })
}

/// `a, b or c`.
fn either(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}
