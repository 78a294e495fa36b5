//! Answers of the mock, as JSON for the most part.

use serde_json::{Value, json};

/// An answer.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) body: Vec<u8>,
    pub(super) next_page: Option<usize>,
}

impl Answer {
    pub(super) fn json(status: u16, value: &Value) -> Self {
        let body = if status == 204 { Vec::new() } else { value.to_string().into_bytes() };
        Self { status, content_type: "application/json; charset=utf-8", body, next_page: None }
    }

    pub(super) fn bytes(body: Vec<u8>) -> Self {
        Self { status: 200, content_type: "application/octet-stream", body, next_page: None }
    }

    pub(super) fn message(status: u16, text: &str) -> Self {
        Self::json(status, &json!({"message": text}))
    }

    pub(super) fn not_found() -> Self {
        Self::message(404, "Not Found")
    }

    pub(super) fn nothing() -> Self {
        Self::json(204, &Value::Null)
    }

    /// What GitHub says where a field breaks a rule.
    pub(super) fn refused(field: &str, code: &str) -> Self {
        let errors = json!([{"resource": "Release", "field": field, "code": code}]);
        Self::json(422, &json!({"message": "Validation Failed", "errors": errors}))
    }

    /// One page of many values, in the list itself or below `key`.
    pub(super) fn page(
        values: &[Value],
        query: &std::collections::BTreeMap<String, String>,
        key: Option<&str>,
    ) -> Self {
        let number = |key: &str, or: usize| query.get(key).map_or(or, |value| value.parse().unwrap());
        let (size, page) = (number("per_page", 30).min(100), number("page", 1));
        let shown: Vec<_> = values.iter().skip((page - 1) * size).take(size).cloned().collect();
        let body = match key {
            Some(key) => json!({"total_count": values.len(), key: shown}),
            None => Value::from(shown),
        };
        let next_page = (page * size < values.len()).then_some(page + 1);
        Self { next_page, ..Self::json(200, &body) }
    }
}
