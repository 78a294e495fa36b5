#!/usr/bin/env bash
# Made by ghagen from spec/tools/ripgrep.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of ripgrep: it finds a line
#
# usage: 1.sh, by smoke/ripgrep.sh
# env:   what smoke/ripgrep.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
printf 'one\ntwo\n' | rg --line-number two | grep --fixed-strings --line-regexp -e '2:two' >/dev/null
