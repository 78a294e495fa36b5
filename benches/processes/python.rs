//! The Python package ghagen, told to write the same files, jobs and steps as ours.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use fs_err as fs;
use serde_json::{Map, Value, json};

use super::{ROOT, tools};

/// A project of the Python package, beside ours.
pub(crate) struct Python {
    program: PathBuf,
    root: PathBuf,
}

impl Python {
    /// Lays out the project from our workflows. `None` where the package is not installed: `make bench` does that.
    pub(crate) fn new(ours: &Path) -> Result<Option<Self>> {
        let program = tools().join("ghagen");
        if !program.exists() {
            return Ok(None);
        }
        let root = ours.with_extension("python");
        fs::create_dir_all(root.join(".github"))?;
        fs::copy(Path::new(ROOT).join("benches/ghagen_workflows.py"), root.join(".github/ghagen_workflows.py"))?;
        let mut shape = Map::new();
        for entry in fs::read_dir(ours.join(".github/workflows"))? {
            let path = entry?.path();
            // git's attributes stand beside them.
            if path.extension().is_none_or(|extension| extension != "yml") {
                continue;
            }
            let workflow: Value = serde_yaml::from_str(&fs::read_to_string(&path)?)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            shape.insert(name, json!({"name": workflow["name"], "jobs": workflow["jobs"]}));
        }
        fs::write(root.join("shape.json"), serde_json::to_vec(&shape)?)?;
        Ok(Some(Self { program, root }))
    }

    /// One of its commands.
    pub(crate) fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(name).current_dir(&self.root);
        command
    }
}
