#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Looks for new upstream versions: the newest of every release line of every tool. Where this repository has no release of it
# yet, the build is started. A tool that fails does not stop the others, but the script fails at its end.
#
# usage: check-version.sh [TOOL...]      (default: all tools)
# env:   REPOSITORY      owner/name; empty: list the versions, ask nothing of GitHub
#        START_BUILDS    true: start what is missing; else (default): only report it
#        GH_TOKEN        with `actions: write` where builds are started
# exit:  0 done; 1 at least one tool could not be checked; 2 usage
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

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
start_builds=${START_BUILDS:-false}
[[ $start_builds =~ ^(true|false)$ ]] || fail 2 "START_BUILDS must be true or false"
if [[ $start_builds == true && -z ${REPOSITORY:-} ]]; then
  fail 2 "REPOSITORY must say where builds are started"
fi

# summary LINE...: lines of the step summary on GitHub, of the standard output elsewhere.
if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then exec 3>>"$GITHUB_STEP_SUMMARY"; else exec 3>&1; fi
summary() { printf '%s\n' "$@" >&3; }

# workflow_is_busy WORKFLOW: is a build of the tool queued or running? Pull requests do not count.
workflow_is_busy() {
  local count
  count=$(gh run list --repo "$REPOSITORY" --workflow "$1" --limit 50 --json status,event \
    --jq 'map(select(.status != "completed" and .event != "pull_request")) | length')
  [[ $count =~ ^[0-9]+$ ]] || fail 1 "gh answered something unknown about the runs of $1: $count"
  ((count > 0))
}

check_tool() {
  local tool=$1 plan=$here/../plan/$1.json
  local versions wanted uncovered workflow busy=unknown line version tag state action
  versions=$("$here/list-versions.sh" "$tool")
  workflow=$(jq --raw-output '.workflow' "$plan")

  # Per line the newest version that the rules of the tool take; nothing at all would mean that the rules fit no tag.
  wanted=$(jq --raw-output --slurpfile plan "$plan" '
    $plan[0] as $plan
    | map(select($plan.upstream.prereleases or (.prerelease | not))) as $offered
    | $plan.lines[].line as $line
    | first($offered[] | select(.line == $line))
    | [.line, .version]
    | @tsv' <<<"$versions")
  [[ -n $wanted ]] || fail 1 "no upstream version of $tool fits its tag rule and its lines"
  # Newer than everything that a line takes: somebody has to decide, and the spec is where.
  uncovered=$(jq --raw-output --slurpfile plan "$plan" '
    $plan[0].upstream.prereleases as $prereleases
    | map(select($prereleases or (.prerelease | not)))
    | first(.[]) | select(.line == null) | .version' <<<"$versions")

  summary "### $tool" '' '| line | newest | release | state | action |' '|---|---|---|---|---|'
  while IFS=$'\t' read -r line version; do
    tag=$tool-v$version
    state=unknown action=none
    if [[ -n ${REPOSITORY:-} ]]; then
      state=$("$here/release-state.sh" "$tag")
      if [[ $state == draft ]]; then
        action='left alone: a draft waits (run its build again, or delete the draft)'
      elif [[ $state == absent && $start_builds == false ]]; then
        action='a build is missing'
      elif [[ $state == absent ]]; then
        # Asked once a tool: the build that was started for one line must not hold back the next line.
        if [[ $busy == unknown ]]; then
          if workflow_is_busy "$workflow"; then busy=true; else busy=false; fi
        fi
        if [[ $busy == true ]]; then
          action='left alone: a build is running'
        else
          gh workflow run "$workflow" --repo "$REPOSITORY" \
            --raw-field version="$version" --raw-field publish=true >&2
          action='build started'
        fi
      fi
    fi
    say "$tool $line: $version is $state, $action"
    summary "| $line | $version | \`$tag\` | $state | $action |"
  done <<<"$wanted"
  if [[ -n $uncovered ]]; then
    say "$tool: $uncovered is in no release line, so it is not built: extend the spec"
    summary '' "**$uncovered** is in no release line, so it is not built: extend the spec."
  fi
  summary ''
}

tools=("$@")
if ((${#tools[@]} == 0)); then
  for plan in "$here"/../plan/*.json; do
    tools+=("$(basename -- "$plan" .json)")
  done
fi
for tool in "${tools[@]}"; do
  [[ $tool =~ ^[a-z0-9][a-z0-9._-]*$ && -f $here/../plan/$tool.json ]] || fail 2 "no plan for the tool $tool"
done

if ((${#tools[@]} == 1)); then
  check_tool "${tools[0]}"
  exit 0
fi
# Each tool in a process of its own: there, the first error ends the check of that tool, and of no other.
failed=()
for tool in "${tools[@]}"; do
  if ! "${BASH_SOURCE[0]}" "$tool"; then
    failed+=("$tool")
    summary "### $tool" '' '**could not be checked**, see the log.' ''
  fi
done
((${#failed[@]} == 0)) || fail 1 "could not be checked: ${failed[*]}"
