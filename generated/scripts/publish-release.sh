#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Publishes a release: a draft, all its files, a look at what arrived, and only then the release itself. Safe to run again at
# any point, and beside another one: every run fills a draft of its own, of which GitHub lets one become the release.
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
releases=repos/$REPOSITORY/releases

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

cd -- "$dist"

# sweep: removes drafts of this tag that interrupted runs left. They can never become the release now, and nobody sees them:
# one that stays is no reason to fail.
sweep() {
  local drafts draft
  drafts=$(gh api "$releases?per_page=100" | jq --raw-output --arg tag "$tag" '.[] | select(.draft and .tag_name == $tag) | .id') || drafts=
  for draft in $drafts; do
    say "$tag: removing the draft $draft, which is left over"
    gh api --method DELETE "$releases/$draft" || say "$tag: the draft $draft is still there"
  done
}

is_published() {
  local state
  state=$("$here/release-state.sh" "$tag") || fail 1 "$tag: its state is not known, run this again"
  [[ $state == published ]]
}

# give_up TEXT: ends the run, well if another one was faster.
give_up() {
  if is_published; then
    sweep
    say "$tag was published by another run"
    exit 0
  fi
  fail 1 "$1; run this again"
}

if is_published; then
  say "$tag is published already: nothing to do"
  sweep
  exit 0
fi

# Before, and not after: a release is for ever.
"$here/verify-release.sh" .
files=$("$here/release-files.sh" "$tool" "$line")
mapfile -t expected < <(awk '{ print $2 }' <<<"$files" | sort)
printf '%s\n' "${expected[@]}" >"$scratch/expected"
find . -mindepth 1 -printf '%P\n' | sort >"$scratch/found"
if ! diff --unified "$scratch/expected" "$scratch/found" >&2; then
  fail 1 "the files of $tag are not the ones that the plan lists (- missing, + too much)"
fi
for file in "${expected[@]}"; do
  [[ -s $file ]] || fail 1 "$file is empty"
  printf '%s %s sha256:%s\n' "$file" "$(stat --format=%s -- "$file")" "$(sha256sum <"$file" | cut --characters=1-64)"
done >"$scratch/built"

# GitHub makes the tag when it publishes. One that is there before would stay where it is, and say something else than the notes.
tag_target() {
  gh api "repos/$REPOSITORY/git/ref/tags/$tag" --jq .object.sha >"$scratch/tag" 2>"$scratch/errors" && return 0
  : >"$scratch/tag"
  grep --fixed-strings '(HTTP 404)' "$scratch/errors" >/dev/null || {
    cat -- "$scratch/errors" >&2
    return 1
  }
}
retry tag_target || fail 1 "$tag: cannot tell whether the tag exists"
[[ ! -s $scratch/tag || $(<"$scratch/tag") == "$target" ]] \
  || fail 1 "the tag $tag exists without a release and points to $(<"$scratch/tag"): delete it, or take the next revision"

title="$(jq --raw-output '.title' "$here/../plan/$tool.json") $version"
if [[ $tag != "$tool-v$version" ]]; then title+=" (revision ${tag##*-})"; fi
prerelease=false
if [[ ${version,,} =~ [0-9._-](alpha|beta|rc|pre|preview|dev)[0-9._-]*$ ]]; then prerelease=true; fi
"$here/release-notes.sh" . >"$scratch/notes.md"
# Several tools release here, so none of them is the latest.
jq --null-input --arg tag "$tag" --arg target "$target" --arg title "$title" --rawfile notes "$scratch/notes.md" \
  --argjson prerelease "$prerelease" '{
    tag_name: $tag, target_commitish: $target, name: $title, body: $notes, prerelease: $prerelease,
    draft: true, make_latest: "false"
  }' >"$scratch/draft.json"

# A draft of our own, known by its number: by its tag, GitHub may answer with one of somebody else.
create_draft() {
  gh api --method POST "$releases" --input "$scratch/draft.json" >"$scratch/created"
}
retry create_draft || fail 1 "no draft of $tag could be created"
id=$(jq --raw-output '.id' "$scratch/created")
uploads=$(jq --raw-output '.upload_url | sub("[{].*$"; "")' "$scratch/created")
[[ $id =~ ^[0-9]+$ && $uploads =~ ^https?:// ]] || fail 1 "GitHub answered something unknown about the draft of $tag"

# held: NAME SIZE DIGEST STATE NUMBER of every file that the draft holds, one a line.
held() {
  gh api --paginate "$releases/$id/assets?per_page=100" \
    --jq '.[] | [.name, .size, .digest // "none", .state, .id] | map(tostring) | join(" ")' >"$scratch/held"
}

# upload FILE: uploads it. An attempt that failed may have left all of the file, or some of it under its name.
upload() {
  local wanted number
  if gh api --method POST "$uploads?name=$1" --header 'Content-Type: application/octet-stream' --input "$1" >/dev/null; then
    return 0
  fi
  held || return 1
  wanted=$(grep --fixed-strings -e "$1 " "$scratch/built" | awk -v name="$1" '$1 == name')
  number=$(awk -v name="$1" '$1 == name { print $5 }' "$scratch/held")
  if [[ -n $number ]] && grep --line-regexp --fixed-strings -e "$wanted uploaded $number" "$scratch/held" >/dev/null; then
    return 0
  fi
  [[ -z $number ]] || gh api --method DELETE "$releases/assets/$number" || return 1
  return 1
}
for file in "${expected[@]}"; do
  retry upload "$file" || give_up "$file could not be uploaded to $tag"
done

# Look at what arrived before, and not after.
retry held || give_up "the files of the draft of $tag could not be listed"
if ! sort "$scratch/held" | awk '{ print $1, $2, $3, $4 }' | diff --unified <(awk '{ print $0, "uploaded" }' "$scratch/built") - >&2; then
  fail 1 "GitHub holds other files of $tag than were built (- built, + held)"
fi

# The tag is said again: a draft that is changed without it loses it.
publish() {
  gh api --method PATCH "$releases/$id" --raw-field tag_name="$tag" --raw-field target_commitish="$target" --field draft=false \
    --raw-field make_latest=false >/dev/null 2>"$scratch/errors" && return 0
  cat -- "$scratch/errors" >&2
  # Perhaps GitHub published it, and the answer was lost; or another run was first.
  is_published && return 0
  # Another attempt would end in the same way.
  if grep --fixed-strings 'immutable release' "$scratch/errors" >/dev/null; then
    fail 1 "the tag $tag was used by an immutable release before and is gone for good: take the next revision"
  fi
  return 1
}
retry publish || fail 1 "$tag could not be published; run this again"
is_published || fail 1 "$tag is not published after all; run this again"
sweep
say "$tag is published: ${#expected[@]} files"
