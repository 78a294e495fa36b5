#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Prints the notes of a release, in Markdown: what it was built from, what is in it, how to verify it and how to install it.
#
# usage: release-notes.sh DIST
# env:   TOOL VERSION LINE COMMIT RELEASE_TAG REPOSITORY, checked by publish-release.sh
#        UPSTREAM_TAG (may be empty)
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
upstream_tag=${UPSTREAM_TAG:-}
[[ -z $upstream_tag || $upstream_tag =~ ^[0-9A-Za-z][0-9A-Za-z._+/-]*$ ]] || fail 2 "UPSTREAM_TAG is no tag"
plan=$here/../plan/$TOOL.json parts=$here/../sbom/$TOOL.json
server=${GITHUB_SERVER_URL:-https://github.com}
workflow=$(jq --raw-output '.workflow' "$plan")
identity=$server/${GITHUB_WORKFLOW_REF:-$REPOSITORY/.github/workflows/$workflow@refs/heads/release/1.x}

title="$(jq --raw-output '.title' "$plan") $VERSION"
if [[ $RELEASE_TAG != "$TOOL-v$VERSION" ]]; then title+=" (revision ${RELEASE_TAG##*-})"; fi
# Where upstream tells about this version, as the spec says; else where its source is.
page=$(jq --raw-output --arg tag "$upstream_tag" --arg version "$VERSION" --arg own "$server/$REPOSITORY" '
  if .upstream.page and $tag != "" then .upstream.page | split("{tag}") | join($tag) | split("{version}") | join($version)
  else .upstream.url // $own end' "$plan")
printf '%s, built from [%s](%s), commit %s.\n\n' "$title" "${upstream_tag:-upstream}" "$page" "\`$COMMIT\`"

printf '## Install\n\n'
printf '~~~sh\ncurl --fail --location --remote-name %s/%s/releases/download/%s/install.sh\nsh install.sh --help\n~~~\n\n' \
  "$server" "$REPOSITORY" "$RELEASE_TAG"
printf 'It checks what it downloads, and %s removes all of it. Or unpack an archive yourself:\n\n' "\`--uninstall\`"
printf '| archive | variant | arch | bytes |\n|---|---|---|---|\n'
cells=$(jq --raw-output --arg line "$LINE" \
  '.cells[] | select(.included and .line == $line) | [.artifact, .variant, .arch] | @tsv' "$plan")
while IFS=$'\t' read -r archive variant arch; do
  printf "| \`%s\` | %s | %s | %s |\n" "$archive" "$variant" "$arch" "$(stat --format=%s -- "$archive")"
done <<<"$cells"

printf '\n## Verify\n\n'
printf '~~~sh\nsha256sum --check --ignore-missing checksums.txt\n'
printf 'cosign verify-blob --bundle checksums.txt%s \\\n' .sigstore.json
printf '  --certificate-oidc-issuer https://token.actions.githubusercontent.com \\\n'
printf '  --certificate-identity %s checksums.txt\n' "$identity"
printf '~~~\n\nEvery archive has a signature of its own, too: the same command with its name and %s behind it.\n' "\`.sigstore.json\`"

printf '\n## What is in it\n\n| component | version | licence | commit |\n|---|---|---|---|\n'
jq --raw-output --arg line "$LINE/" --arg version "$VERSION" --arg commit "$COMMIT" '
  [.parts[] | select(any(.places[]; startswith($line)))] | unique_by(.id, .component.version)[]
  | [(.id | ltrimstr("toolchain-")),
      (if .of_run then $version else .component.version // "" end),
      .component.licenses[0].expression,
      (if .of_run then $commit else .source.commit // "" end | if . == "" then "" else "`\(.)`" end)]
  | "| \(join(" | ")) |"' "$parts"
printf '\nThe bill of materials of each archive is in the file with %s in place of %s; ' "\`.cdx.json\`" "\`.tar.zst\`"
printf 'the texts of all licences, and where each source is, are in %s.\n' "\`$TOOL-licenses.tar.zst\`"
