//! Where an image is on the network, and where a registry sends those who ask for a token.

use std::net::Ipv4Addr;

use crate::model::ImageName;

/// Docker Hub has three names: in images, of its registry, and a folder for what belongs to nobody.
const DOCKER_HUB: &str = "docker.io";
const DOCKER_HUB_REGISTRY: &str = "registry-1.docker.io";
const DOCKER_HUB_OWNER: &str = "library";

/// An image on the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    registry: String,
    repository: String,
    tag: String,
    /// Whether the registry runs on this very machine: plain HTTP, and past any proxy.
    pub(super) is_loopback: bool,
}

impl Address {
    pub(super) fn of(image: &ImageName) -> Self {
        let (name, tag) = image.as_str().rsplit_once(':').unwrap_or((image.as_str(), "latest"));
        let (registry, repository) = name.split_once('/').unwrap_or((name, ""));
        let is_loopback = is_loopback(registry);
        let (registry, repository) = match (registry, repository.contains('/')) {
            (DOCKER_HUB, true) => (DOCKER_HUB_REGISTRY, repository.to_owned()),
            (DOCKER_HUB, false) => (DOCKER_HUB_REGISTRY, format!("{DOCKER_HUB_OWNER}/{repository}")),
            _ => (registry, repository.to_owned()),
        };
        Self { registry: registry.to_owned(), repository, tag: tag.to_owned(), is_loopback }
    }

    /// Where the index is.
    pub(super) fn manifest(&self) -> String {
        let scheme = if self.is_loopback { "http" } else { "https" };
        format!("{scheme}://{}/v2/{}/manifests/{}", self.registry, self.repository, self.tag)
    }
}

fn is_loopback(registry: &str) -> bool {
    let host = registry.split_once(':').map_or(registry, |(host, _)| host);
    host == "localhost" || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

/// What a registry answers to those without a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Challenge {
    realm: String,
    service: Option<String>,
    scope: Option<String>,
}

/// Reads `Bearer realm="https://...",service="...",scope="..."`.
pub(super) fn challenge(header: &str) -> Option<Challenge> {
    let mut rest = header.trim().strip_prefix("Bearer ").or_else(|| header.trim().strip_prefix("bearer "))?;
    let (mut realm, mut service, mut scope) = (None, None, None);
    while let Some((key, tail)) = rest.split_once("=\"") {
        // A scope may hold commas, so the value ends at its quote.
        let (value, tail) = tail.split_once('"')?;
        match key.trim_matches([',', ' ']) {
            "realm" => realm = Some(value.to_owned()),
            "service" => service = Some(value.to_owned()),
            "scope" => scope = Some(value.to_owned()),
            _ => {}
        }
        rest = tail;
    }
    Some(Challenge { realm: realm?, service, scope })
}

impl Challenge {
    /// Where the token is. `None` where a registry would send us over plain HTTP to anywhere but this machine.
    pub(super) fn url(&self, address: &Address) -> Option<String> {
        let host = |rest: &str| rest.split(['/', '?']).next().map(ToOwned::to_owned);
        let is_safe = self.realm.starts_with("https://")
            || address.is_loopback
                && self.realm.strip_prefix("http://").and_then(host).is_some_and(|host| is_loopback(&host));
        if !is_safe || !self.realm.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let scope = self.scope.clone().unwrap_or_else(|| format!("repository:{}:pull", address.repository));
        let service = self.service.iter().map(|service| format!("service={}&", escaped(service)));
        let start = if self.realm.contains('?') { '&' } else { '?' };
        Some(format!("{}{start}{}scope={}", self.realm, service.collect::<String>(), escaped(&scope)))
    }
}

/// A value of a query.
fn escaped(text: &str) -> String {
    let escape = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~:/,".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(image: &str) -> Address {
        Address::of(&ImageName::parse(image).unwrap())
    }

    #[test]
    fn names_become_addresses() {
        for (image, url) in [
            ("docker.io/ubuntu:rolling", "https://registry-1.docker.io/v2/library/ubuntu/manifests/rolling"),
            ("docker.io/a/b:1", "https://registry-1.docker.io/v2/a/b/manifests/1"),
            ("ghcr.io/a/b:1", "https://ghcr.io/v2/a/b/manifests/1"),
            ("127.0.0.1:5000/a:1", "http://127.0.0.1:5000/v2/a/manifests/1"),
            ("localhost:5000/a:1", "http://localhost:5000/v2/a/manifests/1"),
            ("127.0.0.1.example.org/a:1", "https://127.0.0.1.example.org/v2/a/manifests/1"),
        ] {
            assert_eq!(address(image).manifest(), url);
        }
    }

    #[test]
    fn a_challenge_leads_to_a_token() {
        let header = r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/ubuntu:pull,push""#;
        let url = challenge(header).unwrap().url(&address("docker.io/ubuntu:rolling")).unwrap();
        let query = "service=registry.docker.io&scope=repository:library/ubuntu:pull,push";
        assert_eq!(url, format!("https://auth.docker.io/token?{query}"));
        let short = challenge(r#"Bearer realm="https://a.b/t?x=1""#).unwrap();
        assert_eq!(short.url(&address("ghcr.io/a/b:1")).unwrap(), "https://a.b/t?x=1&scope=repository:a/b:pull");
    }

    #[test]
    fn nobody_is_sent_over_plain_http() {
        let challenge = |realm: &str| challenge(&format!("Bearer realm=\"{realm}\"")).unwrap();
        assert_eq!(challenge("http://a.b/t").url(&address("ghcr.io/a/b:1")), None);
        assert_eq!(challenge("http://127.0.0.1:1/t").url(&address("ghcr.io/a/b:1")), None);
        assert_eq!(challenge("http://a.b/t").url(&address("localhost:5000/a:1")), None);
        assert!(challenge("http://127.0.0.1:1/t").url(&address("localhost:5000/a:1")).is_some());
        assert_eq!(super::challenge("Basic realm=\"x\""), None);
    }
}
