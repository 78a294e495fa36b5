//! Units, built for real by the generated scripts from local repositories: which ones a change builds again, and what a failure
//! says. The project is in `tests/units`: a tool that needs `middle`, which needs `leaf`; and units that nobody needs.
//!
//! The toolchain is the compiler of this machine under the names that the scripts use: what is counted and compared here does
//! not depend on which compiler it is. The real one, in a container, is the matter of other tests.

mod command;
mod failures;
mod workshop;

use workshop::Workshop;

const ALL: [&str; 6] = ["leaf", "middle", "other", "patched", "report", "settings"];

/// Builds, and asserts which units were built; all others were reused.
#[track_caller]
fn assert_built(workshop: &Workshop, expected: &[&str]) {
    let output = workshop.build();
    output.status(0);
    let (built, reused) = workshop::outcomes(&output);
    assert_eq!(built, expected, "built\n{output}");
    let rest: Vec<&str> = ALL.into_iter().filter(|name| !expected.contains(name)).collect();
    assert_eq!(reused, rest, "reused\n{output}");
}

#[test]
fn what_did_not_change_is_not_built_again() {
    let Some(workshop) = Workshop::new() else { return };
    assert_built(&workshop, &ALL);
    assert_built(&workshop, &[]);
}

#[test]
fn a_flag_rebuilds_the_unit_and_those_that_need_it() {
    let Some(workshop) = Workshop::new() else { return };
    assert_built(&workshop, &ALL);
    workshop.edit_all("spec/components/leaf.yaml", "LEVEL: '1'", "LEVEL: '2'");
    assert_built(&workshop, &["leaf", "middle", "report"]);
    workshop.edit("spec/components/middle.yaml", "-I{prefix}/include", "-I{prefix}/include -DX");
    assert_built(&workshop, &["middle", "report"]);
    workshop.edit("spec/components/other.yaml", "targets: [libother.a]", "variables: {CFLAGS: -Wall}");
    assert_built(&workshop, &["other"]);
    // And back: the earlier results are still there.
    workshop.edit_all("spec/components/leaf.yaml", "LEVEL: '2'", "LEVEL: '1'");
    workshop.edit("spec/components/middle.yaml", "-I{prefix}/include -DX", "-I{prefix}/include");
    assert_built(&workshop, &[]);
}

#[test]
fn the_environment_of_a_build_reaches_every_recipe_and_every_key() {
    let Some(workshop) = Workshop::new() else { return };
    assert_built(&workshop, &ALL);
    workshop.edit("spec/tools/report.yaml", "variants:", "environment: {GREETING: 'good  day '}\n\nvariants:");
    workshop.edit("spec/components/report.yaml", "$LINE_GREETING", "$GREETING");
    assert_built(&workshop, &ALL);
    let text = workshop.root().join("build/report-amd64/install/lib/report.txt");
    assert_eq!(fs_err::read_to_string(text).unwrap(), "good  day  1.0\n");
    assert_built(&workshop, &[]);
    // Not asked for by any recipe, and yet a compiler may read it.
    workshop.edit("spec/ghagen.yaml", "  minimum_clang: 18", "  environment: {LEVEL: '1'}\n  minimum_clang: 18");
    assert_built(&workshop, &ALL);
    workshop.edit("spec/ghagen.yaml", "LEVEL: '1'", "LEVEL: {value: '1', when: {arch: arm64}}");
    assert_built(&workshop, &[]);
}

#[test]
fn each_kind_of_input_rebuilds_what_uses_it() {
    let Some(workshop) = Workshop::new() else { return };
    assert_built(&workshop, &ALL);
    workshop.edit("spec/patches/patched/text.patch", "+new", "+newer");
    assert_built(&workshop, &["patched"]);
    workshop.edit("spec/files/etc/report.conf", "level = 1", "level = 2");
    assert_built(&workshop, &["settings"]);
    workshop.edit("spec/tools/report.yaml", "greeting: hello", "greeting: good morning");
    assert_built(&workshop, &["report"]);
    // A new pin of a library, and a new version of the tool itself.
    workshop.release("other", "v1.1", "other.c", "return 7", "return 8");
    assert_built(&workshop, &["other"]);
    workshop.release("report", "v1.1", "report.c", "middle() + ", "2 * middle() + ");
    assert_built(&workshop, &["report"]);
    // The toolchain: a package of the machine, and the script that sets it up.
    workshop.edit("toolchain/upgraded", "no", "yes");
    assert_built(&workshop, &ALL);
    workshop.edit("spec/ghagen.yaml", "minimum_clang: 18", "minimum_clang: 19");
    assert_built(&workshop, &ALL);
    assert_built(&workshop, &[]);
}

#[test]
fn reuse_gives_the_bytes_of_a_fresh_build() {
    let Some(workshop) = Workshop::new() else { return };
    workshop.build().status(0);
    workshop.edit_all("spec/components/leaf.yaml", "LEVEL: '1'", "LEVEL: '2'");
    assert_built(&workshop, &["leaf", "middle", "report"]);
    let reused = workshop.packages();
    // Two packages, and the licences.
    assert_eq!(reused.len(), 3, "{reused:?}");
    let output = workshop.build_with(&[("GHAGEN_REUSE", "off")]);
    output.status(0);
    assert_eq!(workshop::outcomes(&output), (ALL.to_vec(), vec![]), "{output}");
    assert_eq!(reused, workshop.packages());
    // Without a trace of earlier builds, too.
    fs_err::remove_dir_all(workshop.root().join("build")).unwrap();
    assert_built(&workshop, &ALL);
    assert_eq!(reused, workshop.packages());
}

#[test]
fn an_entry_that_is_not_whole_is_not_used() {
    let Some(workshop) = Workshop::new() else { return };
    assert_built(&workshop, &ALL);
    let entry = workshop.entry("leaf");
    let bytes = fs_err::read(&entry).unwrap();
    // What a killed build leaves has another name.
    fs_err::rename(&entry, entry.with_extension("zst.partial")).unwrap();
    assert_built(&workshop, &["leaf"]);
    assert!(!entry.with_extension("zst.partial").exists(), "the partial file is still there");
    // A disk that was full, or a machine that lost its power.
    fs_err::write(&entry, &bytes[..bytes.len() / 2]).unwrap();
    assert_built(&workshop, &["leaf"]);
    let mut damaged = fs_err::read(&entry).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x40;
    fs_err::write(&entry, damaged).unwrap();
    assert_built(&workshop, &["leaf"]);
    assert_built(&workshop, &[]);
}

#[test]
fn a_unit_sees_what_it_needs_and_nothing_else() {
    let Some(workshop) = Workshop::new() else { return };
    workshop.edit("spec/components/middle.yaml", "needs: [leaf]", "needs: [other]");
    let output = workshop.build();
    output.status(20).stderr_has("middle 1.0 (amd64) failed at compile").stderr_has("leaf.h");
    // `report` sees what `middle` needs in turn.
    workshop.edit("spec/components/middle.yaml", "needs: [other]", "needs: [leaf]");
    workshop.build().status(0);
    let work = workshop.root().join("build/report-amd64");
    assert_eq!(fs_err::read_to_string(work.join("units/report/closure")).unwrap(), "leaf\nmiddle\n");
    // In the end all of it is there.
    for path in ["lib/libleaf.a", "lib/libmiddle.a", "lib/libother.a", "lib/report.o", "etc/report.conf", "share/text"]
    {
        assert!(work.join("install").join(path).is_file(), "{path} is not installed");
    }
}

#[test]
fn variants_share_units() {
    let Some(workshop) = Workshop::new() else { return };
    let output = workshop.build_with(&[("VARIANT", "default")]);
    output.status(0);
    assert_eq!(workshop::outcomes(&output).0, ["leaf", "middle", "report"], "{output}");
    // The other variant needs the same three and three more.
    assert_built(&workshop, &["other", "patched", "settings"]);
    assert_eq!(workshop.packages().len(), 3);
}
