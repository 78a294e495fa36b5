#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Verifies the files of a release as everybody else will: the checksums hold and cover every file, and every signature was made
# by the workflow of the tool, on the branch that releases are made from.
#
# usage: verify-release.sh DIST
# env:   TOOL LINE
#        REPOSITORY           owner/name
#        GITHUB_SERVER_URL    default: https://github.com
# exit:  0 all is well; 1 something is not; 2 usage
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

say() { printf 'ghagen: %s\n' "$*" >&2; }

# fail CODE TEXT: one line for the reader of the log, on GitHub an annotation too.
fail() {
  local code=$1 text=$2
  say "$text"
  if [[ ${GITHUB_ACTIONS:-} == true ]]; then
    text=${text//'%'/%25}
    text=${text//$'\r'/%0D}
    text=${text//$'\n'/%0A}
    printf '::error::%s\n' "$text" >&2
  fi
  exit "$code"
}

# retry COMMAND...: networks fail. Three attempts, with a pause that grows.
retry() {
  local attempt
  for attempt in 1 2 3; do
    if "$@"; then return 0; fi
    if ((attempt < 3)); then
      say "attempt $attempt failed, again soon: $*"
      sleep "$((attempt * ${GHAGEN_RETRY_SECONDS:-5}))"
    fi
  done
  return 1
}

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(($# == 1)) && [[ -d $1 ]] || fail 2 "usage: verify-release.sh DIST"
tool=${TOOL:-} repository=${REPOSITORY:-}
[[ $repository =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || fail 2 "REPOSITORY must be owner/name"
files=$("$here/release-files.sh" "$tool" "${LINE:-}")
cd -- "$1"
command -v cosign >/dev/null || fail 1 "cosign is not installed"

[[ -s checksums.txt ]] || fail 1 "checksums.txt is missing or empty"
sha256sum --check --strict --quiet checksums.txt || fail 1 "the checksums do not hold"
covered=$(cut --characters=67- checksums.txt | sort)
if ! awk '$1 == "archive" || $1 == "asset" { print $2 }' <<<"$files" | sort | diff --unified - <(printf '%s\n' "$covered") >&2; then
  fail 1 "the checksums do not cover the files of the release (- missing, + too much)"
fi

suffix=.bundle
workflow=$(jq --raw-output '.workflow' "$here/../plan/$tool.json")
identity=${GITHUB_SERVER_URL:-https://github.com}/$repository/.github/workflows/$workflow@refs/heads/main
signed=0
while read -r kind file; do
  [[ $kind == archive || $kind == checksums ]] || continue
  [[ -s $file$suffix ]] || fail 1 "$file has no signature"
  retry cosign verify-blob --bundle "$file$suffix" \
    --certificate-oidc-issuer https://token.actions.githubusercontent.com \
    --certificate-identity "$identity" "$file" >/dev/null </dev/null \
    || fail 1 "the signature of $file is not one of $identity"
  signed=$((signed + 1))
done <<<"$files"
say "$signed signatures of $identity verified"
