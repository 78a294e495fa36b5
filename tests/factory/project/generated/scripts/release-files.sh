#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Lists the files of a release of a tool, one a line, as KIND NAME:
#   archive      a package; it has a signature of its own
#   asset        a file beside the packages; it is in checksums.txt, which is signed
#   checksums    the checksums of all archives and assets
#   signature    the signature of an archive, or of the checksums
#   attestation  what GitHub says about where the archives were built
# The list comes from the plan and not from a folder: a release without its arm64 archives looks fine otherwise.
#
# usage: release-files.sh TOOL LINE
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
(($# == 2)) || fail 2 "usage: release-files.sh TOOL LINE"
tool=$1 line=$2 plan=$here/../plan/$1.json
[[ $tool =~ ^[a-z0-9][a-z0-9._-]*$ && -f $plan ]] || fail 2 "no plan for the tool $tool"
[[ $line =~ ^[0-9A-Za-z][0-9A-Za-z._-]*$ ]] || fail 2 "LINE must be the name of a release line"
suffix=.bundle

archives=$(jq --raw-output --arg line "$line" '.cells[] | select(.included and .line == $line) | .artifact' "$plan" | sort)
[[ -n $archives ]] || fail 2 "$tool has nothing to release in the line $line"
while IFS= read -r archive; do
  printf 'archive %s\nsignature %s%s\nasset %s.cdx.json\n' "$archive" "$archive" "$suffix" "${archive%.tar.zst}"
done <<<"$archives"
printf 'asset %s-licenses.tar.zst\nasset install.sh\n' "$tool"
printf 'asset %s.pins.json\n' "$tool"
printf 'checksums checksums.txt\nsignature checksums.txt%s\n' "$suffix"
printf 'attestation %s.intoto.jsonl\n' "$tool"
