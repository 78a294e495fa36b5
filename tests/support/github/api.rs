//! What the mock holds, and how requests change it.

use std::{collections::BTreeMap, fmt};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{answer::Answer, http::Request};

/// A file of a release.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Asset {
    /// Its number.
    pub(crate) id: u64,
    /// Its name.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// Without the bytes, which would fill the report of a test that fails.
impl fmt::Debug for Asset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({} bytes)", self.id, self.name, self.bytes.len())
    }
}

/// A release or a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Release {
    /// Its number.
    pub(crate) id: u64,
    /// Its tag.
    pub(crate) tag: String,
    /// Whether it is a draft.
    pub(crate) draft: bool,
    /// What it was created with, and changed to.
    pub(crate) fields: BTreeMap<String, Value>,
    /// Its files.
    pub(crate) assets: Vec<Asset>,
}

/// What the mock holds.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// Releases and drafts, the oldest first.
    pub(crate) releases: Vec<Release>,
    /// Tags and the commits that they point to.
    pub(crate) tags: BTreeMap<String, String>,
    /// Runs of workflows, as GitHub lists them.
    pub(crate) runs: Vec<Value>,
    /// The bodies of the requests that started runs, with the name of the workflow.
    pub(crate) dispatches: Vec<(String, Value)>,
    /// Issues, as GitHub lists them.
    pub(crate) issues: Vec<Value>,
    /// Comments: the number of the issue, and the text.
    pub(crate) comments: Vec<(u64, String)>,
    last_id: u64,
}

impl State {
    /// A release of this tag with these files, as if published long ago.
    pub(crate) fn publish(&mut self, tag: &str, files: &[(&str, &[u8])]) {
        let assets = files.iter().map(|(name, bytes)| self.asset(name, bytes.to_vec())).collect();
        let id = self.next_id();
        self.tags.insert(tag.to_owned(), "0".repeat(40));
        self.releases.push(Release { id, tag: tag.to_owned(), draft: false, fields: BTreeMap::new(), assets });
    }

    /// The releases and drafts of a tag.
    pub(crate) fn of_tag(&self, tag: &str) -> Vec<Release> {
        self.releases.iter().filter(|release| release.tag == tag).cloned().collect()
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    fn asset(&mut self, name: &str, bytes: Vec<u8>) -> Asset {
        Asset { id: self.next_id(), name: name.to_owned(), bytes }
    }

    pub(super) fn answer(&mut self, request: &Request) -> Answer {
        let path = request.path.clone();
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let body = || serde_json::from_slice::<Value>(&request.body).unwrap_or_default();
        let number = |text: &str| text.parse::<u64>().unwrap_or_default();
        if request.method != "GET" && !request.may_write {
            return Answer::message(403, "Resource not accessible by integration");
        }
        match (request.method.as_str(), parts.as_slice()) {
            ("POST", ["uploads", id, "assets"]) => self.upload(number(id), request),
            (method, ["repos", "o", "r", rest @ ..]) => match (method, rest) {
                ("GET", ["releases"]) => {
                    let seen = self.releases.iter().rev().filter(|release| request.may_write || !release.draft);
                    Answer::page(&seen.map(release_json).collect::<Vec<_>>(), &request.query, None)
                }
                ("POST", ["releases"]) => self.create(&body()),
                ("GET", ["releases", "tags", tag]) => {
                    let found = self.releases.iter().find(|release| release.tag == *tag && !release.draft);
                    found.map_or_else(Answer::not_found, |release| Answer::json(200, &release_json(release)))
                }
                ("GET", ["releases", "assets", id]) => {
                    let found = self.releases.iter().flat_map(|it| &it.assets).find(|it| it.id == number(id));
                    found.map_or_else(Answer::not_found, |asset| Answer::bytes(asset.bytes.clone()))
                }
                ("DELETE", ["releases", "assets", id]) => {
                    for release in &mut self.releases {
                        release.assets.retain(|asset| asset.id != number(id));
                    }
                    Answer::nothing()
                }
                ("GET", ["releases", id, "assets"]) => {
                    let Some(release) = self.release(number(id)) else { return Answer::not_found() };
                    let assets: Vec<_> = release.assets.iter().map(asset_json).collect();
                    Answer::page(&assets, &request.query, None)
                }
                ("PATCH", ["releases", id]) => self.change(number(id), &body()),
                ("DELETE", ["releases", id]) => {
                    self.releases.retain(|release| release.id != number(id));
                    Answer::nothing()
                }
                ("GET", ["git", "ref", "tags", tag]) => self.tags.get(*tag).map_or_else(Answer::not_found, |commit| {
                    Answer::json(
                        200,
                        &json!({"ref": format!("refs/tags/{tag}"), "object": {"type": "commit", "sha": commit}}),
                    )
                }),
                ("GET", ["actions", "runs"]) => Answer::page(&self.runs, &request.query, Some("workflow_runs")),
                ("POST", ["actions", "workflows", file, "dispatches"]) => {
                    self.dispatches.push(((*file).to_owned(), body()));
                    Answer::nothing()
                }
                ("GET", ["issues"]) => {
                    let open: Vec<_> = self.issues.iter().filter(|it| it["state"] == "open").cloned().collect();
                    Answer::page(&open, &request.query, None)
                }
                ("POST", ["issues"]) => {
                    let mut issue = body();
                    issue["number"] = json!(self.next_id());
                    issue["state"] = json!("open");
                    issue["user"] = json!({"login": "github-actions[bot]"});
                    self.issues.push(issue.clone());
                    Answer::json(201, &issue)
                }
                ("POST", ["issues", id, "comments"]) => {
                    self.comments.push((number(id), body()["body"].as_str().unwrap_or_default().to_owned()));
                    Answer::json(201, &json!({}))
                }
                ("PATCH", ["issues", id]) => {
                    let Some(issue) = self.issues.iter_mut().find(|it| it["number"] == number(id)) else {
                        return Answer::not_found();
                    };
                    issue.as_object_mut().unwrap().extend(body().as_object().unwrap().clone());
                    Answer::json(200, &issue.clone())
                }
                _ => Answer::not_found(),
            },
            _ => Answer::not_found(),
        }
    }

    fn release(&mut self, id: u64) -> Option<&mut Release> {
        self.releases.iter_mut().find(|release| release.id == id)
    }

    fn is_published(&self, tag: &str) -> bool {
        self.releases.iter().any(|release| release.tag == tag && !release.draft)
    }

    fn create(&mut self, body: &Value) -> Answer {
        let tag = body["tag_name"].as_str().unwrap_or_default().to_owned();
        if self.is_published(&tag) {
            return Answer::refused("tag_name", "already_exists");
        }
        let draft = body["draft"] == true;
        let fields = body.as_object().cloned().unwrap_or_default().into_iter().collect();
        let release = Release { id: self.next_id(), tag, draft, fields, assets: Vec::new() };
        self.releases.push(release.clone());
        Answer::json(201, &release_json(&release))
    }

    fn change(&mut self, id: u64, body: &Value) -> Answer {
        let Some(release) = self.release(id) else { return Answer::not_found() };
        // What GitHub does: a draft that is changed without its tag is bound to none.
        let tag = body["tag_name"].as_str().map_or_else(|| format!("untagged-{id}"), ToOwned::to_owned);
        let publishes = release.draft && body["draft"] == false;
        if publishes && self.is_published(&tag) {
            return Answer::refused("tag_name", "already_exists");
        }
        let Some(release) = self.release(id) else { return Answer::not_found() };
        release.tag.clone_from(&tag);
        release.draft &= !publishes;
        release.fields.extend(body.as_object().cloned().unwrap_or_default());
        let changed = release.clone();
        if publishes {
            let target = changed.fields["target_commitish"].as_str().unwrap_or_default().to_owned();
            self.tags.entry(tag).or_insert(target);
        }
        Answer::json(200, &release_json(&changed))
    }

    fn upload(&mut self, id: u64, request: &Request) -> Answer {
        let name = request.query["name"].clone();
        let asset = self.asset(&name, request.body.clone());
        let Some(release) = self.release(id) else { return Answer::not_found() };
        if release.assets.iter().any(|asset| asset.name == name) {
            return Answer::refused("name", "already_exists");
        }
        release.assets.push(asset.clone());
        Answer::json(201, &asset_json(&asset))
    }
}

fn asset_json(asset: &Asset) -> Value {
    let digest: String = Sha256::digest(&asset.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({
        "id": asset.id,
        "name": asset.name,
        "size": asset.bytes.len(),
        "state": "uploaded",
        "digest": format!("sha256:{digest}"),
    })
}

fn release_json(release: &Release) -> Value {
    json!({
        "id": release.id,
        "tag_name": release.tag,
        "draft": release.draft,
        "body": release.fields.get("body"),
        "upload_url": format!("http://api.github.localhost/uploads/{}/assets{{?name,label}}", release.id),
        "assets": release.assets.iter().map(asset_json).collect::<Vec<_>>(),
    })
}
