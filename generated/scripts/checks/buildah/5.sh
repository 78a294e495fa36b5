#!/usr/bin/env bash
# Made by ghagen from spec/tools/buildah.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of buildah: an image from nothing, with a program that runs in it
#
# usage: 5.sh, by smoke/buildah.sh
# env:   what smoke/buildah.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

as_root=()
if ((EUID != 0)); then as_root=(sudo); fi
work=$(mktemp --directory)
printf '[engine]\nhelper_binaries_dir = ["%s/usr/local/lib/podman"]\n' "$PACKAGE" >"$work/containers.conf"
buildah=("${as_root[@]}" env PATH="$PATH" CONTAINERS_CONF="$work/containers.conf"
  buildah --root "$work/root" --runroot "$work/run" --storage-driver vfs)
container=$("${buildah[@]}" from scratch)
"${buildah[@]}" copy "$container" "$PACKAGE/usr/local/bin/buildah" /buildah
"${buildah[@]}" run --isolation chroot "$container" -- /buildah --version \
  | grep --fixed-strings -e "buildah version $VERSION"
"${buildah[@]}" commit --signature-policy "$PACKAGE/etc/containers/policy.json" "$container" smoke
"${buildah[@]}" images | grep --fixed-strings -e localhost/smoke
"${buildah[@]}" rm "$container"
"${as_root[@]}" rm --recursive --force -- "$work"
