#!/usr/bin/env bash
# Made by ghagen from spec/tools/probe.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of probe: it answers
#
# usage: 1.sh, by smoke/probe.sh
# env:   what smoke/probe.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
probe | grep --fixed-strings -e "probe $VERSION" >/dev/null
