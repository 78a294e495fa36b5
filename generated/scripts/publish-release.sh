#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Publishes a release: a draft, all its files, a look at what arrived, and only then the release itself. Safe to run again at
# any point: what is there is used, what is missing is added, what is published is left alone.
#
# usage: publish-release.sh DIST
# env:   TOOL VERSION LINE RELEASE_TAG
#        COMMIT        the upstream commit, for the notes
#        TARGET        the commit of this repository that the tag will point to (default: GITHUB_SHA)
#        REPOSITORY    owner/name, and GH_TOKEN with `contents: write`
# exit:  0 published, now or before; 1 not published; 2 usage
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
(($# == 1)) && [[ -d $1 ]] || fail 2 "usage: publish-release.sh DIST"
dist=$(cd -- "$1" && pwd)
tool=${TOOL:-} version=${VERSION:-} line=${LINE:-} tag=${RELEASE_TAG:-} commit=${COMMIT:-} target=${TARGET:-${GITHUB_SHA:-}}
[[ $tool =~ ^[a-z0-9][a-z0-9._-]*$ && -f $here/../plan/$tool.json ]] || fail 2 "TOOL must be the name of a tool"
[[ $version =~ ^[0-9][0-9A-Za-z._+-]*$ ]] || fail 2 "VERSION must begin with a digit"
[[ $line =~ ^[0-9A-Za-z][0-9A-Za-z._-]*$ ]] || fail 2 "LINE must be the name of a release line"
[[ $tag == "$tool-v$version" || $tag =~ ^"$tool-v$version"-[1-9][0-9]{0,2}$ ]] || fail 2 "RELEASE_TAG must be $tool-v$version, or with a revision"
[[ $commit =~ ^[0-9a-f]{40}$ ]] || fail 2 "COMMIT must be a commit, 40 hexadecimal digits"
[[ $target =~ ^[0-9a-f]{40}$ ]] || fail 2 "TARGET must be a commit, 40 hexadecimal digits"
export REPOSITORY=${REPOSITORY:-}
[[ $REPOSITORY =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || fail 2 "REPOSITORY must be owner/name"
plan=$here/../plan/$tool.json

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

cd -- "$dist"

files=$("$here/release-files.sh" "$tool" "$line")
mapfile -t expected < <(awk '{ print $2 }' <<<"$files" | sort)
printf '%s\n' "${expected[@]}" >"$scratch/expected"
find . -mindepth 1 -printf '%P\n' | sort >"$scratch/found"
if ! diff --unified "$scratch/expected" "$scratch/found" >&2; then
  fail 1 "the files of $tag are not the ones that the plan lists (- missing, + too much)"
fi
sha256sum --check --strict --quiet checksums.txt || fail 1 "the checksums of $tag do not hold"
awk '{ print $2 }' checksums.txt | sort >"$scratch/summed"
if ! awk '$1 == "archive" || $1 == "asset" { print $2 }' <<<"$files" | sort | diff --unified - "$scratch/summed" >&2; then
  fail 1 "the checksums of $tag do not cover its files"
fi
while IFS= read -r file; do
  [[ -s $file ]] || fail 1 "$file is empty"
done <"$scratch/expected"

title="$(jq --raw-output '.title' "$plan") $version"
if [[ $tag != "$tool-v$version" ]]; then title+=" (revision ${tag##*-})"; fi
"$here/release-notes.sh" . >"$scratch/notes.md"
options=(--title "$title" --notes-file "$scratch/notes.md" --target "$target")
if [[ ${version,,} =~ [0-9._-](alpha|beta|rc|pre|preview|dev)[0-9._-]*$ ]]; then options+=(--prerelease); fi

# assets: NAME, SIZE and STATE of every file that the draft holds on GitHub, one a line.
assets() {
  gh release view "$tag" --repo "$REPOSITORY" --json assets \
    --jq '.assets[] | [.name, (.size | tostring), .state] | join(" ")' | sort >"$scratch/assets"
}

state=$("$here/release-state.sh" "$tag")
case $state in
  published)
    say "$tag is published already: nothing to do"
    exit 0
    ;;
  draft) say "$tag: an earlier run left a draft, which is used" ;;
  absent)
    gh release create "$tag" --repo "$REPOSITORY" --draft "${options[@]}" >&2 || fail 1 "no draft of $tag could be created"
    ;;
  *) fail 1 "unknown state of $tag: $state" ;;
esac

# What an earlier run uploaded under another name would stay for ever.
retry assets || fail 1 "the files of the draft $tag could not be listed"
while read -r name _; do
  if ! grep --line-regexp --fixed-strings -e "$name" "$scratch/expected" >/dev/null; then
    say "$tag: removing $name, which does not belong to it"
    gh release delete-asset "$tag" "$name" --repo "$REPOSITORY" --yes >&2 || fail 1 "$name could not be removed from $tag"
  fi
done <"$scratch/assets"

retry gh release upload "$tag" --repo "$REPOSITORY" --clobber -- "${expected[@]}" >&2 || fail 1 "the files of $tag could not be uploaded"

# A release is for ever: look at what arrived before, and not after.
retry assets || fail 1 "the files of the draft $tag could not be listed"
while IFS= read -r file; do
  printf '%s %s uploaded\n' "$file" "$(stat --format=%s -- "$file")"
done <"$scratch/expected" | sort >"$scratch/wanted"
if ! diff --unified "$scratch/wanted" "$scratch/assets" >&2; then
  fail 1 "GitHub holds other files of $tag than were uploaded (- uploaded, + held)"
fi

# Several tools release here, so none of them is the latest.
if ! gh release edit "$tag" --repo "$REPOSITORY" --draft=false --latest=false "${options[@]}" 2>"$scratch/errors" >&2; then
  cat -- "$scratch/errors" >&2
  if grep --fixed-strings 'immutable release' "$scratch/errors" >/dev/null; then
    fail 1 "the tag $tag was used by an immutable release before and is gone for good: take the next revision"
  fi
  fail 1 "$tag could not be published; its draft is complete, run this again"
fi
state=$("$here/release-state.sh" "$tag")
[[ $state == published ]] || fail 1 "$tag is still $state"
say "$tag is published: ${#expected[@]} files"
