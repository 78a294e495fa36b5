#!/usr/bin/env bash
# Made by ghagen from spec/tools/lz4.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of lz4: what it compressed comes back
#
# usage: 1.sh, by smoke/lz4.sh
# env:   what smoke/lz4.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
printf 'text\n' | lz4 | lz4 --decompress | grep --line-regexp -e text >/dev/null
