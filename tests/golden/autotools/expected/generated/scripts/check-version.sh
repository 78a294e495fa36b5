#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Looks for new upstream versions: the newest of every release line of every tool. Where this repository has no release of it
# yet, the build is started. Where a release holds other pins than the lock has now, its next revision is proposed.
# A tool that fails does not stop the others, but the script fails at its end.
#
# usage: check-version.sh [TOOL...]      (default: all tools)
# env:   REPOSITORY      owner/name; empty: list the versions, ask nothing of GitHub
#        START_BUILDS    true: start what is missing; else (default): only report it
#        GH_TOKEN        with `actions: write` where builds are started
#        GITHUB_OUTPUT, GITHUB_STEP_SUMMARY: files to append to; default: none, standard output
# out:   failed (JSON array of tools), rebuilds (JSON array of {tool, line, version, revision, changes})
# exit:  0 done; 1 a tool could not be checked, or a build not be started; 2 usage
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

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# A version whose build did not lead to a release waits so long, unless it is built by hand.
retry_days=3
# GitHub allows 1,000 requests an hour. The rest follows with the next check.
most_builds=50
branch='trunk'
start_builds=${START_BUILDS:-false}
[[ $start_builds =~ ^(true|false)$ ]] || fail 2 "START_BUILDS must be true or false"
repository=${REPOSITORY:-}
if [[ $start_builds == true && -z $repository ]]; then
  fail 2 "REPOSITORY must say where builds are started"
fi
[[ -z $repository || $repository =~ ^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] || fail 2 "REPOSITORY must be owner/name"

tools=("$@")
if ((${#tools[@]} == 0)); then
  for plan in "$here"/../plan/*.json; do
    tools+=("$(basename -- "$plan" .json)")
  done
fi
for tool in "${tools[@]}"; do
  [[ $tool =~ ^[a-z0-9][a-z0-9._-]*$ && -f $here/../plan/$tool.json ]] || fail 2 "no plan for the tool $tool"
done

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

mkdir -- "$scratch/newest" "$scratch/pins"

# Upstream: eight tools at a time, each in a process of its own, so that the first error ends the check of that tool and of
# no other.
export GHAGEN_GIT_SECONDS=${GHAGEN_GIT_SECONDS:-30}
look_upstream() {
  if ! "$here/list-versions.sh" --newest "$1" >"$scratch/newest/$1"; then
    rm --force -- "$scratch/newest/$1"
  fi
}
running=0
for tool in "${tools[@]}"; do
  if ((running == 8)); then
    wait -n
    running=$((running - 1))
  fi
  look_upstream "$tool" &
  running=$((running + 1))
done
wait

failed=() newest=() plans=()
for tool in "${tools[@]}"; do
  if [[ -s $scratch/newest/$tool ]]; then
    newest+=("$scratch/newest/$tool")
    plans+=("$here/../plan/$tool.json")
  else
    failed+=("$tool")
  fi
done

# GitHub: every release and every run is listed once, however many tools there are.
list_releases() {
  gh api --paginate "repos/$repository/releases?per_page=100" --jq '.[] | {
      tag: .tag_name, draft,
      pins: ([.assets[]? | select(.name | endswith(".pins.json")) | {id, digest}] | first)
    }' >"$scratch/releases"
}
list_runs() {
  local since
  since=$(jq --null-input --raw-output --argjson days "$retry_days" \
    'now - 86400 * ([$days, 1] | max) | strftime("%Y-%m-%dT%H:%M:%SZ")')
  gh api --paginate "repos/$repository/actions/runs?event=workflow_dispatch&created=%3E%3D$since&per_page=100" \
    | jq '.total_count as $total | .workflow_runs[] | {path, title: .display_title, status, at: .created_at, $total}' \
      >"$scratch/runs"
}
: >"$scratch/releases"
: >"$scratch/runs"
if [[ -n $repository ]]; then
  retry list_releases || fail 1 "the releases of $repository could not be listed"
  retry list_runs || fail 1 "the runs of $repository could not be listed"
  # Of a filtered list GitHub shows no more. What is not seen could be a build that is running.
  jq --slurp --exit-status 'all(.[]; .total <= 1000)' "$scratch/runs" >/dev/null \
    || fail 1 "more than 1000 builds were started in $retry_days days, so it cannot be told what is running"
fi

# The lock: the digest of the pins of every line, as release-pins.sh writes them.
: >"$scratch/lines"
: >"$scratch/rows"
if ((${#newest[@]} > 0)); then
  jq --raw-output '
  # The pins that end up in the packages of a line, from the plan of the tool. The same pins are the same bytes, so the digest
  # of the file in a release says whether it holds what the lock has now.
  def pins($line):
    {
      components: (
        [.musl | select(. != null) | {built_with: null, commit, component: "musl", version}]
        + [.units[]
            | select(.line == $line and (.version != null or .built_with != null))
            | {built_with, commit, component, version}]
        | unique),
      line: $line,
      tool
    };
    .lines[].line as $line
    | [.tool, $line, .workflow, (pins($line) | tojson)]
    | join("\t")
  ' "${plans[@]}" >"$scratch/plans"
  number=0
  while IFS=$'\t' read -r tool line workflow pins; do
    number=$((number + 1))
    printf '%s\n' "$pins" >"$scratch/pins/$number"
    printf '%s\t%s\t%s\n' "$tool" "$line" "$workflow"
  done <"$scratch/plans" >"$scratch/names"
  # One process for all of them; the names of the files are numbers, so that their order is that of the lines.
  (cd -- "$scratch/pins" && seq "$number" | xargs sha256sum) | cut --characters=1-64 | paste "$scratch/names" - >"$scratch/lines"

  # What is to be done about the newest version of every line.
  jq --null-input --compact-output \
    --rawfile lines "$scratch/lines" --slurpfile releases "$scratch/releases" --slurpfile runs "$scratch/runs" \
    --argjson retry_days "$retry_days" --argjson most "$most_builds" \
    --argjson asks "$(if [[ -n $repository ]]; then echo true; else echo false; fi)" \
    --argjson starts "$start_builds" --argjson starts_rebuilds false '
    ($lines | split("\n") | map(select(length > 0) | split("\t") | {key: .[0:2] | join(" "), value: {workflow: .[2], pins: .[3]}})
      | from_entries) as $lines
    # By the tag without its revision: the highest revision that is published. A draft is none: whoever publishes makes his own.
    | (reduce ($releases[] | select(.draft | not)
          | (.tag | capture("^(?<base>.+)-(?<revision>[2-9]|[1-9][0-9]{1,2})$")? // null) as $revised
          | {name: .tag, revision: 1, tag, pins},
            (select($revised) | {name: $revised.base, revision: ($revised.revision | tonumber), tag, pins})
        ) as $release ({};
          if (.[$release.name].revision // 0) < $release.revision then .[$release.name] = $release else . end
      )) as $published
    # By workflow and version: the latest run that was to publish it.
    | (reduce $runs[] as $run ({};
        (($run.path | split("@")[0] | split("/") | last) + " " + ($run.title | split(" ") | last)) as $key
        | if (.[$key].at // "") < $run.at then .[$key] = $run else . end
      )) as $runs
    # Why a version is not built now; nothing where it can be.
    | def held_back($workflow; $version):
        $runs[$workflow + " " + $version]
        | if . == null then empty
          elif .status != "completed" then "left alone: a build is running"
          elif $retry_days > 0 and (.at | fromdateiso8601) > now - 86400 * $retry_days then
            "left alone: the build of " + .at[:10] + " led to no release; tried again after \($retry_days) days, or by hand"
          else empty end;
      [inputs | . as $versions | (input_filename | split("/") | last) as $tool | .[] | {tool: $tool} + .]
    | map(
        if .line == null then . + {tag: null, state: "in no line", action: "none: extend the spec", is_uncovered: true}
        else
          . as $row
          | ($lines[.tool + " " + .line]) as $line
          | (.tool + "-v" + .version) as $tag
          | $published[$tag] as $release
          | . + {workflow: $line.workflow, tag: $tag, revision: 1}
          | if ($asks | not) then . + {state: "unknown", action: "none"}
            elif $release == null then
              . + {state: "absent"}
              | . + {action: first(held_back($line.workflow; $row.version), if $starts then "start" else "a build is missing" end)}
            elif $release.pins == null then . + {state: "published", tag: $release.tag, action: "none: its pins are not known"}
            elif $release.pins.digest == "sha256:" + $line.pins then . + {state: "published", tag: $release.tag, action: "none"}
            else
              ($release.revision + 1) as $next
              | . + {state: "published", tag: $release.tag, revision: $next, pins: $release.pins.id, is_rebuild: true}
              | . + {action: (
                  if $starts and $starts_rebuilds
                  then first(held_back($line.workflow; "\($row.version)-\($next)"), "start")
                  else "a rebuild is proposed: its pins changed" end)}
            end
        end)
    # New versions come before rebuilds where not all can be started.
    | (map(select(.action == "start")) | sort_by(.is_rebuild // false)
        | map(.tool + " " + .line + " " + .version) | .[:$most]) as $chosen
    | map(
        if .action == "start" and ((.tool + " " + .line + " " + .version) as $key | any($chosen[]; . == $key) | not)
        then .action = "left for the next check: \($most) builds were started" else . end)
    | .[]
  ' "${newest[@]}" >"$scratch/rows"
fi

not_started=()
# start_build TOOL WORKFLOW VERSION COMMIT REVISION: starts it, and says in `action` what came of it.
start_build() {
  local tool=$1 workflow=$2 version=$3 commit=$4 revision=$5 tag=$1-v$3
  if ((revision > 1)); then tag+=-$revision; fi
  # GitHub lists the newest 10,000 releases only.
  if [[ $("$here/release-state.sh" "$tag") == published ]]; then
    action='none: it is published'
  elif gh api --method POST "repos/$repository/actions/workflows/$workflow/dispatches" --raw-field ref="$branch" \
    --raw-field "inputs[version]=$version" --raw-field "inputs[commit]=$commit" \
    --raw-field "inputs[revision]=$revision" --raw-field 'inputs[publish]=true' >&2; then
    action='build started'
  else
    action='**the build could not be started**, see the log'
    not_started+=("$tag")
  fi
}

# pins_of ASSET: the pins that a release was made with.
pins_of() {
  gh api "repos/$repository/releases/assets/$1" --header 'Accept: application/octet-stream' >"$scratch/released"
}

# summary LINE...: lines of the step summary on GitHub, of the standard output elsewhere.
if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then exec 3>>"$GITHUB_STEP_SUMMARY"; else exec 3>&1; fi
summary() { printf '%s\n' "$@" >&3; }

summary '| tool | line | newest | release | state | action |' '|---|---|---|---|---|---|'
: >"$scratch/rebuilds"
details=0
# Empty fields would be lost: read takes several tabs for one.
while IFS=$'\t' read -r tool line version commit tag state revision workflow pins action; do
  if [[ $action == start ]]; then
    start_build "$tool" "$workflow" "$version" "$commit" "$revision"
  fi
  if [[ $pins != - ]]; then
    changes='what changed is not known'
    # One request each.
    if ((details < 50)) && retry pins_of "$pins"; then
      "$here/release-pins.sh" "$tool" "$line" >"$scratch/locked"
      changes=$(jq --raw-output --slurpfile released "$scratch/released" '
        def named: .components | map({key: .component, value: ([.version, .built_with] | map(select(. != null)) | join(", "))})
          | from_entries;
        named as $now | ($released[0] | named) as $before
        | [($now + $before) | keys[] | select($now[.] != $before[.]) | "\(.) \($before[.] // "none") → \($now[.] // "none")"]
        | if . == [] then "the same versions at other commits" else join(", ") end' "$scratch/locked")
    fi
    details=$((details + 1))
    action+=": $changes"
    jq --null-input --compact-output --arg tool "$tool" --arg line "$line" --arg version "$version" \
      --arg revision "$revision" --arg changes "$changes" '$ARGS.named' >>"$scratch/rebuilds"
  fi
  say "$tool $line: $version is $state, $action"
  summary "| $tool | $line | $version | \`$tag\` | $state | $action |"
done < <(jq --raw-output '
  [.tool, .line // "-", .version, .commit, .tag // "-", .state, .revision // 1, .workflow // "-", .pins // "-", .action]
  | map(tostring) | join("\t")' "$scratch/rows")
for tool in "${failed[@]}"; do
  summary "| $tool | | | | | **could not be checked**, see the log |"
done
summary ''

if [[ -n ${GITHUB_OUTPUT:-} ]]; then
  {
    printf 'failed=%s\n' "$(jq --null-input --compact-output '$ARGS.positional' --args "${failed[@]}")"
    printf 'rebuilds=%s\n' "$(jq --slurp --compact-output . "$scratch/rebuilds")"
  } >>"$GITHUB_OUTPUT"
fi
((${#failed[@]} == 0)) || say "could not be checked: ${failed[*]}"
((${#not_started[@]} == 0)) || say "builds that could not be started: ${not_started[*]}"
((${#failed[@]} + ${#not_started[@]} == 0)) || fail 1 "not everything could be checked and started, see above"
