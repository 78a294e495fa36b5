#!/usr/bin/env bash
# Made by ghagen from spec/tools/buildah.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of buildah: it answers with its version
#
# usage: 1.sh, by smoke/buildah.sh
# env:   what smoke/buildah.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

buildah --version | grep --fixed-strings -e "buildah version $VERSION" >/dev/null
