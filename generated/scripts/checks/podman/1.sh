#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of podman: it answers with its version
#
# usage: 1.sh, by smoke/podman.sh
# env:   what smoke/podman.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

podman --version | grep --fixed-strings -e "podman version $VERSION" >/dev/null
