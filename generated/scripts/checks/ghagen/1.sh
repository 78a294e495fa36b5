#!/usr/bin/env bash
# Made by ghagen from spec/tools/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of ghagen: it answers with its version
#
# usage: 1.sh, by smoke/ghagen.sh
# env:   what smoke/ghagen.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
ghagen --version | grep --fixed-strings -e "ghagen $VERSION" >/dev/null
