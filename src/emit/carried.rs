//! Copies of what stands below `spec/files` and `spec/patches`, byte for byte: what the container is shown of the spec.

use std::collections::BTreeSet;

use super::manifest::Record;
use super::{Artifact, Made, Request, hash};

pub(super) fn emit(request: &Request<'_>) -> Vec<Made> {
    request.model.carried.iter().map(|(path, bytes)| copy(path.as_str(), bytes)).collect()
}

fn copy(path: &str, bytes: &[u8]) -> Made {
    let sha256 = hash::of_bytes(bytes);
    Made {
        artifact: Artifact {
            path: format!("generated/{path}"),
            bytes: bytes.to_vec(),
            // The mode inside a package is the output's; here nothing runs these files.
            executable: false,
            files: BTreeSet::new(),
            origins: Vec::new(),
        },
        record: Record { inputs: sha256.clone(), sha256, executable: false, sources: vec![format!("spec/{path}")] },
    }
}
