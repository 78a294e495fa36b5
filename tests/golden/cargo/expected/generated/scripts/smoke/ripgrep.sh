#!/usr/bin/env bash
# Made by ghagen from spec/tools/ripgrep.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Uses ripgrep as it was unpacked: the checks of the spec, in their order, and a table of what they showed.
#
# A check is shown (0), not shown (77, by smoke-commands/not-shown.sh, which keeps the reason) or failed (anything else). GitHub's
# machines have what the checks want: what is not shown there has failed, unless the spec says that it is optional.
#
# usage: ripgrep.sh
# env:   PACKAGE (the top folder of the unpacked archive) ARCHIVE TOOL VERSION ARCH VARIANT LINE, as smoke-test.sh sets them
#        GHAGEN_SMOKE_SECONDS (how long a check may take, default 300), GITHUB_ACTIONS, GITHUB_STEP_SUMMARY
# exit:  0 no check failed; 1 a check failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

say() { printf 'ghagen: %s\n' "$*" >&2; }

# fail CODE TEXT: one line for the reader of the log, on GitHub an annotation too.
fail() {
  local code=$1 text=$2
  say "$text"
  if [[ ${GITHUB_ACTIONS:-} == true ]]; then
    text=${text//'%'/%25}
    text=${text//$'\r'/%0D}
    text=${text//$'\n'/%0A}
    printf '::error::%s\n' "$text" >&2
  fi
  exit "$code"
}

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
: "${PACKAGE:?}" "${ARCHIVE:?}" "${TOOL:?}" "${VERSION:?}" "${ARCH:?}" "${VARIANT:?}" "${LINE:?}"
# The programs of the package go before those of the machine.
case $VARIANT in
  default) PATH=$PACKAGE/usr/local/bin:$PATH ;;
  *) ;;
esac
cd -- "$PACKAGE"
scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

export SMOKE_REASON=$scratch/reason
seconds=${GHAGEN_SMOKE_SECONDS:-300}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail 2 "GHAGEN_SMOKE_SECONDS must be a number"
shown=0 not_shown=0 failed=0

# row WORD TITLE REASON: a line of the table for the log, and one for the summary of a run on GitHub. REASON may be empty.
row() {
  local word=$1 text=$2${3:+: $3}
  printf '  %-10s %s\n' "$word" "$text" >>"$scratch/table"
  printf '%s\n' "$text" | sed "s/&/\&amp;/g; s/</\&lt;/g; s/|/\&#124;/g; s/.*/| $word | & |/" >>"$scratch/summary"
}

# check NUMBER PLACE NEED TITLE
check() {
  local number=$1 place=$2 need=$3 title=$4 code=0 reason
  say 'check:' "$title"
  : >"$SMOKE_REASON"
  local command=("$here/checks/$TOOL/$number.sh")
  if [[ $place == installed ]]; then
    "$here/run-installed.sh" "${command[@]}" || code=$?
  else
    SCRATCH=$(mktemp --directory -- "$scratch/check.XXXXXX") PATH=$here/smoke-commands:$PATH \
      timeout --signal=KILL "$seconds" "${command[@]}" || code=$?
  fi
  reason=$(<"$SMOKE_REASON")
  if ((code == 0)); then
    shown=$((shown + 1))
    row shown "$title" ''
  elif ((code == 77)) && [[ -n $reason ]] && [[ $need == optional || ${GITHUB_ACTIONS:-} != true ]]; then
    say "NOT SHOWN: $reason"
    not_shown=$((not_shown + 1))
    row 'NOT SHOWN' "$title" "$reason"
  else
    if ((code == 77)) && [[ -n $reason ]]; then
      reason="not shown, where it must be: $reason"
    elif ((code == 137)); then
      reason="killed, after $seconds s or for want of memory"
    else
      reason="exit code $code"
    fi
    say "FAILED: $reason"
    failed=$((failed + 1))
    row FAILED "$title" "$reason"
  fi
}

check 1 unpacked required 'it finds a line'

total=$((shown + not_shown + failed))
say "$TOOL $VERSION ($VARIANT, $ARCH): $total checks, $shown shown, $not_shown not shown, $failed failed"
if ((total > 0)); then cat -- "$scratch/table" >&2; fi
if [[ -n ${GITHUB_STEP_SUMMARY:-} ]] && ((total > 0)); then
  {
    printf '### %s %s (%s, %s)\n\n' "$TOOL" "$VERSION" "$VARIANT" "$ARCH"
    printf '| result | check |\n| --- | --- |\n'
    cat -- "$scratch/summary"
    printf '\n'
  } >>"$GITHUB_STEP_SUMMARY"
fi
((failed == 0)) || fail 1 "$failed of $total checks failed"
