//! Conditions, and arguments that may carry one.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// One text, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMany(pub Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrManyVisitor;
        impl<'de> Visitor<'de> for OneOrManyVisitor {
            type Value = OneOrMany;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a list of texts")
            }
            fn visit_str<E>(self, value: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![value.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<OneOrMany, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(items)).map(OneOrMany)
            }
        }
        deserializer.deserialize_any(OneOrManyVisitor)
    }
}

impl JsonSchema for OneOrMany {
    fn schema_name() -> Cow<'static, str> {
        "OneOrMany".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One text, or a list of them: any of the list fits.",
            "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" }, "minItems": 1 },
            ]
        })
    }
}

/// A condition: every key given has to fit. Conditions are data; there are no expressions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct When {
    /// Fits these arches.
    pub arch: Option<OneOrMany>,
    /// Fits builds for these tools: a shared component can differ per tool.
    pub tool: Option<OneOrMany>,
    /// Fits these release lines of the tool.
    pub line: Option<OneOrMany>,
}

/// A value that applies only where its condition fits.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conditional {
    /// The value.
    pub value: String,
    /// Where it applies.
    pub when: When,
}

/// A text, or `{value, when}`: a text that applies only where a condition fits. Placeholders work in it, unless it is a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// Applies always.
    Always(String),
    /// Applies where its condition fits.
    When(Conditional),
}

impl<'de> Deserialize<'de> for Argument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ArgumentVisitor;
        impl<'de> Visitor<'de> for ArgumentVisitor {
            type Value = Argument;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a mapping with `value` and `when`")
            }
            fn visit_str<E>(self, value: &str) -> Result<Argument, E> {
                Ok(Argument::Always(value.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Argument, A::Error> {
                Conditional::deserialize(MapAccessDeserializer::new(entries)).map(Argument::When)
            }
        }
        deserializer.deserialize_any(ArgumentVisitor)
    }
}

impl JsonSchema for Argument {
    fn schema_name() -> Cow<'static, str> {
        "Argument".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let conditional = generator.subschema_for::<Conditional>();
        json_schema!({
            "description": "A text, or a text with the condition under which it applies.",
            "anyOf": [{ "type": "string" }, conditional]
        })
    }
}
