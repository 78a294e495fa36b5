#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Writes the checksums of all files of a release, and signs the archives and the checksums without a key: the identity is
# the workflow that runs.
#
# usage: sign-release.sh DIST
# env:   TOOL LINE
#        GITHUB_SERVER_URL, GITHUB_WORKFLOW_REF (set by GitHub): the identity that every signature is verified against
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
cd -- "$1"
command -v cosign >/dev/null || fail 1 "cosign is not installed"

suffix=.sigstore.json
checksums=checksums.txt
files=$("$here/release-files.sh" "${TOOL:-}" "${LINE:-}")
mapfile -t archives < <(awk '$1 == "archive" { print $2 }' <<<"$files")
mapfile -t summed < <(awk '$1 == "archive" || $1 == "asset" { print $2 }' <<<"$files" | sort)
for file in "${summed[@]}"; do
  [[ -s $file ]] || fail 1 "$file is missing or empty in $1"
done
sha256sum -- "${summed[@]}" >"$checksums"

for file in "${archives[@]}" "$checksums"; do
  # A signature of an earlier try may be one of other bytes.
  rm --force -- "$file$suffix"
  retry cosign sign-blob --yes --bundle "$file$suffix" "$file" >/dev/null || fail 1 "$file could not be signed"
  [[ -s $file$suffix ]] || fail 1 "cosign wrote no signature of $file"
  # cosign keeps it to itself, but everybody is to read it.
  chmod 0644 -- "$file$suffix"
  if [[ -n ${GITHUB_WORKFLOW_REF:-} ]]; then
    retry cosign verify-blob --bundle "$file$suffix" \
      --certificate-oidc-issuer https://token.actions.githubusercontent.com \
      --certificate-identity "${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_WORKFLOW_REF" "$file" >/dev/null \
      || fail 1 "the signature of $file does not verify"
  fi
done
say "signed ${#archives[@]} archives and $checksums"
