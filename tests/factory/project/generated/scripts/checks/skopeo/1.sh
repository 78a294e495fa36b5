#!/usr/bin/env bash
# Made by ghagen from spec/tools/skopeo.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of skopeo: it answers with its version
#
# usage: 1.sh, by smoke/skopeo.sh
# env:   what smoke/skopeo.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
skopeo --version | grep --fixed-strings -e "skopeo version $VERSION" >/dev/null
