#!/usr/bin/env bash
# Made by ghagen from spec/tools/second.yaml and spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Checks what was entered for hooks, which get it from the outputs of this. GitHub checks its form alone, and not what comes by
# its API.
#
# usage: second.sh, by the job `plan`
# env:   EVENT_NAME      the event that started the run; on any but workflow_dispatch nothing is entered, and the defaults hold
#        INPUT_CHANNEL INPUT_DRY_RUN
#        GITHUB_OUTPUT   a file to append to; default: standard output
# out:   input_NAME of each
# exit:  0 done; 2 a wrong input
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

(($# == 0)) || fail 2 "usage: second.sh (everything by environment)"
event=${EVENT_NAME:-}
[[ $event =~ ^[a-z_]+$ ]] || fail 2 "EVENT_NAME must be the name of an event"
outputs=()

# enter NAME DEFAULT: `value` becomes what was entered.
enter() {
  local variable=INPUT_${1^^}
  value=$2
  if [[ $event == workflow_dispatch ]]; then value=${!variable-}; fi
}

# one_of NAME DEFAULT OTHER...: one of these.
one_of() {
  local name=$1 option
  shift
  enter "$name" "$1"
  for option; do
    if [[ $value == "$option" ]]; then
      outputs+=("input_$name=$value")
      return
    fi
  done
  fail 2 "the input $name must be one of these:$(printf ' %s' "$@")"
}

one_of channel 'releases' 'tests' "it's \"100%\" \$HOME \`x\` \\ * # {not}" 'on'
one_of dry_run 'false' 'true'

if [[ -n ${GITHUB_OUTPUT:-} ]]; then exec 3>>"$GITHUB_OUTPUT"; else exec 3>&1; fi
printf '%s\n' "${outputs[@]}" >&3
