//! Digests of images, by the API that every registry has. Anonymous: what needs a password is not resolved.

mod address;
mod curl;

use std::fmt::Write;
use std::slice;

use sha2::{Digest, Sha256};

use crate::model::ImageName;
use address::Address;
use curl::Answer;

/// Every form that an index or a manifest can have; the index first, since it holds all arches.
const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, \
                      application/vnd.docker.distribution.manifest.list.v2+json, \
                      application/vnd.oci.image.manifest.v1+json, \
                      application/vnd.docker.distribution.manifest.v2+json";

/// What an index says that it is. Anything else holds one arch alone, or what nobody knows.
const INDEXES: [&str; 2] =
    ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"];

/// Why a registry gave no digest.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// There is no curl.
    #[error("curl cannot be started: {0}")]
    NoCurl(#[source] std::io::Error),
    /// Something on this machine.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// No answer.
    #[error("{0}")]
    Unreachable(String),
    /// Not the answer that was hoped for.
    #[error("{address} answers {status}{}", hint(*.status))]
    Status {
        /// What was asked.
        address: String,
        /// The status of HTTP.
        status: u16,
    },
    /// An answer that makes no sense.
    #[error("{0}")]
    Answer(String),
}

const fn hint(status: u16) -> &'static str {
    match status {
        401 | 403 => ": it wants a password, or there is no such image",
        404 => ": there is no such image",
        429 => ": too many requests; try again later",
        _ => "",
    }
}

/// The digest of the index that a tag names now: computed from what the registry sends, and compared with what it says.
pub(super) fn digest(image: &ImageName) -> Result<String, RegistryError> {
    let address = Address::of(image);
    let url = address.manifest();
    let accept = format!("Accept: {ACCEPT}");
    let mut answer = curl::get(&address, &url, slice::from_ref(&accept))?;
    if answer.status == 401 {
        let token = token(&address, &answer)?;
        answer = curl::get(&address, &url, &[accept, format!("Authorization: Bearer {token}")])?;
    }
    if answer.status != 200 {
        return Err(RegistryError::Status { address: url, status: answer.status });
    }
    let kind = answer.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !INDEXES.contains(&kind) {
        let message = format!("{url} is no index of several arches, but `{kind}`: its digest would fix one arch alone");
        return Err(RegistryError::Answer(message));
    }
    let digest = sha256(&answer.body);
    match answer.header("docker-content-digest") {
        Some(said) if said != digest => {
            Err(RegistryError::Answer(format!("{url} is said to be {said}, but what came is {digest}")))
        }
        _ => Ok(digest),
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold("sha256:".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The token that the registry wants even from those who have no password, from where it says.
fn token(address: &Address, refusal: &Answer) -> Result<String, RegistryError> {
    let refused = || RegistryError::Status { address: address.manifest(), status: 401 };
    let challenge = refusal.header("www-authenticate").and_then(address::challenge).ok_or_else(refused)?;
    let url = challenge.url(address).ok_or_else(refused)?;
    let answer = curl::get(address, &url, &[])?;
    if answer.status != 200 {
        return Err(RegistryError::Status { address: url, status: answer.status });
    }
    let bad = || RegistryError::Answer(format!("{url} sends no token"));
    let value: serde_json::Value = serde_json::from_slice(&answer.body).map_err(|_| bad())?;
    let token = value.get("token").or_else(|| value.get("access_token")).and_then(serde_json::Value::as_str);
    let is_token = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    token.filter(is_token).map(ToOwned::to_owned).ok_or_else(bad)
}
