#!/usr/bin/env bash
# Made by ghagen from spec/tools/alpha.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of alpha: it's "quoted": $HOME, `x`, 100%, \n, # and → ü
#
# usage: 1.sh, by smoke/alpha.sh
# env:   what smoke/alpha.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
alpha --version
