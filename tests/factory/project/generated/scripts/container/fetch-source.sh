#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Fetches a git source at exactly one commit. Where a tag is given too, it must still point to that commit.
#
# usage: fetch-source.sh URL TAG COMMIT DEST [--submodules]      (TAG may be empty)
# exit:  0 done; 2 usage; 21 the source could not be fetched, or is not what was asked for
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

submodules=false
if (($# == 5)) && [[ $5 == --submodules ]]; then
  submodules=true
elif (($# != 4)); then
  fail 2 "usage: fetch-source.sh URL TAG COMMIT DEST [--submodules]"
fi
url=$1 tag=$2 commit=$3 dest=$4
[[ $url =~ ^https://[A-Za-z0-9._~%:/@+-]+$ ]] || fail 2 "a source must be an https URL: $url"
[[ -z $tag || $tag =~ ^[0-9A-Za-z][0-9A-Za-z._+/-]*$ ]] || fail 2 "this is no tag: $tag"
[[ $commit != unresolved ]] || fail 21 "nobody has verified a commit of $url yet: run 'ghagen lock update' and 'ghagen generate'"
[[ $commit =~ ^[0-9a-f]{40}$ ]] || fail 2 "this is no commit: $commit"
[[ $dest == /* ]] || fail 2 "DEST must be an absolute path: $dest"
export GIT_TERMINAL_PROMPT=0

in_source() { git -C "$dest" "$@"; }

rm --recursive --force -- "$dest"
mkdir --parents -- "$dest"
in_source init --quiet
in_source config advice.detachedHead false
in_source config core.autocrlf false

if [[ -n $tag ]]; then
  # The tag itself comes along: some builds take their version from it.
  retry in_source fetch --quiet --depth=1 --no-tags -- "$url" "+refs/tags/$tag:refs/tags/$tag" \
    || fail 21 "the tag $tag could not be fetched from $url"
  found=$(in_source rev-parse --verify --quiet "refs/tags/$tag^{commit}") || fail 21 "the tag $tag of $url is no commit"
  [[ $found == "$commit" ]] || fail 21 "the tag $tag of $url moved: $commit was asked for, it points to $found"
elif ! in_source fetch --quiet --depth=1 --no-tags -- "$url" "$commit"; then
  # Not every server hands out a commit by its name. Every one hands out its branches and tags.
  say "$url does not serve single commits: fetching all of it"
  retry in_source fetch --quiet --tags -- "$url" '+refs/heads/*:refs/remotes/origin/*' \
    || fail 21 "$url could not be fetched"
fi
in_source checkout --quiet --detach "$commit" || fail 21 "$url does not have the commit $commit"
found=$(in_source rev-parse --verify HEAD)
[[ $found == "$commit" ]] || fail 21 "$url gave $found where $commit was asked for"

if [[ $submodules == true ]]; then
  # Which commit a submodule has is part of the commit that was just checked out.
  retry in_source submodule --quiet update --init --recursive --depth=1 \
    || fail 21 "the submodules of $url could not be fetched"
fi
