#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Ends a check that this machine cannot show: keeps the reason, and ends with 77. A check that calls it as a command of its own
# ends there as well.
#
# usage: not-shown.sh REASON      (one line: what the machine lacks)
# env:   SMOKE_REASON, the file for the reason
# exit:  77 always; 2 usage
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

if (($# != 1)) || [[ -z $1 || $1 == *$'\n'* ]]; then
  printf 'usage: not-shown.sh REASON, in one line\n' >&2
  exit 2
fi
printf '%s\n' "$1" >"${SMOKE_REASON:?}"
exit 77
