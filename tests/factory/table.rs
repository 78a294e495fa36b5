//! What was built, as tables: how long each unit took, and what each program is.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use crate::support::{Output, Tree};

/// Seconds of each unit of a build, as the scripts printed them.
pub(super) fn times(output: &Output) -> BTreeMap<String, u64> {
    let done = |line: &str| {
        // unit 1/6 NAME VERSION (ARCH) done in 7 s
        let (unit, rest) = line.strip_prefix("ghagen: unit ")?.split_once(" done in ")?;
        Some((unit.split(' ').nth(1)?.to_owned(), rest.strip_suffix(" s")?.parse().ok()?))
    };
    output.stderr().lines().filter_map(done).collect()
}

/// The programs below a folder: path, size, machine and type, read by readelf.
pub(super) fn programs(folder: &Path) -> Vec<[String; 4]> {
    let mut rows = Vec::new();
    for path in Tree::read(folder).paths() {
        let file = folder.join(path);
        let bytes = fs_err::read(&file).unwrap();
        if file.is_symlink() || !bytes.starts_with(b"\x7fELF") {
            continue;
        }
        let header = super::machine::run(std::process::Command::new("readelf").arg("--file-header").arg(&file));
        let field = |name: &str| {
            let line = header.stdout().lines().find(|line| line.trim_start().starts_with(name)).expect("a field");
            line.trim_start()[name.len()..].trim().to_owned()
        };
        rows.push([path.to_owned(), bytes.len().to_string(), field("Machine:"), field("Type:")]);
    }
    rows
}

/// Lines with columns of the same width.
pub(super) fn table<const N: usize>(title: &str, heads: [&str; N], rows: &[[String; N]]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].len());
        cells.chain([heads[column].len()]).max().unwrap_or(0)
    };
    let mut text = format!("{title}\n");
    for row in std::iter::once(heads.map(str::to_owned)).chain(rows.iter().cloned()) {
        let line: String =
            row.iter().enumerate().map(|(column, cell)| format!("  {cell:<width$}", width = width(column))).collect();
        writeln!(text, "{}", line.trim_end()).unwrap();
    }
    text
}
