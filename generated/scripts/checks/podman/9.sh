#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of podman: 60 times exec, beside a podman of the distribution that made its lock first
#
# usage: 9.sh, by smoke/podman.sh
# env:   what smoke/podman.sh has, with the programs of the package and the commands of checks on PATH, and SCRATCH
# exit:  0 shown; 77 with a reason, by not-shown.sh: not shown; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
own-storage.sh
[[ -x /usr/bin/podman ]] || not-shown.sh 'this machine has no podman of a distribution'
# Its lock is what it is here for, so it has the rest for itself.
CONTAINERS_CONF=/dev/null timeout 60 /usr/bin/podman --root "$SCRATCH/other/root" --runroot "$SCRATCH/other/run" \
  --tmpdir "$SCRATCH/other/tmp" ps
[[ -f /dev/shm/libpod_lock ]] || not-shown.sh 'the podman of the distribution keeps its locks elsewhere'
machine-root.sh "$SCRATCH/root"
tar --create --directory "$SCRATCH/root" . | podman import - smoke
timeout 60 podman run --detach --network none --name smoke smoke sleep 1000
for number in {1..60}; do
  if ! timeout 30 podman exec smoke true; then
    echo "podman exec number $number failed, or did not end within 30 seconds" >&2
    exit 1
  fi
done
timeout 60 podman rm --force --time 0 smoke
