//! What an unquoted string means by the core rules of YAML 1.2. Knows no YAML 1.1: `yes`, `on` and `12:30` are strings.

use serde_json::Number;

/// The meaning of an unquoted string.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// Nothing, `null` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A number by its looks, but infinite, not a number, or too large to be kept.
    NoNumber,
    /// A number to some readers, text or another number to others: `0755`, `-0x1f`, `0b11`.
    Doubtful,
    /// Anything else.
    Text,
}

pub(super) fn meaning(text: &str) -> Meaning {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Meaning::Null,
        "true" | "True" | "TRUE" => return Meaning::Bool(true),
        "false" | "False" | "FALSE" => return Meaning::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Meaning::NoNumber,
        _ => {}
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if let ".inf" | ".Inf" | ".INF" = unsigned {
        return Meaning::NoNumber;
    }
    if let Some((radix, digits)) = with_radix(unsigned) {
        // The core rules know neither a sign nor base 2 here, but other readers do.
        if unsigned.len() < text.len() || radix == 2 {
            return Meaning::Doubtful;
        }
        return u64::from_str_radix(digits, radix).map_or(Meaning::NoNumber, |value| Meaning::Number(value.into()));
    }
    if is_all(unsigned, |c| c.is_ascii_digit()) {
        if unsigned.starts_with('0') && unsigned.len() > 1 {
            return Meaning::Doubtful;
        }
        if let Ok(value) = text.parse::<i64>() {
            return Meaning::Number(value.into());
        }
        if let Ok(value) = text.parse::<u64>() {
            return Meaning::Number(value.into());
        }
        return Meaning::NoNumber;
    }
    if !is_float(unsigned) {
        return Meaning::Text;
    }
    let float = text.parse::<f64>().ok().and_then(Number::from_f64);
    float.map_or(Meaning::NoNumber, Meaning::Number)
}

/// The base and the digits of `0x1f` and its like.
fn with_radix(unsigned: &str) -> Option<(u32, &str)> {
    let (prefix, digits) = unsigned.split_at_checked(2)?;
    let radix = match prefix {
        "0b" => 2,
        "0o" => 8,
        "0x" => 16,
        _ => return None,
    };
    is_all(digits, |c| c.is_digit(radix)).then_some((radix, digits))
}

/// `[0-9]+(\.[0-9]*)?` or `\.[0-9]+`, then perhaps an exponent.
fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digit = |c: char| c.is_ascii_digit();
    (!whole.is_empty() || !fraction.is_empty())
        && whole.chars().all(is_digit)
        && fraction.chars().all(is_digit)
        && exponent.is_none_or(|exponent| is_all(exponent.strip_prefix(['+', '-']).unwrap_or(exponent), is_digit))
}

fn is_all(text: &str, is_allowed: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, json: &str) {
        let expected: serde_json::Value = serde_json::from_str(json).unwrap();
        let seen = match meaning(text) {
            Meaning::Null => serde_json::Value::Null,
            Meaning::Bool(value) => value.into(),
            Meaning::Number(value) => value.into(),
            Meaning::NoNumber | Meaning::Doubtful => panic!("{text} is refused"),
            Meaning::Text => text.into(),
        };
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn numbers() {
        for pair in "0=0 -0=0 +5=5 0x1F=31 0o17=15 1.5=1.5 6.0=6.0 1.=1.0 .5=0.5 -.5e+3=-500.0 1e3=1000.0".split(' ') {
            let (text, json) = pair.split_once('=').unwrap();
            check(text, json);
        }
        for text in ["9223372036854775807", "-9223372036854775808", "18446744073709551615"] {
            check(text, text);
        }
        let texts = ".inf -.Inf .NaN 1e999 18446744073709551616 -9223372036854775809 0x10000000000000000";
        for text in texts.split(' ') {
            assert_eq!(meaning(text), Meaning::NoNumber, "{text}");
        }
    }

    #[test]
    fn numbers_that_readers_disagree_on() {
        for text in ["010", "0755", "-01", "+00", "-0x1", "+0o7", "0b11"] {
            assert_eq!(meaning(text), Meaning::Doubtful, "{text}");
        }
    }

    #[test]
    fn words() {
        for (text, json) in [("", "null"), ("~", "null"), ("Null", "null"), ("TRUE", "true"), ("False", "false")] {
            check(text, json);
        }
    }

    #[test]
    fn strings() {
        let texts = "yes no on Off y tRUE nULL 12:30 1_000 0b12 0x 0o8 0xg 0X1 . + - +. e5 1e 1e+ 1.2.3 1.5. inf nan +.nan --1 +-1 \
                     2001-01-01 \u{661}";
        for text in texts.split(' ') {
            assert_eq!(meaning(text), Meaning::Text, "{text}");
        }
    }
}
