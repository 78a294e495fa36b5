//! "Did you mean": the known name that is nearest to a mistyped one.

/// The candidate that `name` was probably meant to be; `None` where nothing is near.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = folded(name);
    // One letter in three may be wrong: more, and unrelated short words become near.
    let limit = wanted.chars().count().div_ceil(3);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &folded(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Case, and which of `-`, `_` and space joins words, is what people get wrong first.
fn folded(name: &str) -> String {
    name.to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_the_nearest_name_or_none() {
        let names = ["minimum_clang", "tags", "musl", "arm64"];
        assert_eq!(closest("minimum-clang", names), Some("minimum_clang"));
        assert_eq!(closest("tag", names), Some("tags"));
        assert_eq!(closest("tgas", names), Some("tags"));
        assert_eq!(closest("Musl", names), Some("musl"));
        assert_eq!(closest("riscv64", names), None);
        assert_eq!(closest("x", names), None);
    }
}
