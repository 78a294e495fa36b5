//! The pipeline as a graph: from the spec through the checks to the jobs of each tool, and the units of one tool. What the
//! pictures in their formats are made from.

mod chain;
mod dot;
mod escape;
mod layers;
mod layout;
mod mermaid;
mod svg;
mod width;

pub use dot::dot;
pub use mermaid::mermaid;
pub use svg::svg;

use crate::model::{ComponentName, Model, ToolName};
use crate::plan::{Plan, ToolPlan, UnitSource};

/// What is drawn.
#[derive(Debug)]
pub struct Graph {
    /// What the picture is of.
    title: String,
    /// Every box, in the order in which things happen.
    nodes: Vec<Node>,
    /// Arrows between boxes, by position.
    edges: Vec<Edge>,
    /// What frames say: workflows, and the units of a build.
    groups: Vec<String>,
}

#[derive(Debug)]
struct Node {
    title: String,
    /// What is said below the title.
    note: String,
    kind: Kind,
    /// The frame that it stands in.
    group: Option<usize>,
}

/// What a box is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Spec,
    Workflow,
    Job,
    Release,
    Unit,
}

#[derive(Debug)]
struct Edge {
    from: usize,
    to: usize,
    label: &'static str,
}

impl Graph {
    /// The pipeline of all tools, or of one of them with the units of its newest line.
    pub fn new(model: &Model, plan: &Plan, tool: Option<&ToolName>) -> Self {
        let mut graph = Self {
            title: match tool {
                Some(tool) => format!("The pipeline of {tool}"),
                None => format!("The pipeline of {}", model.project.name),
            },
            nodes: Vec::new(),
            edges: Vec::new(),
            groups: Vec::new(),
        };
        let count = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        let parts = [count(model.tools.len(), "tool"), count(model.components.len(), "component")];
        let spec = graph.node("spec", parts.join(", "), Kind::Spec, None);
        let verify = graph.node("verify.yml", "drift, then linters", Kind::Workflow, None);
        let cron = format!("cron {}", model.project.schedule.cron);
        let check = graph.node("check-releases.yml", cron, Kind::Workflow, None);
        graph.edge(spec, verify, "pull request");
        graph.edge(verify, check, "merge");
        for tool in plan.tools.iter().filter(|it| tool.is_none_or(|name| &it.name == name)) {
            graph.jobs(tool, check);
        }
        if let Some(tool) = tool.and_then(|name| plan.tool(name)) {
            graph.units(tool);
        }
        graph
    }

    /// The jobs of a tool, started by the check.
    fn jobs(&mut self, tool: &ToolPlan, check: usize) {
        self.groups.push(format!("build-{}.yml", tool.name));
        let group = Some(self.groups.len() - 1);
        let mut arches: Vec<&str> = Vec::new();
        for package in &tool.packages {
            if !arches.contains(&package.arch.as_str()) {
                arches.push(package.arch.as_str());
            }
        }
        // A run is of one line; the newest has all that is built.
        let line = tool.packages.first().map(|package| &package.line);
        let packages = tool.packages.iter().filter(|package| Some(&package.line) == line).count();
        let packages = if packages == 1 { "1 package".to_owned() } else { format!("{packages} packages") };
        let jobs = [
            ("plan", "version, line".to_owned(), Kind::Job),
            ("build", arches.join(", "), Kind::Job),
            ("test", packages, Kind::Job),
            ("release", format!("{}-vVERSION", tool.name), Kind::Release),
        ];
        let mut before = check;
        for (title, note, kind) in jobs {
            let job = self.node(title, note, kind, group);
            self.edge(before, job, if before == check { "new version" } else { "" });
            before = job;
        }
    }

    /// What a build builds, each unit after those that it needs.
    fn units(&mut self, tool: &ToolPlan) {
        let Some(first) = tool.units.first() else { return };
        let (line, arch) = (first.line.clone(), first.arch);
        self.groups.push(format!("What the build of {} builds, in line {line}: each after what it needs", tool.name));
        let group = Some(self.groups.len() - 1);
        let start = self.nodes.len();
        let units: Vec<_> = tool.units_of(&line, arch).collect();
        for unit in &units {
            let version = match &unit.source {
                UnitSource::Git { version, .. } | UnitSource::Archive { version, .. } => version.to_string(),
                UnitSource::Unresolved { .. } => "unresolved".to_owned(),
                UnitSource::Run { .. } => "of the run".to_owned(),
                UnitSource::Files => "of the spec".to_owned(),
            };
            self.node(unit.component.as_str(), version, Kind::Unit, group);
        }
        let position = |name: &ComponentName| units.iter().position(|unit| &unit.component == name);
        for (to, unit) in units.iter().enumerate() {
            for from in unit.needs.iter().filter_map(position) {
                self.edge(start + from, start + to, "");
            }
        }
    }

    fn node(&mut self, title: &str, note: impl Into<String>, kind: Kind, group: Option<usize>) -> usize {
        self.nodes.push(Node { title: title.to_owned(), note: note.into(), kind, group });
        self.nodes.len() - 1
    }

    fn edge(&mut self, from: usize, to: usize, label: &'static str) {
        self.edges.push(Edge { from, to, label });
    }

    /// The positions of the nodes that stand in a frame, or in none.
    fn members(&self, group: Option<usize>) -> Vec<usize> {
        (0..self.nodes.len()).filter(|at| self.nodes.get(*at).is_some_and(|node| node.group == group)).collect()
    }
}

#[cfg(test)]
mod tests;
