#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of podman: the runtime parts answer
#
# usage: 3.sh, by smoke/podman.sh
# env:   what smoke/podman.sh has, with the programs of the package and the commands of checks on PATH, and SCRATCH
# exit:  0 shown; 77 with a reason, by not-shown.sh: not shown; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
crun --version | grep --fixed-strings -e '+SECCOMP' >/dev/null
"$PACKAGE/usr/local/lib/podman/conmon" --version
"$PACKAGE/usr/local/lib/podman/netavark" --version
