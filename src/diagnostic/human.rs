//! Reports for people at a terminal, in the look that rustc made known. Writes no file and asks no environment.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet, normalize_untrusted_str,
};

use super::place::Place;
use super::{Diagnostic, Label, Severity, fix};
use crate::source::{FileId, Sources};

/// Renders diagnostics, in the order given, with the lines that they speak of, and ends with how many there are.
///
/// Without diagnostics the report is empty.
pub fn render_human(sources: &Sources, diagnostics: &[Diagnostic], colour: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut report = String::new();
    for diagnostic in diagnostics {
        let patch = diagnostic.patch(sources);
        let mut groups = vec![group(sources, diagnostic, patch.is_some())];
        groups.extend(patch.map(|patch| mended(sources, diagnostic, &patch)));
        report.push_str(&renderer.render(&groups));
        report.push_str("\n\n");
    }
    let worst = if super::has_errors(diagnostics) { Level::ERROR } else { Level::WARNING };
    report.push_str(&renderer.render(&[Group::with_title(worst.primary_title(summary(diagnostics)))]));
    report.push('\n');
    report
}

fn group<'s>(sources: &'s Sources, diagnostic: &'s Diagnostic, has_patch: bool) -> Group<'s> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    let labels: Vec<&Label> = std::iter::once(&diagnostic.primary).chain(&diagnostic.related).collect();
    let mut files: Vec<FileId> = Vec::new();
    for label in &labels {
        if files.contains(&label.file) {
            continue;
        }
        files.push(label.file);
        // One snippet for each file holds all its labels; that of the primary one comes first.
        let annotations: Vec<Annotation<'_>> = labels
            .iter()
            .enumerate()
            .filter(|(_, other)| other.file == label.file)
            .filter_map(|(position, other)| annotation(sources, other, position == 0))
            .collect();
        let path = sources.path(label.file);
        group = if annotations.is_empty() {
            group.element(Origin::path(path))
        } else {
            group.element(Snippet::source(sources.text(label.file)).path(path).annotations(annotations))
        };
    }
    // A label of a whole file has no line to stand under.
    let notes = labels
        .iter()
        .filter(|label| !label.text.is_empty() && Place::of(label, sources).region.is_none())
        .map(|label| Level::NOTE.message(clean(&format!("{}: {}", sources.path(label.file), label.text))));
    // The words of a fix stand above its lines.
    let help = diagnostic.advice().skip(usize::from(has_patch)).map(|text| Level::HELP.message(clean(text)));
    group.elements(notes).elements(help)
}

/// The lines as they are and as they should be.
fn mended<'s>(sources: &'s Sources, diagnostic: &Diagnostic, patch: &fix::Patch<'s>) -> Group<'s> {
    let text = diagnostic.fix.as_ref().map_or("", |fix| fix.text.as_str());
    let span = patch.region.span;
    let snippet = Snippet::source(sources.text(diagnostic.primary.file)).path(patch.path);
    let snippet = snippet.patch(Patch::new(span.start..span.end, clean(&patch.replacement)));
    Group::with_title(Level::HELP.secondary_title(clean(text))).element(snippet)
}

fn annotation<'s>(sources: &Sources, label: &'s Label, is_primary: bool) -> Option<Annotation<'s>> {
    let span = Place::of(label, sources).region?.span;
    let kind = if is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let annotation = kind.span(span.start..span.end);
    Some(if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) })
}

/// The renderer prints messages as they are, and a spec must not be able to send codes to a terminal.
fn clean(text: &str) -> String {
    text.lines().map(normalize_untrusted_str).collect::<Vec<_>>().join("\n")
}

fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let count = |number: usize, word: &str| match number {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{number} {word}s")),
    };
    let parts: Vec<String> =
        [count(errors, "error"), count(diagnostics.len() - errors, "warning")].into_iter().flatten().collect();
    format!("the spec has {}", parts.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Target};
    use crate::source::{Origin as Source, Route, Span};
    use crate::yaml::read;

    fn sources() -> (Sources, FileId, FileId) {
        let mut sources = Sources::default();
        let podman = sources.add(
            "spec/tools/podman.yaml",
            "tool: podman\ntitel: Podman\nlines:\n  - versions: 6\n    needs: [gpgme]\n",
        );
        let gpgme = sources.add("spec/components/gpgme.yaml", "name: gpgme\n");
        for file in [podman, gpgme] {
            let document = read(file, sources.text(file)).unwrap();
            sources.set_spans(file, document.spans);
        }
        (sources, podman, gpgme)
    }

    #[test]
    fn everything_at_once() {
        let (sources, podman, gpgme) = sources();
        let root = Source::file(podman);
        let line = root.key("lines").index(0);
        let diagnostics = [
            Diagnostic::error_at_key(Code::UNKNOWN_KEY, &root.key("titel"), "unknown key `titel`")
                .label("not known here")
                .fix("did you mean `title`?", "titel", "title"),
            Diagnostic::error(Code::WRONG_TYPE, &line.key("versions"), "expected a string, found a number")
                .label("a number")
                .related(&root.key("tool"), "of this tool")
                .related(&Source::file(gpgme).key("name"), "and this component")
                // It stands nowhere, so that there are words alone.
                .fix("write `\"6\"`, in quotes", "5", "6")
                .help("or leave it out"),
            Diagnostic::warning(Code::INVALID_VALUE, &line.key("needs").index(0), "nothing needs this"),
            Diagnostic::at(Code::MISSING_KEY, Severity::Error, gpgme, Target::File, "the file has no `source`"),
        ];
        let expected = r#"error[G0104]: unknown key `titel`
 --> spec/tools/podman.yaml:2:1
  |
2 | titel: Podman
  | ^^^^^ not known here
  |
help: did you mean `title`?
  |
2 - titel: Podman
2 + title: Podman
  |

error[G0105]: expected a string, found a number
 --> spec/tools/podman.yaml:4:15
  |
1 | tool: podman
  |       ------ of this tool
...
4 |   - versions: 6
  |               ^ a number
  |
 ::: spec/components/gpgme.yaml:1:7
  |
1 | name: gpgme
  |       ----- and this component
  |
  = help: write `"6"`, in quotes
  = help: or leave it out

warning[G0107]: nothing needs this
 --> spec/tools/podman.yaml:5:13
  |
5 |     needs: [gpgme]
  |             ^^^^^

error[G0106]: the file has no `source`
--> spec/components/gpgme.yaml

error: the spec has 3 errors and 1 warning
"#;
        assert_eq!(render_human(&sources, &diagnostics, false), expected);
        let coloured = render_human(&sources, &diagnostics, true);
        assert!(coloured.contains("\u{1b}["));
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), expected);
    }

    #[test]
    fn whole_files_are_named_in_notes() {
        let (sources, podman, gpgme) = sources();
        let mut diagnostic =
            Diagnostic::at(Code::MISSING_KEY, Severity::Warning, gpgme, Target::File, "one\u{1b}[31mtwo")
                .label("nobody asks for it")
                .related(&Source::file(gpgme).key("name"), "this name")
                .help("one\u{1b}[31m\ntwo");
        diagnostic.related.push(Label { file: podman, target: Target::File, text: "not even this".to_owned() });
        let expected = "warning[G0106]: one\u{241b}[31mtwo
 --> spec/components/gpgme.yaml:1:7
  |
1 | name: gpgme
  |       ----- this name
 ::: spec/tools/podman.yaml
  = note: spec/components/gpgme.yaml: nobody asks for it
  = note: spec/tools/podman.yaml: not even this
  = help: one\u{241b}[31m
          two

warning: the spec has 1 warning
";
        assert_eq!(render_human(&sources, &[diagnostic], false), expected);
    }

    #[test]
    fn places_at_the_edges_are_shown() {
        let mut sources = Sources::default();
        let empty = sources.add("empty.yaml", "");
        let short = sources.add("short.yaml", "a: \u{e9}\r\nb: c");
        let at = |file, target| Diagnostic::at(Code::SYNTAX, Severity::Warning, file, target, "here");
        let diagnostics = [
            at(empty, Target::Value(Route::root())),
            at(empty, Target::Span(Span { start: 0, end: 0 })),
            at(short, Target::Span(Span { start: 10, end: 99 })),
            at(short, Target::Span(Span { start: 4, end: 7 })),
            at(short, Target::Span(Span { start: 3, end: 9 })),
        ];
        let expected = "warning[G0101]: here
--> empty.yaml

warning[G0101]: here
 --> empty.yaml:1:1
  |
1 |
  | ^

warning[G0101]: here
 --> short.yaml:2:4
  |
2 | b: c
  |    ^

warning[G0101]: here
 --> short.yaml:1:4
  |
1 |   a: \u{e9}
  |  ____^
2 | | b: c
  | |_^

warning[G0101]: here
 --> short.yaml:1:4
  |
1 |   a: \u{e9}
  |  ____^
2 | | b: c
  | |__^

warning: the spec has 5 warnings
";
        assert_eq!(render_human(&sources, &diagnostics, false), expected);
    }

    #[test]
    fn nothing_to_say_is_nothing() {
        assert_eq!(render_human(&Sources::default(), &[], true), "");
    }
}
