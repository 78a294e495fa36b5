#!/usr/bin/env bash
# Made by ghagen from spec/tools/first.yaml and spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A hook after the test of first: Look at what is left
#
# usage: after-test-1.sh, by the job `test`
# env:   TOOL ARCH VARIANT ARTIFACT VERSION LINE COMMIT INPUT_CHANNEL INPUT_DRY_RUN INPUT_NOTE INPUT_TICKET INPUT_LOUD
# exit:  0 done; anything else: the job fails
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
ls "dist/$ARTIFACT"
