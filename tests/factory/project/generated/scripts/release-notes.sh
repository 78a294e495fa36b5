#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Prints the notes of a release, in Markdown.
#
# usage: release-notes.sh DIST
# env:   TOOL VERSION LINE COMMIT RELEASE_TAG REPOSITORY, checked by publish-release.sh
#        GITHUB_SERVER_URL, GITHUB_WORKFLOW_REF (set by GitHub): the identity that signed
# exit:  0 done; 2 usage
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

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(($# == 1)) && [[ -d $1 ]] || fail 2 "usage: release-notes.sh DIST"
cd -- "$1"
plan=$here/../plan/$TOOL.json
files=$("$here/release-files.sh" "$TOOL" "$LINE")

title="$(jq --raw-output '.title' "$plan") $VERSION"
if [[ $RELEASE_TAG != "$TOOL-v$VERSION" ]]; then title+=" (revision ${RELEASE_TAG##*-})"; fi
printf '%s, built from upstream commit %s.\n\n' "$title" "\`$COMMIT\`"
printf '| archive | bytes |\n|---|---|\n'
while read -r kind file; do
  if [[ $kind == archive ]]; then
    printf "| \`%s\` | %s |\n" "$file" "$(stat --format=%s -- "$file")"
  fi
done <<<"$files"
printf '\nChecksums: %s. Every file has a signature beside it (%s), made without a key by the workflow of this repository:\n\n' \
  "\`checksums.txt\`" "\`.bundle\`"
printf '    cosign verify-blob --bundle FILE%s \\\n' .bundle
printf '      --certificate-oidc-issuer https://token.actions.githubusercontent.com \\\n'
printf '      --certificate-identity %s/%s FILE\n' "${GITHUB_SERVER_URL:-https://github.com}" \
  "${GITHUB_WORKFLOW_REF:-$REPOSITORY/.github/workflows/$(jq --raw-output '.workflow' "$plan")@refs/heads/main}"
