#!/usr/bin/env bash
# Made by ghagen from spec/tools/buildah.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of buildah: a user other than root builds from a Containerfile
#
# usage: 6.sh, by smoke/buildah.sh
# env:   what smoke/buildah.sh has, with the programs of the package and the commands of checks on PATH, and SCRATCH
# exit:  0 shown; 77 with a reason, by not-shown.sh: not shown; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
own-storage.sh
as-user.sh true
trap 'apparmor.sh static-buildah unload' EXIT
apparmor.sh static-buildah load
mkdir "$SCRATCH/context"
machine-root.sh "$SCRATCH/context/root"
cat >"$SCRATCH/context/Containerfile" <<'FILE'
FROM scratch
COPY root /
RUN useradd --uid 1234 --user-group --no-create-home smoke
COPY --chown=smoke:smoke Containerfile /note
USER smoke
RUN test "$(id --user):$(stat --format=%U:%G /note)" = 1234:smoke:smoke
FILE
timeout 120 as-user.sh buildah build --network none --tag smoke "$SCRATCH/context"
timeout 60 as-user.sh buildah images | grep --fixed-strings -e localhost/smoke
