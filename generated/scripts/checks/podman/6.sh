#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of podman: it takes crun and conmon of the package
#
# usage: 6.sh, by smoke/podman.sh
# env:   what smoke/podman.sh has, with the programs of the package on PATH
# exit:  0 done; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

as_root=()
if ((EUID != 0)); then as_root=(sudo); fi
if [[ -f /sys/fs/cgroup/cgroup.controllers ]]; then
  work=$(mktemp --directory)
  {
    printf '[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n'
    printf 'conmon_path = ["%s/usr/local/lib/podman/conmon"]\n' "$PACKAGE"
    printf 'helper_binaries_dir = ["%s/usr/local/lib/podman"]\n' "$PACKAGE"
    printf '[engine.runtimes]\ncrun = ["%s/usr/local/bin/crun"]\n' "$PACKAGE"
  } >"$work/containers.conf"
  "${as_root[@]}" env PATH="$PATH" CONTAINERS_CONF="$work/containers.conf" \
    podman --root "$work/root" --runroot "$work/run" --tmpdir "$work/tmp" --storage-driver vfs --runtime crun info \
    >"$work/info"
  grep --fixed-strings -e "$PACKAGE/usr/local/bin/crun" "$work/info"
  grep --fixed-strings -e "$PACKAGE/usr/local/lib/podman/conmon" "$work/info"
  "${as_root[@]}" rm --recursive --force -- "$work"
else
  echo 'left out: podman 6 needs cgroups v2, which this machine does not have'
fi
