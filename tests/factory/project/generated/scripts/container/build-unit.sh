#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Runs the recipe of one component: its output goes to a log of its own, its time and, where it fails, its last lines here.
#
# usage: build-unit.sh NAME
# env:   what run-build.sh and tools/TOOL.sh set; WORKSPACE, WORK, ARCH and UNIT_VERSION are read here
# exit:  0 done; 2 usage; 20 it failed to build; 21 its source could not be fetched; 22 a proof failed
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

if (($# != 1)) || [[ ! $1 =~ ^[a-z0-9][a-z0-9._-]*$ ]]; then
  fail 2 "usage: build-unit.sh NAME"
fi
name=$1
recipe=${WORKSPACE:?}/scripts/components/$name.sh
log=${WORK:?}/logs/$name.log
[[ -f $recipe ]] || fail 2 "there is no component $name"

say "$name${UNIT_VERSION:+ $UNIT_VERSION} (${ARCH:?}) ..."
started=$SECONDS
code=0
"$recipe" >"$log" 2>&1 </dev/null || code=$?
if ((code == 0)); then
  say "$name done in $((SECONDS - started)) s"
  exit 0
fi

say "the last lines of $log:"
tail --lines=80 -- "$log" >&2
case $code in
  21) fail 21 "$name: its source could not be fetched" ;;
  22) fail 22 "$name: built, but a proof failed" ;;
  *) fail 20 "$name: failed to build after $((SECONDS - started)) s (exit code $code)" ;;
esac
