//! The values of `install/<tool>.sh`: what those who download know of the packages.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::marks::Marks;
use super::{items, word};
use crate::model::Model;
use crate::plan::ToolPlan;
use crate::source::Origin;

/// The values of the installer of a tool.
pub(super) fn values(model: &Model, plan: &ToolPlan, marks: &mut Marks) -> Result<Value, String> {
    let tool = model.tools.get(&plan.name).ok_or_else(|| format!("the tool {}", plan.name))?;
    let install = &plan.install;
    marks.names(
        &tool.origin,
        &[
            ("tool", "tool"),
            ("title", "title"),
            ("all_variants", "variants"),
            ("default_variant", "variants"),
            ("all_lists", "variants"),
        ],
    );
    marks.names(
        &model.project.origin,
        &[
            ("branch", "project.branch"),
            ("signature_suffix", "release.signature_suffix"),
            ("all_lists", "project.name"),
            ("all_lists", "layouts"),
        ],
    );
    let project = &model.project;
    let variants = install.variants.iter().map(|variant| {
        let prefix = variant.prefix.as_str();
        let origin = tool.origin.key("variants").key(variant.name.as_str());
        let settings = project.variants.get(&variant.name);
        let layout = settings.and_then(|settings| project.layouts.get(&settings.layout));
        let layout = layout.map(|layout| layout.origin.clone());
        let layout: Vec<Origin> =
            settings.map(|settings| settings.origin.key("layout")).into_iter().chain(layout).collect();
        let name = project.origin.key("project").key("name");
        let prefix = word::quote(&if prefix == "." { "/".to_owned() } else { format!("/{prefix}") });
        context! {
            name => marks.value(word::quote(variant.name.as_str()), [&origin]),
            prefix => marks.value(prefix, &layout),
            lists => marks.value(word::quote(&variant.lists), layout.iter().chain([&name])),
        }
    });
    let variants: Vec<Value> = variants.collect();
    let packages = install.packages.iter().map(|(variant, arch, archive)| {
        let origins = [tool.origin.key("variants").key(variant.as_str()), tool.origin.key("arches"), tool.origin.key("exclude")];
        context! { pattern => marks.value(word::quote(&format!("{variant}-{arch}")), &origins), archive => archive.as_str() }
    });
    let packages: Vec<Value> = packages.collect();
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
        variants => variants,
        all_lists => items::list(lists.into_iter().map(word::quote)),
        packages => packages,
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
