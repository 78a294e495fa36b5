#!/usr/bin/env bash
# Made by ghagen from spec/tools/jq.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of jq: it has regular expressions
#
# usage: 1.sh, by smoke/jq.sh
# env:   what smoke/jq.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
jq --null-input --exit-status '"one" | test("^o.e$")' >/dev/null
