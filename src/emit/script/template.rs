//! The templates, and rendering one of them.
//!
//! The delimiters are chosen so that nothing of bash collides with them: `<% %>`, `<{ }>`, `<# #>`, and `#%`, `##%` at the start
//! of a line.

use std::ops::Range;
use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, OutputSpan, OutputSpanKind, UndefinedBehavior, Value};

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("templates/", $name)))),*]
    };
}

/// Every template: its path below `templates/`, by which others include it, and its text. Sorted.
pub(super) const TEMPLATES: &[(&str, &str)] = &templates![
    "Containerfile.build.j2",
    "build-tool.sh.j2",
    "check-version.sh.j2",
    "check.sh.j2",
    "component.sh.j2",
    "component/autotools.sh.j2",
    "component/cargo.sh.j2",
    "component/cmake.sh.j2",
    "component/files.sh.j2",
    "component/go.sh.j2",
    "component/make.sh.j2",
    "component/meson.sh.j2",
    "component/script.sh.j2",
    "container/build-unit.sh.j2",
    "container/collect-licenses.sh.j2",
    "container/fetch-archive.sh.j2",
    "container/fetch-source.sh.j2",
    "container/install-units.sh.j2",
    "container/pack-licenses.sh.j2",
    "container/prove-program.sh.j2",
    "container/run-build.sh.j2",
    "container/setup-build-env.sh.j2",
    "hook.sh.j2",
    "inputs.sh.j2",
    "install.sh.j2",
    "list-versions.sh.j2",
    "not-shown.sh.j2",
    "package.sh.j2",
    "packages.sh.j2",
    "plan-build.sh.j2",
    "prove-package.sh.j2",
    "publish-release.sh.j2",
    "release-assets.sh.j2",
    "release-files.sh.j2",
    "release-notes.sh.j2",
    "release-pins.sh.j2",
    "release-state.sh.j2",
    "report-check.sh.j2",
    "run-installed.sh.j2",
    "shared/array.j2",
    "shared/copy.j2",
    "shared/fail.j2",
    "shared/header.j2",
    "shared/licenses.j2",
    "shared/make.j2",
    "shared/pins.jq.j2",
    "shared/retry.j2",
    "shared/say.j2",
    "shared/scratch.j2",
    "shared/strict.j2",
    "shared/version.jq.j2",
    "sign-release.sh.j2",
    "smoke-command.sh.j2",
    "smoke-test.sh.j2",
    "smoke.sh.j2",
    "tool.sh.j2",
    "verify-release.sh.j2",
    "write-sbom.sh.j2",
];

/// Renders the template of a script. The error is what minijinja says, with the place in the template.
pub(super) fn render(name: &str, values: Value) -> Result<String, String> {
    let template = shared()?.get_template(&format!("{name}.j2"));
    template.and_then(|template| template.render(values)).map_err(|error| describe(&error))
}

/// Parsing the templates takes longer than rendering one, and a large project has thousands of scripts.
fn shared() -> Result<&'static Environment<'static>, String> {
    static ENVIRONMENT: LazyLock<Result<Environment<'static>, String>> =
        LazyLock::new(|| environment().map_err(|error| describe(&error)));
    ENVIRONMENT.as_ref().map_err(Clone::clone)
}

/// A piece of what was rendered, and the piece of a template that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TracedSpan {
    /// The template.
    pub(super) template: String,
    /// The bytes that were rendered.
    pub(super) output: Range<usize>,
    /// The bytes of the template.
    pub(super) source: Range<usize>,
    /// Whether that is an expression; otherwise it stands in the template as it was rendered.
    pub(super) is_expression: bool,
}

/// The same as [`render`], with what each piece comes from.
pub(super) fn render_traced(name: &str, values: Value) -> Result<(String, Vec<TracedSpan>), String> {
    let template = shared()?.get_template(&format!("{name}.j2"));
    let rendered = template.and_then(|template| template.render_with_spans(values));
    let (text, spans) = rendered.map_err(|error| describe(&error))?;
    let traced = |span: &OutputSpan| TracedSpan {
        template: span.name().to_owned(),
        output: span.output_range(),
        source: span.source_range(),
        is_expression: span.kind() != OutputSpanKind::Raw,
    };
    Ok((text, spans.iter().map(traced).collect()))
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let syntax = SyntaxConfig::builder()
        .block_delimiters("<%", "%>")
        .variable_delimiters("<{", "}>")
        .comment_delimiters("<#", "#>")
        .line_statement_prefix("#%")
        .line_comment_prefix("##%")
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()?;
    let mut environment = Environment::new();
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.add_filter("sh", super::word::quote);
    for (name, text) in TEMPLATES.iter().copied() {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}

fn describe(error: &minijinja::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_embedded_and_reads() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/emit/script/templates");
        let mut found = Vec::new();
        let mut waiting = vec![std::path::PathBuf::from(folder)];
        while let Some(path) = waiting.pop() {
            for entry in fs_err::read_dir(&path).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    waiting.push(path);
                } else {
                    let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
                    found.push(name.to_owned());
                }
            }
        }
        found.sort();
        assert_eq!(found, TEMPLATES.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
        environment().unwrap();
    }

    #[test]
    fn a_missing_value_is_an_error() {
        let error = render("shared/header", Value::UNDEFINED).unwrap_err();
        assert!(error.contains("shared/header"), "{error}");
    }
}
