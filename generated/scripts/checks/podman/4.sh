#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of podman: the other parts answer
#
# usage: 4.sh, by smoke/podman.sh
# env:   what smoke/podman.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

fuse-overlayfs --version
pasta --version
"$PACKAGE/usr/local/lib/podman/aardvark-dns" --version
"$PACKAGE/usr/local/lib/podman/catatonit" --version
"$PACKAGE/usr/local/libexec/podman/quadlet" -version
