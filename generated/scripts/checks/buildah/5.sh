#!/usr/bin/env bash
# Made by ghagen from spec/tools/buildah.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of buildah: root makes an image from nothing, with useradd and COPY
#
# usage: 5.sh, by smoke/buildah.sh
# env:   what smoke/buildah.sh has, with the programs of the package and the commands of checks on PATH, and SCRATCH
# exit:  0 shown; 77 with a reason, by not-shown.sh: not shown; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
own-storage.sh
machine-root.sh "$SCRATCH/root"
container=$(buildah from scratch)
buildah copy "$container" "$SCRATCH/root" /
timeout 60 buildah run --network none "$container" -- useradd --uid 1234 --user-group --no-create-home smoke
buildah copy --chown smoke:smoke "$container" "$SCRATCH/root/etc/group" /note
buildah config --user smoke "$container"
found=$(timeout 60 buildah run --network none "$container" -- sh -c 'id --user --name; stat --format=%U /note')
[[ $found == $'smoke\nsmoke' ]]
timeout 60 buildah commit "$container" smoke
buildah images | grep --fixed-strings -e localhost/smoke
buildah rm "$container"
