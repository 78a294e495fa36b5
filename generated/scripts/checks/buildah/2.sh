#!/usr/bin/env bash
# Made by ghagen from spec/tools/buildah.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of buildah: mimalloc is at work
#
# usage: 2.sh, by smoke/buildah.sh
# env:   what smoke/buildah.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

MIMALLOC_VERBOSE=1 buildah --version 2>&1 | grep --fixed-strings -e 'mimalloc: process init' >/dev/null
