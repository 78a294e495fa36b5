#!/usr/bin/env bash
# Made by ghagen from spec/tools/first.yaml and spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A hook after the release of first: Announce
#
# usage: after-release-1.sh, by the job `after-release`
# env:   TOOL VERSION LINE COMMIT RELEASE_TAG INPUT_CHANNEL INPUT_DRY_RUN INPUT_NOTE INPUT_TICKET INPUT_LOUD
#        WORDS
#        GH_TOKEN   the token of the job
# exit:  0 done; anything else: the job fails
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
printf '%s %s: %s\n' "$TOOL" "$VERSION" "$WORDS" >announcement
