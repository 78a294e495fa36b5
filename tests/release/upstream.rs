//! Upstream repositories on this machine, which git finds under the addresses of the real ones.

use std::process::Command;

use crate::support::Project;

/// Who commits.
const IDENTITY: [(&str, &str); 4] = [
    ("GIT_AUTHOR_NAME", "Nobody"),
    ("GIT_AUTHOR_EMAIL", "nobody@example.org"),
    ("GIT_COMMITTER_NAME", "Nobody"),
    ("GIT_COMMITTER_EMAIL", "nobody@example.org"),
];

/// Makes git look for `https://…` below the project.
pub(super) fn rewritten<'a>(project: &Project, command: &'a mut Command) -> &'a mut Command {
    let key = format!("url.file://{}/upstream/.insteadOf", project.root().display());
    command.envs([("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", key.as_str()), ("GIT_CONFIG_VALUE_0", "https://")])
}

/// The repository `https://PATH` with these tags on commits of their own, in this order of time; the first is a plain tag, the
/// others are annotated. Gives the commits.
pub(super) fn repository(project: &Project, path: &str, tags: &[&str]) -> Vec<String> {
    let script = r#"
set -euo pipefail
git init --quiet --bare "$1"
cd -- "$1"
tree=$(git hash-object -t tree -w --stdin </dev/null)
shift
time=1000000000
for tag in "$@"; do
  time=$((time + 1000))
  export GIT_AUTHOR_DATE="$time +0000" GIT_COMMITTER_DATE="$time +0000"
  commit=$(git commit-tree -m "$tag" "$tree")
  if ((time == 1000001000)); then git tag "$tag" "$commit"; else git tag -a -m "$tag" "$tag" "$commit"; fi
  printf '%s\n' "$commit"
done
"#;
    let mut command = project.command("bash");
    command.args(["-c", script, "bash", &format!("upstream/{path}")]).args(tags).envs(IDENTITY);
    let output = project.output(&mut command);
    output.status(0);
    output.stdout().lines().map(ToOwned::to_owned).collect()
}
