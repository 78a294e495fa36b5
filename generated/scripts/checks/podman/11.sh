#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of podman: a user other than root builds an image and runs it
#
# usage: 11.sh, by smoke/podman.sh
# env:   what smoke/podman.sh has, with the programs of the package and the commands of checks on PATH, and SCRATCH
# exit:  0 shown; 77 with a reason, by not-shown.sh: not shown; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
own-storage.sh
as-user.sh true
trap 'apparmor.sh static-podman unload' EXIT
apparmor.sh static-podman load
mkdir "$SCRATCH/context"
machine-root.sh "$SCRATCH/context/root"
cat >"$SCRATCH/context/Containerfile" <<'FILE'
FROM scratch
COPY root /
RUN useradd --uid 1234 --user-group --no-create-home smoke
COPY --chown=smoke:smoke Containerfile /note
USER smoke
FILE
timeout 120 as-user.sh podman build --network none --tag smoke "$SCRATCH/context"
found=$(timeout 60 as-user.sh podman run --rm --network none smoke sh -c 'id --user --name; stat --format=%U /note')
[[ $found == $'smoke\nsmoke' ]]
timeout 60 as-user.sh podman run --detach --network none --name smoke smoke sleep 1000
timeout 60 as-user.sh podman exec smoke true
timeout 60 as-user.sh podman rm --force --time 0 smoke
