//! The proofs, handed what they must refuse. What, and the reason that each must give, is in `refusals.sh`.

use crate::support::repository;

use super::{
    builds::{image, probe, scripts},
    machine::machine,
};

#[test]
fn each_wrong_program_and_package_is_refused_for_its_own_reason() {
    let Some(mut machine) = machine() else { return };
    let built = probe(&mut machine);
    let script = repository().join("tests/factory/refusals.sh");
    let mounts = [format!("{}:/refusals.sh:ro", script.display()), format!("{}:/probe:ro", built.display())];
    let more = ["--volume", &mounts[0], "--volume", &mounts[1], "--env", "PROBE=/probe"];
    let output = machine.in_container(&image(&machine), &scripts(), &more, &["/refusals.sh"]);
    output.status(0).stdout_has("refusals: 32, each for its own reason");
}
