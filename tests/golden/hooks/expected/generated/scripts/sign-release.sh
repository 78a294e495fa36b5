#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Writes down the pins and the checksums of all files of a release, signs the archives and the checksums without a key (the
# identity is the workflow that runs), and verifies what it signed.
#
# usage: sign-release.sh DIST
# env:   TOOL LINE
#        REPOSITORY             owner/name
#        GITHUB_WORKFLOW_REF    set by GitHub: who signs, which has to be whom everybody verifies
# exit:  0 done; 1 not signed; 2 usage
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
(($# == 1)) && [[ -d $1 ]] || fail 2 "usage: sign-release.sh DIST"
tool=${TOOL:-} line=${LINE:-} repository=${REPOSITORY:-}
files=$("$here/release-files.sh" "$tool" "$line")
[[ $repository =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || fail 2 "REPOSITORY must be owner/name"
workflow=$(jq --raw-output '.workflow' "$here/../plan/$tool.json")
identity=$repository/.github/workflows/$workflow@refs/heads/main
[[ ${GITHUB_WORKFLOW_REF:-} == "$identity" ]] \
  || fail 1 "signatures are verified as those of $identity, but this is ${GITHUB_WORKFLOW_REF:-no workflow}"
command -v cosign >/dev/null || fail 1 "cosign is not installed"
# Another version may sign in another way: the action that installs it is pinned, and so is this.
version=$(cosign version --json 2>/dev/null | jq --raw-output .gitVersion)
[[ $version == v1.0.0 ]] || fail 1 "cosign is $version, but the lock has v1.0.0"

"$here/release-pins.sh" "$tool" "$line" >"$1/$tool.pins.json"
cd -- "$1"
suffix=.bundle
mapfile -t archives < <(awk '$1 == "archive" { print $2 }' <<<"$files")
mapfile -t summed < <(awk '$1 == "archive" || $1 == "asset" { print $2 }' <<<"$files" | sort)
for file in "${summed[@]}"; do
  [[ -s $file ]] || fail 1 "$file is missing or empty in $1"
done
sha256sum -- "${summed[@]}" >checksums.txt

for file in "${archives[@]}" checksums.txt; do
  # A signature of an earlier try may be one of other bytes.
  rm --force -- "$file$suffix"
  retry cosign sign-blob --yes --bundle "$file$suffix" "$file" >/dev/null || fail 1 "$file could not be signed"
  [[ -s $file$suffix ]] || fail 1 "cosign wrote no signature of $file"
  # cosign keeps it to itself, but everybody is to read it.
  chmod 0644 -- "$file$suffix"
done
"$here/verify-release.sh" .
say "signed ${#archives[@]} archives and checksums.txt"
