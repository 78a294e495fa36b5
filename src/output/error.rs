//! Why nothing, or not everything, was written. Each text ends with what to do before the command is run again.

use std::io;

/// Why nothing, or not everything, was written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Another run is at work: nothing was written.
    #[error("nothing was written: {} is at work in this project; wait until it ends", .0.as_deref().unwrap_or("another process"))]
    Busy(Option<String>),
    /// Things in the way that are not ours: nothing was written.
    #[error("{}", refusal(.0))]
    Refused(Vec<(String, String)>),
    /// The system refused. What was done before that is done.
    #[error("`{path}` cannot be written: {source}\nevery file is whole, old or new; remove the cause")]
    Write {
        /// The file or folder, below the root where it is ours.
        path: String,
        /// What the system says.
        source: io::Error,
    },
}

fn refusal(obstacles: &[(String, String)]) -> String {
    let lines: Vec<_> = obstacles.iter().map(|(path, what)| format!("  {path}: in its place is {what}")).collect();
    format!(
        "nothing was written, since these are not ghagen's to overwrite:\n{}\nmove them out of the way",
        lines.join("\n")
    )
}

/// Says which file an error is about.
pub(super) trait At<T> {
    fn at(self, path: &str) -> Result<T, OutputError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &str) -> Result<T, OutputError> {
        self.map_err(|source| OutputError::Write { path: path.to_owned(), source })
    }
}
