//! Lists of words with conditions, in the order of the spec: the values of the templates' arrays.

use minijinja::{Value, context};

use super::{condition, word};
use crate::model::{Conditional, Template};

/// The values of `shared/array`: groups of words that apply under the same condition. Their order is kept.
pub(super) fn array(items: impl IntoIterator<Item = (String, String)>) -> Value {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for (condition, word) in items {
        match groups.last_mut().filter(|(last, _)| *last == condition) {
            Some((_, words)) => words.push(word),
            None => groups.push((condition, vec![word])),
        }
    }
    let groups = groups.into_iter().map(|(condition, words)| context! { condition => condition, words => words });
    Value::from(groups.collect::<Vec<Value>>())
}

/// A list of texts.
pub(super) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Value {
    Value::from(texts.into_iter().map(|text| Value::from(text.as_ref())).collect::<Vec<Value>>())
}

/// Texts as words with their conditions, each with the same text before it.
pub(super) fn words<'a>(prefix: &'a str, texts: &'a [Conditional<Template>]) -> impl Iterator<Item = (String, String)> {
    texts.iter().map(move |text| (condition::condition(&text.when), word::prefixed(prefix, &text.value)))
}

/// Texts as an array.
pub(super) fn texts(texts: &[Conditional<Template>]) -> Value {
    array(words("", texts))
}

/// Variables as words `NAME=value` with their conditions.
pub(super) fn assignments(variables: &[(String, Conditional<Template>)]) -> impl Iterator<Item = (String, String)> {
    variables
        .iter()
        .map(|(name, text)| (condition::condition(&text.when), word::prefixed(&format!("{name}="), &text.value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_group_and_order_stays() {
        let items = [("", "a"), ("", "b"), ("x", "c"), ("", "d")];
        let value = array(items.map(|(condition, word)| (condition.to_owned(), word.to_owned())));
        let groups: Vec<(String, usize)> = value
            .try_iter()
            .unwrap()
            .map(|group| {
                let part = |name| group.get_attr(name).unwrap();
                (part("condition").to_string(), part("words").len().unwrap())
            })
            .collect();
        assert_eq!(groups, [(String::new(), 2), ("x".to_owned(), 1), (String::new(), 1)]);
    }
}
