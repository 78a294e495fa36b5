#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Prints the pins of everything that the packages of a release line hold, as JSON. Each release carries them as TOOL.pins.json:
# check-version.sh compares them with those of the day, and proposes a rebuild where they differ.
#
# usage: release-pins.sh TOOL LINE
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
(($# == 2)) || fail 2 "usage: release-pins.sh TOOL LINE"
tool=$1 line=$2 plan=$here/../plan/$1.json
[[ $tool =~ ^[a-z0-9][a-z0-9._-]*$ && -f $plan ]] || fail 2 "no plan for the tool $tool"
jq --exit-status --arg line "$line" 'any(.lines[]; .line == $line)' "$plan" >/dev/null || fail 2 "$tool has no line $line"

jq --raw-output --arg line "$line" '
  # The pins that end up in the packages of a line, from the plan of the tool. The same pins are the same bytes, so the digest
  # of the file in a release says whether it holds what the lock has now.
  def pins($line):
    {
      components: (
        [.musl | select(. != null) | {built_with: null, commit, component: "musl", version}]
        + [.units[]
            | select(.line == $line and (.version != null or .built_with != null))
            | {built_with, commit, component, version}]
        | unique),
      line: $line,
      tool
    };
  pins($line) | tojson
' "$plan"
