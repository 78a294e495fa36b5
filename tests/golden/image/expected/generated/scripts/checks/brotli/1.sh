#!/usr/bin/env bash
# Made by ghagen from spec/tools/brotli.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of brotli: what it compressed comes back
#
# usage: 1.sh, by smoke/brotli.sh
# env:   what smoke/brotli.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
printf 'text\n' | brotli | brotli --decompress | grep --line-regexp -e text >/dev/null
