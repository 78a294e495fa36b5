#!/usr/bin/env bash
# Made by ghagen from spec/tools/buildah.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of buildah: the other parts answer
#
# usage: 4.sh, by smoke/buildah.sh
# env:   what smoke/buildah.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

fuse-overlayfs --version
pasta --version
"$PACKAGE/usr/local/lib/podman/aardvark-dns" --version
