//! What `ghagen init` says at its end: what it wrote, what nobody has verified yet, and what to do next.

use std::path::Path;

use crate::cli::console::{DIM, GREEN, STRONG, YELLOW, styled};
use crate::cli::work::number;
use crate::init::Tool;
use crate::lock::Used;

/// The whole report. `new` are the files of the spec that were written.
pub(super) fn summary(folder: &Path, tool: &Tool, new: &[(&str, &str)], generated: usize, used: &[Used]) -> String {
    let mut lines: Vec<String> = new
        .iter()
        .map(|(path, _)| {
            format!("{} {path:<36} {}", styled(GREEN, "create"), styled(DIM, &purpose(path, tool)))
                .trim_end()
                .to_owned()
        })
        .collect();
    lines.push(format!("{} from it, and `ghagen check` agrees", styled(GREEN, &number(generated, "generated file"))));
    let open: Vec<&Used> = used.iter().filter(|pin| pin.fixed.is_err()).collect();
    if !open.is_empty() {
        lines.push(String::new());
        lines.push(styled(YELLOW.bold(), "not verified yet; ghagen warns wherever they are used"));
        lines.extend(open.iter().filter_map(|pin| Some(format!("  {}: {}", pin.name, pin.fixed.as_ref().err()?))));
    }
    lines.push(String::new());
    lines.push(styled(STRONG, "next"));
    if folder != Path::new(".") {
        lines.push(format!("  cd {}", folder.display()));
    }
    lines.push(format!("  edit spec/components/{}.yaml: its licence, and how it is built", tool.name));
    if open.iter().any(|pin| pin.url.as_deref().is_some_and(|url| url.contains("//ghagen.invalid/"))) {
        lines.push("  edit spec/ghagen.yaml: where ghagen comes from, under `gate`".to_owned());
    }
    if !open.is_empty() {
        let names: Vec<&str> = open.iter().map(|pin| pin.name.as_str()).collect();
        lines.push(format!("  ghagen lock update {}", names.join(" ")));
    }
    lines.push("  ghagen generate".to_owned());
    lines.join("\n")
}

fn purpose(path: &str, tool: &Tool) -> String {
    match path {
        crate::init::PATH => "what holds for every tool".to_owned(),
        crate::lock::PATH => "every outside input, fixed".to_owned(),
        _ if path.starts_with("spec/tools/") => format!("what of {} is released", tool.name),
        _ if path.ends_with(&format!("/{}.yaml", tool.name)) => format!("how {} is built", tool.name),
        _ => "what it needs".to_owned(),
    }
}
