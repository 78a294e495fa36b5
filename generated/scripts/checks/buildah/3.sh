#!/usr/bin/env bash
# Made by ghagen from spec/tools/buildah.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of buildah: the runtime parts answer
#
# usage: 3.sh, by smoke/buildah.sh
# env:   what smoke/buildah.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

crun --version | grep --fixed-strings -e '+SECCOMP' >/dev/null
"$PACKAGE/usr/local/lib/podman/netavark" --version
