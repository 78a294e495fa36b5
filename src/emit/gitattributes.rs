//! `.gitattributes` of the generated folders: the same bytes on every machine, folded in reviews, and merged by the driver
//! `ghagen` where somebody set one up (docs/pins.md). Where nobody did, git merges them like any text.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::{Artifact, Request};
use crate::gha::WorkflowPath;
use crate::source::FileId;

pub(super) fn emit(request: &Request<'_>) -> [Artifact; 2] {
    [generated(request), workflows(request)]
}

fn generated(request: &Request<'_>) -> Artifact {
    // Copies are what they are, whatever git takes them for; the last line that fits a path wins.
    let body = "* text eol=lf linguist-generated merge=ghagen\n/files/** -text\n/patches/** -text\n";
    file(request, "generated", body, &request.plan.project_files)
}

/// Names each file, since workflows that people write stand beside them.
fn workflows(request: &Request<'_>) -> Artifact {
    let mut files = request.plan.project_files.clone();
    let mut names: Vec<&str> = request.plan.workflows.iter().map(|it| it.workflow.path.file_name()).collect();
    names.sort_unstable();
    let mut body = String::from("/.gitattributes text eol=lf linguist-generated merge=ghagen\n");
    for name in names {
        let _ = writeln!(body, "/{name} text eol=lf linguist-generated merge=ghagen");
    }
    files.extend(request.plan.tools.iter().map(|tool| tool.origin.file));
    file(request, WorkflowPath::FOLDER, &body, &files)
}

fn file(request: &Request<'_>, folder: &str, body: &str, files: &BTreeSet<FileId>) -> Artifact {
    let mut text = String::new();
    for line in request.header(files) {
        let _ = writeln!(text, "# {line}");
    }
    text.push_str(body);
    Artifact {
        path: format!("{folder}/.gitattributes"),
        bytes: text.into_bytes(),
        executable: false,
        files: files.clone(),
        origins: Vec::new(),
    }
}
