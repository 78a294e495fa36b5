#!/usr/bin/env bash
# Made by ghagen from spec/tools/ripgrep.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of ripgrep: it finds a line
#
# usage: 1.sh, by smoke/ripgrep.sh
# env:   what smoke/ripgrep.sh has, with the programs of the package and the commands of checks on PATH, and SCRATCH
# exit:  0 shown; 77 with a reason, by not-shown.sh: not shown; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
printf 'one\ntwo\n' | rg --line-number two | grep --fixed-strings --line-regexp -e '2:two' >/dev/null
