//! How a workflow gets ghagen: from this repository, from another one, or as a released program.

use super::part;
use crate::gha::{Literal, Step, env_name, literal, script};
use crate::model::{Generator, Model};
use crate::plan::PlanError;
use crate::source::Origin;

/// The one variant of ghagen's packages that is the program alone.
const VARIANT: &str = "standalone";

/// Installs ghagen as `$HOME/.cargo/bin/ghagen`, from where the gate has it.
pub(super) fn install(model: &Model) -> Result<Step, PlanError> {
    let name = literal!("Install ghagen");
    Ok(match &model.project.generator {
        Generator::Path(folder) => Step::run(name, script!("cargo install --locked --path \"$GENERATOR\""))
            .env(env_name!("GENERATOR"), part::literal("a path", folder.as_str())?)
            .value("env.GENERATOR", generator(model).key("path")),
        Generator::Git(git) => part::install_ghagen(git)?,
        Generator::Release(release) => {
            let arch = model.project.arches.keys().next().copied();
            let arch = arch.ok_or_else(|| PlanError::Unpinned("ghagen".to_owned()))?;
            let sha256 = release.sha256.get(&arch).ok_or_else(|| PlanError::Unpinned(format!("ghagen for {arch}")))?;
            let (repository, version) = (&release.repository, release.version.as_str());
            let url = format!(
                "https://github.com/{repository}/releases/download/ghagen-v{version}/ghagen-{VARIANT}-linux-{arch}.tar.zst"
            );
            let run = script!(
                r#"set -euo pipefail
archive=$RUNNER_TEMP/ghagen.tar.zst
curl --fail --silent --show-error --location --proto '=https' --proto-redir '=https' --retry 3 --output "$archive" -- "$GENERATOR"
printf '%s  %s\n' "$GENERATOR_SHA256" "$archive" | sha256sum --check --strict
mkdir -p "$HOME/.cargo/bin"
tar --zstd --extract --file "$archive" --directory "$HOME/.cargo/bin" --strip-components=1 --no-same-owner "$GENERATOR_FILE""#
            );
            Step::run(name, run)
                .env(env_name!("GENERATOR"), part::literal("an address", &url)?)
                .env(env_name!("GENERATOR_SHA256"), part::literal("a checksum", sha256.as_str())?)
                .env(env_name!("GENERATOR_FILE"), part::literal("a file", &format!("ghagen-v{version}/ghagen"))?)
                .comment("The released program, and no other: the checksum is in the spec.")
                .value("env", release.origin.clone())
                .origin(release.origin.clone())
        }
    })
}

/// Where the spec says where ghagen comes from.
pub(super) fn generator(model: &Model) -> Origin {
    model.project.origin.key("gate").key("generator")
}

/// What a contributor runs, and how they get it.
pub(super) struct ForPeople {
    /// The program with what goes before its own arguments.
    pub(super) command: Literal,
    /// How to get it.
    pub(super) install: Literal,
}

/// The same ghagen, for those whose pull request failed.
pub(super) fn for_people(model: &Model) -> Result<ForPeople, PlanError> {
    let command = "ghagen".to_owned();
    let (command, install) = match &model.project.generator {
        Generator::Path(folder) => {
            let place = match folder.as_str() {
                "." => String::new(),
                folder => format!(" --manifest-path {folder}/Cargo.toml"),
            };
            (format!("cargo run --release --locked{place} --"), "cargo builds it from this repository".to_owned())
        }
        Generator::Git(git) => {
            let install = match git.pin(None) {
                Some(pin) => format!("cargo install --locked --git {} --rev {} ghagen", git.url, pin.commit.as_str()),
                None => format!("from {}, once the lock has its commit", git.url),
            };
            (command, install)
        }
        Generator::Release(release) => {
            let page = format!("https://github.com/{}/releases/tag/ghagen-v{}", release.repository, release.version);
            (command, format!("install.sh of {page}"))
        }
    };
    Ok(ForPeople { command: part::literal("a command", &command)?, install: part::literal("a command", &install)? })
}
