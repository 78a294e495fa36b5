//! Diagnostics as workflow commands, which GitHub shows as annotations beside the lines of a pull request.

use std::fmt::Write as _;

use super::place::{Place, Region};
use super::{Diagnostic, Label, Severity};
use crate::source::Sources;

/// Renders each diagnostic as one command on one line, in the order given.
///
/// Columns are given only where the marked text stands on one line, since GitHub takes them only there. Its last column is
/// the one of the last character.
pub fn render_github(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| command(sources, diagnostic) + "\n").collect()
}

fn command(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = Place::of(&diagnostic.primary, sources);
    let mut command = format!("::{name} file={}", property(place.path));
    if let Some(region) = place.region {
        // Writing to a `String` cannot fail.
        let _ = write!(command, ",{}", numbers(region));
    }
    let _ = write!(command, ",title={}::{}", property(diagnostic.code.as_str()), data(&message(sources, diagnostic)));
    command
}

fn numbers(Region { start, end, .. }: Region) -> String {
    if start.line == end.line {
        let last = end.column.saturating_sub(1).max(start.column);
        format!("line={0},col={1},endLine={0},endColumn={last}", start.line, start.column)
    } else {
        format!("line={},endLine={}", start.line, end.line)
    }
}

/// The message, then a line for each label and for each help.
fn message(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let mut lines = vec![diagnostic.message.clone()];
    if !diagnostic.primary.text.is_empty() {
        lines.push(format!("here: {}", diagnostic.primary.text));
    }
    lines.extend(diagnostic.related.iter().map(|label| related(sources, label)));
    lines.extend(diagnostic.advice().map(|help| format!("help: {help}")));
    lines.join("\n")
}

fn related(sources: &Sources, label: &Label) -> String {
    let place = Place::of(label, sources);
    let at = place.region.map(|region| format!(":{}:{}", region.start.line, region.start.column)).unwrap_or_default();
    format!("{}{at}: {}", place.path, label.text)
}

/// Escaped as GitHub reads what stands behind `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escaped as GitHub reads what stands between `,` and `,`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Target};
    use crate::source::{Origin, Span};
    use crate::yaml::read;

    #[test]
    fn one_line_for_each() {
        let mut sources = Sources::default();
        let text = "tool: podman\nlines:\n  - 6 # \u{e9}\n  - \"100%\"\n";
        let file = sources.add("spec/tools/a,b:c%.yaml", text);
        sources.set_spans(file, read(file, text).unwrap().spans);
        let root = Origin::file(file);
        let span = Target::Span(Span { start: 0, end: 15 });
        let diagnostics = [
            Diagnostic::error(Code::WRONG_TYPE, &root.key("lines").index(0), "expected a string: found a number, 100%")
                .label("a number")
                .related(&root.key("lines").index(1), "unlike this")
                .help("write `\"6\"`\r\nor leave it out"),
            Diagnostic::warning(Code::INVALID_VALUE, &root.key("lines").index(1), "::error::no"),
            Diagnostic::at(Code::SYNTAX, Severity::Error, file, span, "two lines"),
            Diagnostic::at(Code::MISSING_KEY, Severity::Error, file, Target::File, "a file"),
        ];
        assert_eq!(
            render_github(&sources, &diagnostics),
            "::error file=spec/tools/a%2Cb%3Ac%25.yaml,line=3,col=5,endLine=3,endColumn=5,title=G0105::\
             expected a string: found a number, 100%25%0Ahere: a number%0Aspec/tools/a,b:c%25.yaml:4:5: unlike this%0A\
             help: write `\"6\"`%0D%0Aor leave it out\n\
             ::warning file=spec/tools/a%2Cb%3Ac%25.yaml,line=4,col=5,endLine=4,endColumn=10,title=G0107::::error::no\n\
             ::error file=spec/tools/a%2Cb%3Ac%25.yaml,line=1,endLine=2,title=G0101::two lines\n\
             ::error file=spec/tools/a%2Cb%3Ac%25.yaml,title=G0106::a file\n"
        );
    }
}
