#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Lists the versions of a tool that its upstream offers, newest first, as a JSON array of
# {version, tag, commit, line, prerelease}. `line` is null where no release line takes the version.
# With --newest: only those that a release could be made of now, the newest of each line, and the newest of all where no line
# takes it.
#
# usage: list-versions.sh [--newest] TOOL
# env:   GHAGEN_GIT_SECONDS    how long one attempt may take (default: 60)
# exit:  0 done; 1 nothing fits (--newest); 2 usage; 21 the upstream could not be read
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
newest=false
if [[ ${1:-} == --newest ]]; then
  newest=true
  shift
fi
if (($# != 1)) || [[ ! $1 =~ ^[a-z0-9][a-z0-9._-]*$ ]]; then
  fail 2 "usage: list-versions.sh [--newest] TOOL"
fi
tool=$1
plan=$here/../plan/$tool.json
[[ -f $plan ]] || fail 2 "no plan for $tool: $plan is missing"

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

url=$(jq --raw-output '.upstream.url // empty' "$plan")
# What has no address is released from this very repository: the tags are those of the checkout.
own=false
if [[ -z $url ]]; then
  own=true
  url=file://$(cd -- "$here/../.." && pwd)
fi
# A tag by `refs/tags/NAME^{}` is what an annotated tag points to: the commit, and not the tag's own object.
list_tags() {
  GIT_TERMINAL_PROMPT=0 timeout "${GHAGEN_GIT_SECONDS:-60}" git ls-remote --tags -- "$url" >"$scratch/tags"
}
retry list_tags || fail 21 "the tags of $tool could not be read from $url"
# Our own repository may have nothing to release yet. Somebody else's without a tag is the wrong one.
[[ -s $scratch/tags || $own == true ]] || fail 21 "$url has no tags"

offered=$(jq --null-input --argjson newest "$newest" --slurpfile plan "$plan" --rawfile tags "$scratch/tags" '
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
  $plan[0] as $plan
  | ($tags | split("\n")
      | map(select(length > 0) | split("\t") | {commit: .[0], name: (.[1] | ltrimstr("refs/tags/"))})
      | reduce .[] as $tag ({};
          if ($tag.name | endswith("^{}")) then .[$tag.name[:-3]] = $tag.commit
          elif has($tag.name) then .
          else .[$tag.name] = $tag.commit end)
      | to_entries)
  | map(
      .key as $tag
      | select(any($plan.upstream.exclude[]; . as $pattern | $tag | test($pattern)) | not)
      | {tag: $tag, commit: .value, version: ((($tag | capture($plan.upstream.tags)) // {}) | .version)}
      | select(.version != null)
      | . + {parts: (.version | parts)}
      | select(.parts != null)
      | .parts as $parts
      | . + {line: (first($plan.lines[] | select(all(.versions[]; . as $rule | holds($parts.core; $rule))) | .line) // null)}
    )
  | sort_by([.parts.core, .parts.final, .parts.rest, .tag])
  | reverse
  | map({version, tag, commit, line, prerelease: (.parts.final | not)})
  | if $newest then
      map(select($plan.upstream.prereleases or (.prerelease | not)))
      | . as $offered
      | [first(.[]) | select(.line == null)]
        + [$plan.lines[].line as $line | first($offered[] | select(.line == $line))]
    else . end
')
[[ $newest == false || $own == true || $offered != '[]' ]] || fail 1 "no upstream version of $tool fits its tag rule and its lines"
printf '%s\n' "$offered"
