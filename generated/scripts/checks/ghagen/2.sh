#!/usr/bin/env bash
# Made by ghagen from spec/tools/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of ghagen: it knows its language
#
# usage: 2.sh, by smoke/ghagen.sh
# env:   what smoke/ghagen.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
ghagen schema --kind tool | jq --exit-status '.properties.upstream' >/dev/null
