//! The gate of a random project.

use ghagen::yaml::Node;

use super::{
    node::{mapping, text},
    spec::{tags, url},
};
use crate::support::Random;

/// Where the gate gets ghagen from.
pub(super) fn generator(random: &mut Random, arches: &[&str]) -> Node {
    if random.chance(30) {
        let sha256 = arches.iter().map(|arch| (*arch, text("0123456789abcdef".repeat(4)))).collect::<Vec<_>>();
        let release = [("repository", text("a-b/c.d")), ("version", text("1.2.3-rc1")), ("sha256", mapping(sha256))];
        mapping([("release", mapping(release))])
    } else if random.chance(50) {
        mapping([("path", text(random.pick(&[".", "tools/ghagen"])))])
    } else {
        mapping([("git", mapping([("url", url("ghagen")), ("tags", tags())]))])
    }
}
