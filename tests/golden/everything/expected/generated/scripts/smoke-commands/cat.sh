#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A command of the checks.
#
# usage: cat.sh, by checks
# env:   what the check has
# exit:  0 done; 77 the machine cannot show what the check is about; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
text='first
  second'
printf '%s: %s\n' "$text" "$SCRATCH"
