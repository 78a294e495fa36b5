//! Conditions as bash: what stands after `if`.

use crate::model::Condition;

/// The condition in `[[ ]]`; empty where it always holds.
pub(super) fn condition(condition: &Condition) -> String {
    all(&parts(condition))
}

/// The same, and one of the variants as well where any are named.
pub(super) fn condition_of_variants(names: &[&str], other: &Condition) -> String {
    let mut all_parts = parts(other);
    if !names.is_empty() {
        all_parts.insert(0, one_of("VARIANT", names));
    }
    all(&all_parts)
}

/// A condition that holds where a variable is one of these values.
pub(super) fn where_one_of(variable: &str, values: &[&str]) -> String {
    all(&[one_of(variable, values)])
}

fn parts(condition: &Condition) -> Vec<Part> {
    let mut parts = Vec::new();
    let arches: Vec<&str> = condition.arches.iter().map(|arch| arch.as_str()).collect();
    let tools: Vec<&str> = condition.tools.iter().map(crate::model::ToolName::as_str).collect();
    let lines: Vec<&str> = condition.lines.iter().map(crate::model::LineName::as_str).collect();
    for (variable, values) in [("ARCH", arches), ("TOOL", tools), ("LINE", lines)] {
        if !values.is_empty() {
            parts.push(one_of(variable, &values));
        }
    }
    parts
}

/// One of several, and whether it needs brackets beside others.
type Part = (String, bool);

fn one_of(variable: &str, values: &[&str]) -> Part {
    let equal: Vec<String> = values.iter().map(|value| format!("${variable} == {value}")).collect();
    (equal.join(" || "), equal.len() > 1)
}

fn all(parts: &[Part]) -> String {
    match parts {
        [] => String::new(),
        [(only, _)] => format!("[[ {only} ]]"),
        several => {
            let several: Vec<String> = several
                .iter()
                .map(|(text, brackets)| if *brackets { format!("({text})") } else { text.clone() })
                .collect();
            format!("[[ {} ]]", several.join(" && "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Arch, ToolName};

    #[test]
    fn conditions_say_what_they_ask() {
        let mut asked = Condition::default();
        assert_eq!(condition(&asked), "");
        asked.arches.push(Arch::Amd64);
        assert_eq!(condition(&asked), "[[ $ARCH == amd64 ]]");
        asked.tools.extend(["a", "b"].map(|name| ToolName::parse(name).unwrap()));
        assert_eq!(condition(&asked), "[[ $ARCH == amd64 && ($TOOL == a || $TOOL == b) ]]");
        assert_eq!(condition_of_variants(&["x", "y"], &Condition::default()), "[[ $VARIANT == x || $VARIANT == y ]]");
    }
}
