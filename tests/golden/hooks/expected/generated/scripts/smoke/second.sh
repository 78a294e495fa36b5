#!/usr/bin/env bash
# Made by ghagen from spec/tools/second.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Uses second as it was unpacked: the checks of the spec, in their order, and a table of what they showed.
#
# A check is shown (0), not shown (77, by smoke-commands/not-shown.sh, which keeps the reason) or failed (anything else). GitHub's
# machines have what the checks want: what is not shown there has failed, unless the spec says that it is optional.
#
# usage: second.sh
# env:   PACKAGE (the top folder of the unpacked archive) ARCHIVE TOOL VERSION ARCH VARIANT LINE, as smoke-test.sh sets them
#        GHAGEN_SMOKE_SECONDS (how long a check may take, default 300), GITHUB_ACTIONS, GITHUB_STEP_SUMMARY
# exit:  0 no check failed; 1 a check failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

say() { printf 'ghagen: %s\n' "$*" >&2; }

: "${PACKAGE:?}" "${ARCHIVE:?}" "${TOOL:?}" "${VERSION:?}" "${ARCH:?}" "${VARIANT:?}" "${LINE:?}"
say 'there are no checks'
