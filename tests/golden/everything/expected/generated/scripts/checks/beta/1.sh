#!/usr/bin/env bash
# Made by ghagen from spec/tools/beta.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of beta: only for alpha, so never
#
# usage: 1.sh, by smoke/beta.sh
# env:   what smoke/beta.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
false
