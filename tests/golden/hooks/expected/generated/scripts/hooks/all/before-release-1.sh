#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A hook before the release of every tool: - ask: "are we ready?"
#
# usage: before-release-1.sh, by the job `before-release`
# env:   TOOL VERSION LINE COMMIT RELEASE_TAG INPUT_CHANNEL INPUT_DRY_RUN
# exit:  0 done; anything else: the job fails
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

# From the spec, as it is.
cat <<'END'
$TOOL is not a variable here
END
ls dist
[[ $INPUT_DRY_RUN == false ]] || printf 'To nobody, and not to %s.\n' "$INPUT_CHANNEL"
