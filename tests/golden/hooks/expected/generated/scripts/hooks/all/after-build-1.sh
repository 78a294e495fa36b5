#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A hook after the build of every tool: Say how large it is
#
# usage: after-build-1.sh, by the job `build`
# env:   TOOL ARCH VERSION LINE COMMIT INPUT_CHANNEL INPUT_DRY_RUN
# exit:  0 done; anything else: the job fails
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
du --summarize "build/$TOOL-$ARCH"
