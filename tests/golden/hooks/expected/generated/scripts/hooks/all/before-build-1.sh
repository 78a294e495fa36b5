#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A hook before the build of every tool: Free some disk space
#
# usage: before-build-1.sh, by the job `build`
# env:   TOOL ARCH VERSION LINE COMMIT INPUT_CHANNEL INPUT_DRY_RUN
#        LEVEL
# exit:  0 done; anything else: the job fails
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
df --human-readable /
printf '%s\n' "$LEVEL"
