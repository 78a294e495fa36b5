//! Errors of shape: what the JSON Schema refuses, as diagnostics.
