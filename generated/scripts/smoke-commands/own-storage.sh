#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A command of the checks.
#
# usage: own-storage.sh, by checks
# env:   what the check has
# exit:  0 done; 77 the machine cannot show what the check is about; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
[[ -f /sys/fs/cgroup/cgroup.controllers ]] \
  || not-shown.sh 'crun and podman 6 want cgroups v2 alone, which this machine does not have'
mkdir --parents -- /var/lib/containers "$SCRATCH/containers"
mount --bind -- "$SCRATCH/containers" /var/lib/containers
for folder in /run/containers /run/crun /run/libpod /run/netns; do
  mkdir --parents -- "$folder"
  mount --types tmpfs --options mode=0755 tmpfs "$folder"
done
mount --types tmpfs --options mode=1777 tmpfs /dev/shm
