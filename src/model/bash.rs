//! Bash that a spec brings along, and the one thing that is known about it: that it ends where its text ends.
//!
//! Knows quotes, brackets of commands and here-documents, and nothing else of the language: what is between them is the user's own.

mod scan;

pub use scan::Unfinished;

/// A text of bash in which nothing is left open, so that what stands behind it in a script stays what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bash(String);

impl Bash {
    /// Checks a text. Empty lines at its ends do not belong to it.
    pub fn parse(text: &str) -> Result<Self, Unfinished> {
        let above = text.len() - text.trim_start_matches('\n').len();
        let text = text.trim_matches('\n').to_owned();
        scan::scan(&text).map_err(|it| Unfinished { line: it.line + above, ..it })?;
        Ok(Self(text))
    }

    /// The text, without a newline at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_is_taken() {
        for good in [
            "",
            "true # it's the end (",
            "n=$((1 << 2))\n((n = n << 1))",
            "case $x in\n  a) true ;;\n  (b) true ;;\nesac",
            "x=$(case $y in a) echo 1 ;; esac)\necho case",
            "echo \"${x:-'}\" \"${x#'\"'}\" ${x//\\'/}",
            "echo $'it\\'s' $\"two\" `a \"b\"`",
            "f() { [[ $1 =~ ^(a|b)$ && $# -gt 1 && ${#x} -gt 2 ]]; }",
            "x=(a\n  b # c)\n)",
            "echo \\' \\\" \\` \\( a\\\\",
            "cat <<\"E F\"\n'\nE F",
        ] {
            assert!(Bash::parse(good).is_ok(), "{good}: {:?}", Bash::parse(good));
        }
    }

    #[test]
    fn what_is_left_open_is_named_with_its_line() {
        for (bad, line, what) in [
            ("true\necho 'a", 2, "single quotes"),
            ("echo \"a\n\nb", 1, "double quotes"),
            ("echo \"$(a\"", 1, "double quotes"),
            ("x=$(a\nb", 1, "brackets"),
            ("echo `a", 1, "backquotes"),
            ("echo ${a", 1, "braces"),
            ("\n\ntrue\ncat <<EOF\na\n EOF", 4, "a here-document"),
            ("true\\", 1, "a line that goes on"),
        ] {
            let error = Bash::parse(bad).unwrap_err();
            assert_eq!((error.line, error.what), (line, what), "{bad}");
        }
    }
}
