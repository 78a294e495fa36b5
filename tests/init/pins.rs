//! The pins that a new project starts with are those of this repository's own lock.

use ghagen::init::{Tool, texts};
use serde_json::{Map, Value};

use crate::support::repository;

/// The sections of a lock, by name; read with another reader than ghagen's own.
fn sections(text: &str) -> Map<String, Value> {
    let lock: Map<String, Value> = serde_yaml::from_str(text).unwrap();
    lock.into_iter().filter(|(name, _)| name != "lock").collect()
}

#[test]
fn they_are_equal_pin_by_pin() {
    let start = texts(&Tool::example().unwrap()).remove(ghagen::lock::PATH).unwrap();
    let start = sections(&start);
    let own = sections(&fs_err::read_to_string(repository().join(ghagen::lock::PATH)).unwrap());
    assert_eq!(start.keys().collect::<Vec<_>>(), own.keys().collect::<Vec<_>>());
    let mut count = 0;
    for (section, pins) in &start {
        for (name, pin) in pins.as_object().unwrap() {
            assert_eq!(Some(pin), own[section].get(name), "src/init/start.lock: {section}: {name}");
            count += 1;
        }
    }
    assert!(count > 12, "{count}");
    // Whatever a workflow or a build system runs is there; sources are only those that a new project is made from.
    for section in ["actions", "tools"] {
        assert_eq!(start[section], own[section], "src/init/start.lock: {section}");
    }
}
