#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Decides what one run of a tool's workflow does: the version and its commit, the release line, the name of the release, the
# rows of the build and of the test matrix, and whether anything is to be published.
#
# usage: plan-build.sh
# env:   TOOL             the tool
#        INPUT_VERSION    version to build; empty: the newest upstream (pull requests: the one of the lock)
#        INPUT_COMMIT     the commit that the tag of that version must have; empty: any
#        INPUT_VARIANT    a variant, or all (default)
#        INPUT_ARCH       an arch, or all (default)
#        INPUT_REVISION   2, 3, ...: a rebuild of a version that is released already; empty or 1: the first
#        INPUT_PUBLISH    true or false (default)
#        EVENT_NAME       the event that started the run; a pull_request never publishes
#        REF              the branch of the run, refs/heads/NAME; publishing is for main only
#        REPOSITORY       owner/name, and GH_TOKEN: needed for publishing only
#        GITHUB_OUTPUT, GITHUB_STEP_SUMMARY: files to append to; default: standard output, standard error
# out:   version upstream_tag commit line release_tag publish needed variants build_matrix test_matrix
# exit:  0 done; 1 this cannot be built; 2 a wrong input; 21 the upstream could not be read
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

warn() {
  say "$1"
  if [[ ${GITHUB_ACTIONS:-} == true ]]; then printf '::warning::%s\n' "$1" >&2; fi
}

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
(($# == 0)) || fail 2 "usage: plan-build.sh (everything by environment)"

# Inputs. They come from a form that anybody with write access can fill in: nothing passes that does not look right.
tool=${TOOL:-}
version=${INPUT_VERSION:-}
asked_commit=${INPUT_COMMIT:-}
variant=${INPUT_VARIANT:-all}
arch=${INPUT_ARCH:-all}
revision=${INPUT_REVISION:-1}
publish=${INPUT_PUBLISH:-false}
event=${EVENT_NAME:-workflow_dispatch}
ref=${REF:-}
[[ $tool =~ ^[a-z0-9][a-z0-9._-]*$ ]] || fail 2 "TOOL must be the name of a tool"
plan=$here/../plan/$tool.json
[[ -f $plan ]] || fail 2 "no plan for the tool $tool"
[[ -z $version || $version =~ ^[0-9][0-9A-Za-z._+-]{0,63}$ ]] \
  || fail 2 "the version must begin with a digit, without the prefix of its tag (6.0.0, 6.0.0-rc1)"
[[ -z $asked_commit || $asked_commit =~ ^[0-9a-f]{40}$ ]] || fail 2 "the commit must be 40 hexadecimal digits"
[[ -z $asked_commit || -n $version ]] || fail 2 "a commit belongs to a version: give that, too"
[[ $revision =~ ^[1-9][0-9]{0,2}$ ]] || fail 2 "the revision must be a number from 1 to 999"
[[ $publish =~ ^(true|false)$ ]] || fail 2 "publish must be true or false"
[[ $event =~ ^[a-z_]+$ ]] || fail 2 "EVENT_NAME must be the name of an event"
[[ $ref =~ ^[0-9A-Za-z._/+@-]*$ ]] || fail 2 "REF must be the name of a branch"
[[ $variant =~ ^[a-z0-9][a-z0-9._-]*$ ]] || fail 2 "the variant must be a name, or all"
[[ $arch =~ ^[a-z0-9][a-z0-9_-]*$ ]] || fail 2 "the arch must be a name, or all"
jq --exit-status --arg name "$variant" '$name == "all" or any(.cells[]; .variant == $name)' "$plan" >/dev/null \
  || fail 2 "$tool has no variant $variant"
jq --exit-status --arg name "$arch" '$name == "all" or any(.arches[]; .arch == $name)' "$plan" >/dev/null \
  || fail 2 "$tool has no arch $arch"

# The version, its tag and its commit, as one JSON object.
if [[ $event == pull_request && -z $version ]]; then
  # A pull request tests the repository and not the upstream of the day: the lock's version of the newest line that has one.
  chosen=$(jq --compact-output '
    [.lines[] | select(.tested != null) | .tested + {line}]
    | max_by(.version | [scan("[0-9]+") | tonumber]) // empty' "$plan")
  [[ -n $chosen ]] || fail 1 "no release line of $tool has a version in the lock"
else
  offered=$("$here/list-versions.sh" "$tool")
  if [[ -n $version ]]; then
    chosen=$(jq --compact-output --arg version "$version" 'first(.[] | select(.version == $version)) // empty' <<<"$offered")
    [[ -n $chosen ]] || fail 2 "the upstream of $tool has no version $version that the spec admits"
  else
    chosen=$(jq --compact-output --slurpfile plan "$plan" '
      $plan[0].upstream.prereleases as $prereleases
      | map(select($prereleases or (.prerelease | not)))
      | (.[0] // {}) as $newest
      | (first(.[] | select(.line != null)) // empty)
      | . + {uncovered: (if $newest.line == null then $newest.version else null end)}' <<<"$offered")
    [[ -n $chosen ]] || fail 1 "no upstream version of $tool fits its tag rule and its lines"
    uncovered=$(jq --raw-output '.uncovered // empty' <<<"$chosen")
    [[ -z $uncovered ]] || warn "$tool $uncovered is in no release line, so an older version is built: extend the spec"
  fi
fi
version=$(jq --raw-output '.version' <<<"$chosen")
upstream_tag=$(jq --raw-output '.tag' <<<"$chosen")
commit=$(jq --raw-output '.commit' <<<"$chosen")
line=$(jq --raw-output '.line // empty' <<<"$chosen")
[[ $version =~ ^[0-9][0-9A-Za-z._+-]{0,63}$ ]] || fail 1 "the upstream version is not usable in names: $version"
[[ $upstream_tag =~ ^[0-9A-Za-z][0-9A-Za-z._+/-]*$ ]] || fail 1 "the upstream tag is not usable: $upstream_tag"
[[ $commit =~ ^[0-9a-f]{40}$ ]] || fail 1 "the upstream commit is none: $commit"
[[ -n $line ]] || fail 1 "$tool $version is in no release line: extend the spec"

# A tag that has moved since the lock was written means an upstream that rewrites its history, or somebody who does it for them.
locked=$(jq --raw-output --arg version "$version" \
  'first(.lines[] | select(.tested != null and .tested.version == $version) | .tested.commit) // empty' "$plan")
[[ -z $locked || $locked == "$commit" ]] \
  || fail 1 "the tag $upstream_tag of $tool moved: the lock has $locked, upstream has $commit"

# Between the check that found the version and this run, somebody may have moved the tag.
[[ -z $asked_commit || $asked_commit == "$commit" ]] \
  || fail 1 "the tag $upstream_tag of $tool is not $asked_commit as asked for: upstream has $commit"

# What the line asks of other components: a build with others would look fine and not work.
broken=$(jq --raw-output --arg line "$line" '
  # A version in parts that sort: its numbers without trailing zeros, then final above pre-release, then the words of the
  # pre-release. A commit at its end (2026_07_16.090d739) is no part of the order. No version at all gives null.
  def parts:
    sub("[+].*$"; "")
    | sub("[._-](?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{7,40}$"; "")
    | (capture("^(?<core>[0-9]+(?:[._][0-9]+|-[0-9]+(?![0-9A-Za-z]))*)(?<rest>.*)$") // null)
    | if . == null then null else
        {
          core: ([.core | scan("[0-9]+") | sub("^0+(?=[0-9])"; "") | tonumber]
            | until(length <= 1 or .[-1] != 0; .[:-1])),
          final: (.rest == ""),
          rest: [.rest | scan("[0-9]+|[A-Za-z]+") | (tonumber? // ascii_downcase)]
        }
      end;
  def holds($core; $rule):
    ($rule.version | parts | .core) as $bound
    | if $rule.op == ">=" then $core >= $bound
      elif $rule.op == ">" then $core > $bound
      elif $rule.op == "<=" then $core <= $bound
      elif $rule.op == "<" then $core < $bound
      elif $rule.op == "=" then $core == $bound
      elif $rule.op == "!=" then $core != $bound
      else error("unknown operator " + $rule.op)
      end;
  (.lines[] | select(.line == $line) | .components | to_entries[]) as $coupling
  | [.units[] | select(.line == $line and .component == $coupling.key) | .version] | unique[]
  | . as $version | (parts // {core: []}) as $parts
  | select(all($coupling.value[]; . as $rule | holds($parts.core; $rule)) | not)
  | "\($coupling.key) \($version // "of no version"), but the line asks for \($coupling.value | map(.op + .version) | join(", "))"
' "$plan")
[[ -z $broken ]] || fail 1 "$tool $version (line $line) would be built with $broken: run \`ghagen lock update\`, then \`ghagen generate\`"

# Publishing.
release_tag=$tool-v$version
if ((revision > 1)); then release_tag+=-$revision; fi
needed=true
notes=()
if [[ $publish == true && $event == pull_request ]]; then
  publish=false
  notes+=("Nothing is published: this is a pull request.")
fi
if [[ $publish == true && ($variant != all || $arch != all) ]]; then
  publish=false
  notes+=("Nothing is published: a release is whole or is not, and this run is filtered.")
fi
if [[ $publish == true && $ref != refs/heads/main ]]; then
  publish=false
  notes+=("Nothing is published: releases are made from the branch main, and this is ${ref:-none}.")
fi
if [[ $publish == true ]]; then
  state=$("$here/release-state.sh" "$release_tag")
  if [[ $state == published ]]; then
    needed=false
    publish=false
    notes+=("Nothing to do: the release $release_tag exists. A rebuild needs a higher revision.")
  fi
fi

# The rows.
matrices=$(jq --compact-output --arg line "$line" --arg variant "$variant" --arg arch "$arch" '
  (.arches | map({(.arch): .}) | add) as $arches
  | [.cells[]
      | select(.included and .line == $line)
      | select($variant == "all" or .variant == $variant)
      | select($arch == "all" or .arch == $arch)] as $cells
  | {
      build: [.arches[] | .arch as $name | select(any($cells[]; .arch == $name)) | {arch, runner}],
      test: [$cells[] | {arch, variant, runner: $arches[.arch].test_runner, artifact}],
      variants: (reduce $cells[].variant as $name ([]; if index($name) then . else . + [$name] end))
    }' "$plan")
build_matrix=$(jq --compact-output '{include: .build}' <<<"$matrices")
test_matrix=$(jq --compact-output '{include: .test}' <<<"$matrices")
variants=$(jq --raw-output '.variants | join(",")' <<<"$matrices")
rows=$(jq '.test | length' <<<"$matrices")
((rows > 0)) || fail 2 "nothing is left to build: $tool $version (line $line), variant $variant, arch $arch"
# GitHub takes 256 jobs of a matrix. What it does with the rest is not to be relied on.
((rows <= 256)) || fail 1 "$rows test jobs are more than the 256 that GitHub runs: filter by variant or arch"

if [[ -n ${GITHUB_OUTPUT:-} ]]; then exec 3>>"$GITHUB_OUTPUT"; else exec 3>&1; fi
{
  printf 'version=%s\n' "$version"
  printf 'upstream_tag=%s\n' "$upstream_tag"
  printf 'commit=%s\n' "$commit"
  printf 'line=%s\n' "$line"
  printf 'release_tag=%s\n' "$release_tag"
  printf 'publish=%s\n' "$publish"
  printf 'needed=%s\n' "$needed"
  printf 'variants=%s\n' "$variants"
  printf 'build_matrix=%s\n' "$build_matrix"
  printf 'test_matrix=%s\n' "$test_matrix"
} >&3

if [[ -n ${GITHUB_STEP_SUMMARY:-} ]]; then exec 4>>"$GITHUB_STEP_SUMMARY"; else exec 4>&2; fi
{
  printf '### %s %s\n\n' "$(jq --raw-output '.title' "$plan")" "$version"
  printf '| | |\n|---|---|\n'
  printf "| upstream | \`%s\` = \`%s\` |\n" "$upstream_tag" "$commit"
  printf '| release line | %s |\n' "$line"
  printf "| release | \`%s\` |\n" "$release_tag"
  printf '| publish | %s |\n' "$publish"
  printf '| variants | %s |\n' "${variants//,/, }"
  printf '| archives | %s |\n\n' "$rows"
  if ((${#notes[@]} > 0)); then printf '%s\n\n' "${notes[@]}"; fi
} >&4
