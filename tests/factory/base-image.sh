#!/usr/bin/env bash
# Makes the image that the builds start from: the smallest Debian, from the distribution itself, where no registry can be had.
#
# usage: base-image.sh IMAGE FOLDER
# out:   the image in podman's storage; FOLDER.list, its sources.list
set -euo pipefail
export LC_ALL=C

image=$1 folder=$2
rm --recursive --force -- "$folder"
if ! debootstrap --variant=minbase bookworm "$folder" >"$folder.log" 2>&1; then
  tail --lines=20 -- "$folder.log" >&2
  exit 1
fi
cp -- "$folder/etc/apt/sources.list" "$folder.list"
rm --force -- "$folder"/var/cache/apt/archives/*.deb
# As in the images that the distributions publish: what is thrown away need not survive a power failure.
printf 'force-unsafe-io\n' >"$folder/etc/dpkg/dpkg.cfg.d/container"
tar --create --directory "$folder" . | podman import - "$image" >&2
rm --recursive --force -- "$folder"
