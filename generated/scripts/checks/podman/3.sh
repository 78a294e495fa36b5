#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of podman: the runtime parts answer
#
# usage: 3.sh, by smoke/podman.sh
# env:   what smoke/podman.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

crun --version | grep --fixed-strings -e '+SECCOMP' >/dev/null
crun --version | grep --fixed-strings -e '+JSON_C' >/dev/null
"$PACKAGE/usr/local/lib/podman/conmon" --version
"$PACKAGE/usr/local/lib/podman/netavark" --version
