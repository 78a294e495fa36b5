#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of podman: a container of root runs in the background, and its output and exit code come back
#
# usage: 8.sh, by smoke/podman.sh
# env:   what smoke/podman.sh has, with the programs of the package and the commands of checks on PATH, and SCRATCH
# exit:  0 shown; 77 with a reason, by not-shown.sh: not shown; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
own-storage.sh
machine-root.sh "$SCRATCH/root"
tar --create --directory "$SCRATCH/root" . | podman import - smoke
timeout 60 podman run --detach --network none --name smoke smoke sh -c 'echo said; sleep 1; exit 7'
[[ $(timeout 60 podman wait smoke) == 7 ]]
[[ $(timeout 60 podman logs smoke) == said ]]
timeout 60 podman rm smoke
