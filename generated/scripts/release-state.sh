#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Tells the state of a release of this repository: published or absent. A draft is absent: who may only read does not see it.
#
# usage: release-state.sh TAG
# env:   REPOSITORY (owner/name), GH_TOKEN
# exit:  0 done, one word on standard output; 2 usage; 1 the state could not be found out
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

if (($# != 1)) || [[ ! $1 =~ ^[A-Za-z0-9][A-Za-z0-9._+-]*$ ]]; then
  fail 2 "usage: release-state.sh TAG"
fi
tag=$1
[[ ${REPOSITORY:-} =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || fail 2 "REPOSITORY must be owner/name"

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

# gh ends with 1 for "not there" and for "no network" alike: only its words tell them apart, and a guess would publish twice.
look() {
  if gh api "repos/$REPOSITORY/releases/tags/${tag//+/%2B}" --jq .draft >"$scratch/draft" 2>"$scratch/errors"; then
    return 0
  fi
  if grep --fixed-strings '(HTTP 404)' "$scratch/errors" >/dev/null; then
    printf 'absent\n' >"$scratch/draft"
    return 0
  fi
  cat -- "$scratch/errors" >&2
  return 1
}

retry look || fail 1 "cannot tell whether the release $tag exists in $REPOSITORY"
case $(<"$scratch/draft") in
  false) printf 'published\n' ;;
  true | absent) printf 'absent\n' ;;
  *) fail 1 "gh answered something unknown about the release $tag: $(<"$scratch/draft")" ;;
esac
