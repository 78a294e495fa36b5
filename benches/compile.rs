//! The stages from the texts of the real spec to all files, in one process and without a disk.

#![allow(missing_docs, reason = "criterion_main writes a function without a comment")]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use ghagen::compile::compile;
use ghagen::project::read_files;

fn real_spec(criterion: &mut Criterion) {
    let files = match read_files(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        Ok(files) => files,
        Err(error) => panic!("{error}"),
    };
    criterion.bench_function("compile the real spec", |bencher| bencher.iter(|| compile(black_box(&files))));
}

criterion_group!(benches, real_spec);
criterion_main!(benches);
