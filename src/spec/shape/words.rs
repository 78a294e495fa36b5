//! The words of messages about shape: types as a reader of YAML calls them, and lists of names.

use serde_json::Value;

/// What a type of JSON Schema is called.
pub(super) fn of_type(name: &str) -> &'static str {
    match name {
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "`true` or `false`",
        "array" => "a list",
        "object" => "a mapping",
        _ => "nothing",
    }
}

/// What a value is called.
pub(super) fn of_value(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(true) => "`true`",
        Value::Bool(false) => "`false`",
        Value::Number(number) if number.is_f64() => "a number with a fraction",
        Value::Number(_) => "a whole number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

/// `a`, `b` or `c`; the joining word is given.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>, join: &str) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {join} {last}", first.join(", ")),
    }
}

/// The same, each in backticks.
pub(super) fn quoted<'a>(names: impl IntoIterator<Item = &'a str>, join: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    listed(names.iter().map(String::as_str), join)
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn lists_read_like_a_sentence() {
        assert_eq!(quoted([], "or"), "");
        assert_eq!(quoted(["a"], "or"), "`a`");
        assert_eq!(quoted(["a", "b"], "or"), "`a` or `b`");
        assert_eq!(quoted(["a", "b", "c"], "and"), "`a`, `b` and `c`");
    }
}
