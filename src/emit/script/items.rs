//! Lists of words with conditions, in the order of the spec: the values of the templates' arrays.

use minijinja::{Value, context};

use super::marks::Marks;
use super::{condition, word};
use crate::model::{Conditional, Template};
use crate::source::Origin;

/// A word of an array.
pub(super) struct Item {
    /// Bash after `if`; empty where it always applies.
    pub(super) condition: String,
    /// The word.
    pub(super) word: String,
    /// What made it; nothing, where it is the same in every project.
    pub(super) origins: Vec<Origin>,
}

/// A word that always applies and is the same in every project.
pub(super) fn always(word: &str) -> Item {
    Item { condition: String::new(), word: word.to_owned(), origins: Vec::new() }
}

/// The values of `shared/array`: groups of words that apply under the same condition. Their order is kept.
pub(super) fn array(marks: &mut Marks, items: impl IntoIterator<Item = Item>) -> Value {
    let mut groups: Vec<(String, Vec<Item>)> = Vec::new();
    for item in items {
        match groups.last_mut().filter(|(last, _)| *last == item.condition) {
            Some((_, words)) => words.push(item),
            None => groups.push((item.condition.clone(), vec![item])),
        }
    }
    let mut values = Vec::new();
    for (condition, items) in groups {
        // No condition has to stay an empty text.
        let asked = items.iter().filter(|_| !condition.is_empty()).flat_map(|item| &item.origins);
        let condition = marks.value(condition.as_str(), asked);
        let words: Vec<String> = items.into_iter().map(|item| marks.value(item.word, &item.origins)).collect();
        values.push(context! { condition => condition, words => words });
    }
    Value::from(values)
}

/// A list of texts.
pub(super) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Value {
    Value::from(texts.into_iter().map(|text| Value::from(text.as_ref())).collect::<Vec<Value>>())
}

/// Texts as words with their conditions, each with the same text before it. `origin` is that of the list.
pub(super) fn words<'a>(
    prefix: &'a str,
    texts: &'a [Conditional<Template>],
    origin: &'a Origin,
) -> impl Iterator<Item = Item> {
    texts.iter().enumerate().map(move |(index, text)| Item {
        condition: condition::condition(&text.when),
        word: word::prefixed(prefix, &text.value),
        origins: vec![origin.index(index)],
    })
}

/// Texts as an array.
pub(super) fn texts(marks: &mut Marks, texts: &[Conditional<Template>], origin: &Origin) -> Value {
    array(marks, words("", texts, origin))
}

/// Variables as words `NAME=value` with their conditions. `origin` is that of the mapping.
pub(super) fn assignments<'a>(
    variables: &'a [(String, Conditional<Template>)],
    origin: &'a Origin,
) -> impl Iterator<Item = Item> {
    variables.iter().map(|(name, text)| Item {
        condition: condition::condition(&text.when),
        word: word::prefixed(&format!("{name}="), &text.value),
        origins: vec![origin.key(name)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_group_and_order_stays() {
        let items = [("", "a"), ("", "b"), ("x", "c"), ("", "d")];
        let item = |(condition, word): (&str, &str)| Item { condition: condition.to_owned(), ..always(word) };
        let value = array(&mut Marks::default(), items.map(item));
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
