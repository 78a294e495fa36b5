#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Makes the prefix anew: it holds what the given units installed, and nothing else. So no unit sees one that it does not need,
# and it makes no difference whether a unit was built just now or earlier.
#
# usage: install-units.sh [NAME...]
# env:   WORK PREFIX, as run-build.sh sets them
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

[[ ${WORK:-} == /* && ${PREFIX:-} == "$WORK"/* ]] || fail 2 "WORK must be an absolute path, PREFIX one below it"
rm --recursive --force -- "$PREFIX"
mkdir --parents -- "$PREFIX"/{bin,etc,include,lib/pkgconfig}
for name; do
  installed=$WORK/units/$name/prefix
  [[ -d $installed ]] || fail 2 "$name is not built"
  cp --archive --reflink=auto -- "$installed/." "$PREFIX/"
done
