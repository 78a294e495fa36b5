//! Every argument, variable and switch of a recipe, and where it was set.

use super::cell::Fact;
use crate::model::{
    Autotools, Bootstrap, Cargo, Cmake, Component, Conditional, Copy, Go, Make, MakeStep, Meson, Model, Recipe,
    Situation, Template, ToolRelease,
};
use crate::source::Origin;

/// What a recipe says in a situation.
pub(super) fn facts(model: &Model, component: &Component, situation: Situation<'_>) -> Vec<Fact> {
    let system = component.recipe.system();
    let at = component.origin.key("recipe").key(system);
    let mut facts = vec![Fact::new("built by", system, at.clone())];
    let of = Of { at: &at, situation };
    facts.extend(match &component.recipe {
        Recipe::Go(go) => of.go(model, go),
        Recipe::Cargo(cargo) => of.cargo(model, cargo),
        Recipe::Make(make) => of.make(make),
        Recipe::Autotools(autotools) => of.autotools(autotools),
        Recipe::Meson(meson) => of.meson(meson),
        Recipe::Cmake(cmake) => of.cmake(cmake),
        Recipe::Files(copies) => of.copies(copies),
        Recipe::Script(_) => vec![Fact::new("run", "bash of the spec's own", at.key("run"))],
    });
    facts
}

/// A recipe at its place, in a situation.
struct Of<'a> {
    at: &'a Origin,
    situation: Situation<'a>,
}

impl Of<'_> {
    fn list(&self, key: &str, texts: &[Conditional<Template>]) -> Vec<Fact> {
        list(&self.at.key(key), key, texts, self.situation)
    }

    fn pairs(&self, key: &str, texts: &[(String, Conditional<Template>)]) -> Vec<Fact> {
        pairs(&self.at.key(key), key, texts, self.situation)
    }

    fn set(&self, key: &str, value: impl Into<String>) -> Fact {
        Fact::new(key, value, self.at.key(key))
    }

    fn step(&self, key: &str, step: &MakeStep) -> Vec<Fact> {
        let at = self.at.key(key);
        let mut facts = pairs(&at.key("variables"), &format!("{key} variable"), &step.variables, self.situation);
        facts.extend(list(&at.key("targets"), &format!("{key} target"), &step.targets, self.situation));
        facts
    }

    fn copies(&self, copies: &[Copy]) -> Vec<Fact> {
        let fitting = copies.iter().filter(|copy| copy.to.when.fits(self.situation));
        let fact = |copy: &Copy| {
            Fact::new(
                format!("copy {}", copy.from),
                copy.to.value.as_str(),
                self.at.key("copy").key(copy.from.as_str()),
            )
        };
        fitting.map(fact).collect()
    }

    fn release(&self, model: &Model, program: &str, release: &ToolRelease) -> Fact {
        let mut fact = self.set("release", format!("{program} {}", release.text));
        let locked = model.releases.get(program);
        let index = locked.and_then(|locked| locked.releases.iter().position(|it| it.version == release.version));
        fact.origins.extend(locked.zip(index).map(|(locked, index)| locked.origin.index(index)));
        fact
    }

    fn go(&self, model: &Model, go: &Go) -> Vec<Fact> {
        let mut facts = vec![self.release(model, "go", &go.release), self.set("vendor", go.vendor.to_string())];
        facts.extend(self.list("tags", &go.tags));
        facts.extend(self.list("options", &go.options));
        for program in &go.programs {
            let at = self.at.key("programs").key(program.path.as_str());
            let path = &program.path;
            facts.push(Fact::new(format!("package of {path}"), &program.package, at.key("package")));
            facts.push(Fact::new(format!("cgo of {path}"), program.cgo.to_string(), at.key("cgo")));
            let stamps = program.stamps.iter().filter(|(_, value)| value.when.fits(self.situation));
            facts.extend(stamps.map(|(name, value)| {
                let name = name.text();
                Fact::new(format!("stamp {name} of {path}"), value.value.text(), at.key("stamps").key(name))
            }));
        }
        facts
    }

    fn cargo(&self, model: &Model, cargo: &Cargo) -> Vec<Fact> {
        let mut facts =
            vec![self.release(model, "rust", &cargo.release), self.set("directory", cargo.directory.as_str())];
        facts.extend(self.list("features", &cargo.features));
        facts.extend(self.list("options", &cargo.options));
        let programs = cargo.programs.iter();
        facts.extend(programs.map(|(name, path)| {
            Fact::new(format!("program {name}"), path.as_str(), self.at.key("programs").key(name))
        }));
        facts
    }

    fn make(&self, make: &Make) -> Vec<Fact> {
        let mut facts = vec![self.set("directory", make.directory.as_str())];
        facts.extend(self.step("build", &make.build));
        facts.extend(make.install.iter().flat_map(|step| self.step("install", step)));
        facts.extend(self.copies(&make.copy));
        facts
    }

    fn autotools(&self, autotools: &Autotools) -> Vec<Fact> {
        let bootstrap = match autotools.bootstrap {
            Bootstrap::None => "none",
            Bootstrap::Autoreconf => "autoreconf",
            Bootstrap::Autogen => "autogen",
        };
        let mut facts = vec![self.set("directory", autotools.directory.as_str()), self.set("bootstrap", bootstrap)];
        facts.extend(self.list("configure", &autotools.configure));
        facts.extend(self.pairs("variables", &autotools.variables));
        facts.extend(self.step("build", &autotools.build));
        facts.extend(autotools.install.iter().flat_map(|step| self.step("install", step)));
        facts.extend(self.copies(&autotools.copy));
        facts
    }

    fn meson(&self, meson: &Meson) -> Vec<Fact> {
        let mut facts = vec![self.set("directory", meson.directory.as_str())];
        facts.extend(self.list("options", &meson.options));
        facts.extend(self.list("targets", &meson.targets));
        facts.push(self.set("install", meson.install.to_string()));
        facts.extend(self.copies(&meson.copy));
        facts
    }

    fn cmake(&self, cmake: &Cmake) -> Vec<Fact> {
        let mut facts = vec![self.set("directory", cmake.directory.as_str())];
        facts.extend(self.list("options", &cmake.options));
        facts.extend(self.list("targets", &cmake.targets));
        facts.push(self.set("install", cmake.install.to_string()));
        facts.extend(self.copies(&cmake.copy));
        facts
    }
}

fn list(at: &Origin, what: &str, texts: &[Conditional<Template>], situation: Situation<'_>) -> Vec<Fact> {
    let fitting = texts.iter().enumerate().filter(|(_, text)| text.when.fits(situation));
    fitting.map(|(index, text)| Fact::new(what, text.value.text(), at.index(index))).collect()
}

fn pairs(at: &Origin, what: &str, texts: &[(String, Conditional<Template>)], situation: Situation<'_>) -> Vec<Fact> {
    let fitting = texts.iter().filter(|(_, text)| text.when.fits(situation));
    fitting.map(|(name, text)| Fact::new(format!("{what} {name}"), text.value.text(), at.key(name))).collect()
}
