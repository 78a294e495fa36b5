//! What a code means and what to do about it.

use crate::cli::console::{Console, GREEN, RED, STRONG, styled};
use crate::cli::exit::Failure;
use crate::diagnostic::{CODES, Example, explain as explanation_of};

/// Every code with its title.
pub(super) fn list(console: &mut Console) {
    let lines: Vec<_> = CODES.iter().map(|it| format!("{}  {}", styled(STRONG, it.code.as_str()), it.title)).collect();
    console.print(&lines.join("\n"));
}

/// The text of one code.
pub(super) fn explain(console: &mut Console, code: &str) -> Result<(), Failure> {
    let Some(explanation) = explanation_of(code) else {
        let message = format!("`{code}` is no code; `ghagen explain` without a code lists them all");
        return Err(Failure::Usage(message));
    };
    let heading = styled(STRONG, &format!("{}: {}", explanation.code, explanation.title));
    console.print(&format!("{heading}\n\n{}\n\n{}", wrapped(explanation.text), example(explanation.example)));
    Ok(())
}

/// The mistake, and how it looks mended; or why nothing is shown.
fn example(example: Example) -> String {
    let (wrong, right) = match example {
        Example::Snippets { wrong, right } => (wrong, right),
        Example::None(reason) => return wrapped(&format!("There is no example: {reason}.")),
    };
    let part = |title: &str, style, text: &str| {
        let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
        format!("{}\n{}", styled(style, title), lines.join("\n"))
    };
    format!("{}\n\n{}", part("Wrong:", RED, wrong), part("Right:", GREEN, right))
}

/// Lines that can be read without moving one's head.
fn wrapped(text: &str) -> String {
    const WIDTH: usize = 80;
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + 1 + word.len() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_wrapped_between_words() {
        let text = "word ".repeat(40);
        let wrapped = wrapped(&text);
        assert!(wrapped.lines().all(|line| line.len() <= 80 && line.starts_with("word") && line.ends_with("word")));
        assert_eq!(wrapped.split_whitespace().count(), 40);
    }
}
