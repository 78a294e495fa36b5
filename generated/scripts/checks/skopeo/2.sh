#!/usr/bin/env bash
# Made by ghagen from spec/tools/skopeo.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of skopeo: mimalloc is at work
#
# usage: 2.sh, by smoke/skopeo.sh
# env:   what smoke/skopeo.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

MIMALLOC_VERBOSE=1 skopeo --version 2>&1 | grep --fixed-strings -e 'mimalloc: process init' >/dev/null
