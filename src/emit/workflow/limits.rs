//! GitHub's limits that only show in the file. No linter knows them.

use super::EmitError;
use crate::gha::{Limit, Workflow, WorkflowPath};
use crate::source::{Origin, Route};
use crate::yaml::{Kind, Node};

/// Refuses a file that would start nothing.
pub(super) fn check_size(workflow: &Workflow, text: &str) -> Result<(), EmitError> {
    let most = Limit::FILE_BYTES.most;
    if text.len() <= most {
        return Ok(());
    }
    let (path, origin) = (workflow.path.clone(), workflow.origin.clone());
    Err(EmitError::FileTooLarge { path, found: text.len(), most, origin })
}

/// Refuses a value that GitHub would turn into too long an expression.
pub(super) fn check_values(path: &WorkflowPath, root: &Node) -> Result<(), EmitError> {
    check(path, root, &Route::root(), None)
}

fn check(path: &WorkflowPath, node: &Node, route: &Route, around: Option<&Origin>) -> Result<(), EmitError> {
    let origin = node.origin.as_ref().or(around);
    match &node.kind {
        Kind::Null | Kind::Bool(_) | Kind::Integer(_) => Ok(()),
        Kind::Text(text) => {
            let (found, most) = (evaluated_length(text), Limit::EVALUATED_CHARACTERS.most);
            if found <= most {
                return Ok(());
            }
            let (path, route, origin) = (path.clone(), route.clone(), origin.cloned());
            Err(EmitError::ValueTooLong { path, route, found, most, origin })
        }
        Kind::Sequence(items) => {
            items.iter().enumerate().try_for_each(|(position, item)| check(path, item, &route.index(position), origin))
        }
        Kind::Mapping(entries) => {
            entries.iter().try_for_each(|(key, value)| check(path, value, &route.key(key), origin))
        }
    }
}

/// How long the text is as the one `format('...', ...)` that GitHub makes of it, where quotes and braces are doubled.
/// Never less than it is; nothing for a text that is not evaluated.
fn evaluated_length(text: &str) -> usize {
    if !text.contains("${{") {
        return 0;
    }
    let doubled = text.chars().filter(|c| matches!(c, '\'' | '{' | '}')).count();
    "format('', )".len() + text.chars().count() + doubled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn path() -> WorkflowPath {
        WorkflowPath::parse("a.yml").unwrap()
    }

    #[test]
    fn a_value_may_be_as_long_as_github_takes() {
        // 12 for the call, 4 braces twice over, and the rest of the expression.
        let around = "format('', )".len() + "${{ x }}".len() + 4;
        let fits = format!("{}${{{{ x }}}}", "a".repeat(21_000 - around));
        let tree = |text: &str| Node::mapping([("a".to_owned(), Node::sequence([Node::text(text)]))]);
        assert!(check_values(&path(), &tree(&fits)).is_ok());
        assert!(check_values(&path(), &tree(&"a".repeat(30_000))).is_ok());

        let origin = Origin::file(Sources::default().add("spec/a.yaml", ""));
        let error = check_values(&path(), &tree(&format!("a{fits}")).with_origin(origin.clone())).unwrap_err();
        assert_eq!(error.origin(), Some(&origin));
        assert!(error.is_limit());
        assert_eq!(
            error.to_string(),
            ".github/workflows/a.yml: `a[0]` would be an expression of 21001 characters; above 21000, \
             GitHub refuses the whole file"
        );
    }
}
