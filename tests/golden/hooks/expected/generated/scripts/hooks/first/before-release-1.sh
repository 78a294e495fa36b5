#!/usr/bin/env bash
# Made by ghagen from spec/tools/first.yaml and spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A hook before the release of first: Open the discussion
#
# usage: before-release-1.sh, by the job `before-release`
# env:   TOOL VERSION LINE COMMIT RELEASE_TAG INPUT_CHANNEL INPUT_DRY_RUN INPUT_NOTE INPUT_TICKET INPUT_LOUD
#        GH_TOKEN   the token of the job
# exit:  0 done; anything else: the job fails
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
gh api "repos/$GITHUB_REPOSITORY/discussions" --silent
