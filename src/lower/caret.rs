//! Constraints, and those of other languages: `^1.2` and `~1.2` mean a range that can be written here too.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Constraint, Version};
use crate::source::Origin;

use super::sink::Sink;

/// A constraint; where it is none, what it would be here.
pub(super) fn constraint(sink: &mut Sink, origin: &Origin, text: &str) -> Option<Constraint> {
    match (Constraint::parse(text), range(text)) {
        (Err(_), Some(range)) => {
            let message = format!("`{text}` is not a constraint: there is no `^` and no `~`");
            let fix = format!("write the range out: `{range}`");
            sink.push(Diagnostic::error(Code::INVALID_VERSION, origin, message).fix(fix, text, &range));
            None
        }
        (parsed, _) => sink.take(Code::INVALID_VERSION, origin, parsed),
    }
}

/// What `^1.2` and `~1.2` stand for in Cargo.toml and package.json.
fn range(text: &str) -> Option<String> {
    let (is_caret, version) = match (text.strip_prefix('^'), text.strip_prefix('~')) {
        (Some(version), _) => (true, version),
        (_, version) => (false, version?),
    };
    let version = Version::parse(version).ok()?;
    let numbers = version.numbers();
    // Up to the first number that may not change: of `^`, the first that is not 0; of `~`, the second.
    let fixed = if is_caret { numbers.iter().position(|number| *number > 0).unwrap_or(numbers.len() - 1) } else { 1 };
    let kept = numbers.get(..=fixed.min(numbers.len() - 1))?;
    let (last, before) = kept.split_last()?;
    let above: Vec<String> = before.iter().copied().chain([last.checked_add(1)?]).map(|it| it.to_string()).collect();
    Some(format!(">={}, <{}", version.as_str(), above.join(".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_other_languages_are_written_out() {
        let cases = [
            ("^1.2.3", Some(">=1.2.3, <2")),
            ("^4", Some(">=4, <5")),
            ("^0.3.1", Some(">=0.3.1, <0.4")),
            ("^0.0", Some(">=0.0, <0.1")),
            ("~1.2.3", Some(">=1.2.3, <1.3")),
            ("~1", Some(">=1, <2")),
            ("^x", None),
            ("=1", None),
        ];
        for (text, expected) in cases {
            assert_eq!(range(text).as_deref(), expected, "{text}");
            assert!(expected.is_none_or(|range| Constraint::parse(range).is_ok()), "{text}");
        }
    }
}
