#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Writes what the scheduled check could not do, and the rebuilds that it proposes, into one issue: opens it, brings it up to
# date, or closes it when nothing is left to say.
#
# usage: report-check.sh
# env:   RESULT        of the job that checked: success, failure, cancelled, skipped
#        FAILED        JSON array of the tools that could not be checked; empty: the job did not get so far
#        REBUILDS      JSON array of {tool, line, version, revision, changes}
#        REPOSITORY    owner/name, and GH_TOKEN with `issues: write`
#        GITHUB_SERVER_URL, GITHUB_RUN_ID (set by GitHub): the run
# exit:  0 done; 1 the issue could not be written; 2 usage
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

# retry COMMAND...: networks fail. Three attempts, with a pause that grows.
retry() {
  local attempt
  for attempt in 1 2 3; do
    if "$@"; then return 0; fi
    if ((attempt < 3)); then
      say "attempt $attempt failed, again soon: $*"
      sleep "$((attempt * ${GHAGEN_RETRY_SECONDS:-5}))"
    fi
  done
  return 1
}

(($# == 0)) || fail 2 "usage: report-check.sh (everything by environment)"
result=${RESULT:-}
[[ $result =~ ^(success|failure|cancelled|skipped)$ ]] || fail 2 "RESULT must be the result of a job"
[[ ${REPOSITORY:-} =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || fail 2 "REPOSITORY must be owner/name"
run=${GITHUB_SERVER_URL:-https://github.com}/$REPOSITORY/actions/runs/${GITHUB_RUN_ID:-}
title='Check releases: something to look at'

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

jq --null-input --raw-output --arg result "$result" --arg run "$run" \
  --argjson failed "${FAILED:-null}" --argjson rebuilds "${REBUILDS:-[]}" '
  # An issue holds 65,536 characters.
  def few: if length > 100 then .[:100] + ["and \(length - 100) more, see the run"] else . end | map("- " + .);
  [
    if $result == "success" then empty
    elif ($failed // []) != [] then "These tools could not be checked:", "", ($failed | few[]), ""
    else "The check ended with `\($result)` before it was done.", "" end,
    if $rebuilds == [] then empty
    else
      "These releases hold other pins than the lock does now. To build one again, run its workflow with the version and the revision:", "",
      ($rebuilds | map("\(.tool) \(.version), revision \(.revision): \(.changes)") | few[]), ""
    end
  ] | if . == [] then empty else .[], "Last seen by \($run)." end' >"$scratch/body"

# The issue of an earlier run: by its title, and by who wrote it, since anybody can open an issue with that title.
find_issue() {
  gh api --paginate "repos/$REPOSITORY/issues?state=open&per_page=100" >"$scratch/issues"
}
retry find_issue || fail 1 "the issues of $REPOSITORY could not be listed"
number=$(jq --slurp --raw-output --arg title "$title" '
  [.[][] | select(.title == $title and .user.login == "github-actions[bot]" and (has("pull_request") | not)) | .number]
  | min // empty' "$scratch/issues")

# request METHOD [PATH]: a request about the issue, its body from the standard input.
request() {
  gh api --method "$1" "repos/$REPOSITORY/issues${2:-}" --input - >/dev/null
}
if [[ -s $scratch/body && -z $number ]]; then
  jq --null-input --arg title "$title" --rawfile body "$scratch/body" '{$title, $body}' | request POST \
    || fail 1 "the issue could not be opened"
  say "opened an issue: $title"
elif [[ -s $scratch/body ]]; then
  jq --null-input --rawfile body "$scratch/body" '{$body}' | request PATCH "/$number" \
    || fail 1 "the issue $number could not be brought up to date"
  say "brought the issue $number up to date"
elif [[ -n $number ]]; then
  jq --null-input --arg run "$run" '{body: "All is well again: \($run)"}' | request POST "/$number/comments" \
    || fail 1 "the issue $number could not be commented on"
  jq --null-input '{state: "closed"}' | request PATCH "/$number" || fail 1 "the issue $number could not be closed"
  say "closed the issue $number"
else
  say "nothing to report"
fi
