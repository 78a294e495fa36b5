#!/usr/bin/env bash
# Made by ghagen from spec/tools/second.yaml, spec/components/text.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# How second is built: the release line of a version, and the units of that line in their order.
#
# usage: second.sh line         the release line of VERSION
#        second.sh variants     the variants to build, one a line, of those that VARIANT names
#        second.sh languages    the language toolchains that they need, with commas
#        second.sh list         the units that they need, one a line, in their order
#        second.sh build        builds every one of these, and installs them all
# env:   VERSION; ARCH, VARIANT; for `build` also what run-build.sh sets
# exit:  0 done; 2 usage; 20, 21, 22 as build-unit.sh
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

scripts=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
action=${1:-}
[[ ${VERSION:-} =~ ^[0-9]+([._][0-9]+)* ]] || fail 2 "VERSION must begin with a digit"
# Lines look at the numbers alone: 6.0.0-rc1 belongs where 6.0.0 belongs.
numbers=${BASH_REMATCH[0]}

# holds OP BOUND: does the version stand so to the bound? A missing number counts as 0.
holds() {
  local -a have want
  local i order=0
  IFS=._ read -r -a have <<<"$numbers"
  IFS=._ read -r -a want <<<"$2"
  for ((i = 0; i < ${#have[@]} || i < ${#want[@]}; i++)); do
    if ((10#${have[i]:-0} != 10#${want[i]:-0})); then
      if ((10#${have[i]:-0} < 10#${want[i]:-0})); then order=-1; else order=1; fi
      break
    fi
  done
  case $1 in
    '>=') ((order >= 0)) ;;
    '>') ((order > 0)) ;;
    '<=') ((order <= 0)) ;;
    '<') ((order < 0)) ;;
    '=') ((order == 0)) ;;
    '!=') ((order != 0)) ;;
    *) fail 2 "unknown operator $1" ;;
  esac
}

if true; then
  LINE='main'
else
  fail 2 "second $VERSION is in no release line"
fi
export LINE
if [[ $action == line ]]; then
  printf '%s\n' "$LINE"
  exit 0
fi

: "${ARCH:?}" "${VARIANT:?}"
COMMIT=${COMMIT:-}
case $LINE-$ARCH in
  main-amd64) offered=(default) ;;
  *) fail 2 "second $LINE is not built for $ARCH" ;;
esac

# has NAME ITEM...: is the name one of the items?
has() {
  local item
  for item in "${@:2}"; do
    if [[ $item == "$1" ]]; then return 0; fi
  done
  return 1
}

wanted=()
if [[ $VARIANT == all ]]; then
  wanted=("${offered[@]}")
else
  IFS=, read -r -a asked <<<"$VARIANT"
  for name in "${asked[@]}"; do
    has "$name" default || fail 2 "second has no variant $name"
    if has "$name" "${offered[@]}"; then
      wanted+=("$name")
    else
      say "second $LINE has no variant $name for $ARCH: left out"
    fi
  done
fi
((${#wanted[@]} > 0)) || fail 2 "nothing to build: second $LINE, $ARCH, $VARIANT"

# unit NAME LANGUAGE VARIANTS NEEDS URL TAG VERSION COMMIT: one component of this line, if a wanted variant needs it.
names=()
unit() {
  local variant needed=false
  local -a users needs
  IFS=, read -r -a users <<<"$3"
  IFS=, read -r -a needs <<<"$4"
  for variant in "${users[@]}"; do
    if has "$variant" "${wanted[@]}"; then needed=true; fi
  done
  [[ $needed == true ]] || return 0
  case $action in
    languages) printf '%s\n' "$2" ;;
    list) printf '%s\n' "$1" ;;
    build)
      names+=("$1")
      export UNIT=$1 UNIT_PLACE=${#names[@]}/$total UNIT_URL=$5 UNIT_TAG=$6 UNIT_VERSION=$7 UNIT_COMMIT=$8
      "$scripts/container/build-unit.sh" "$1" "${needs[@]}"
      ;;
    *) ;;
  esac
}

# What the recipe of every unit has in its environment, one variable a line.
set_environment() {
  local -a environment=()
  environment+=(PLAIN=high)
  environment+=(AWKWARD="it's \"100%\" \$HOME \`x\` \\ * # {not}: ")
  environment+=(EMPTY='')
  environment+=(WHERE="$TOOL $ARCH $GOARCH $TRIPLE")
  if [[ $ARCH == arm64 ]]; then environment+=(ONLY_ARM=yes); fi
  environment+=(GIVES_WAY=here)
  UNIT_ENVIRONMENT=$(printf '%s\n' "${environment[@]}")
  export UNIT_ENVIRONMENT
}

# In this order. The last four words are the pin: where it comes from, tag, version, commit (of an archive, its SHA-256). What
# has none is made of the files of this repository.
units() {
  case $LINE-$ARCH in
    main-amd64)
      unit text none default '' '' '' '' ''
      ;;
    *) fail 2 "no units for $LINE-$ARCH" ;;
  esac
}

# note_time COMPONENT...: the time of everything in the archives: that of the tool's own source, else of the newest one.
note_time() {
  sort --numeric-sort "$WORK"/sources/*.epoch | tail --lines=1 >"$WORK/source-date-epoch"
}

case $action in
  variants) printf '%s\n' "${wanted[@]}" ;;
  list) units ;;
  languages) units | sort --unique | sed '/^none$/d' | paste --serial --delimiters=, ;;
  build)
    [[ $COMMIT =~ ^[0-9a-f]{40}$ ]] || fail 2 "COMMIT must be a commit, 40 hexadecimal digits"
    : "${WORK:?}"
    total=$(action=list units | wc --lines)
    set_environment
    units
    "$scripts/container/install-units.sh" "${names[@]}"
    note_time
    ;;
  *) fail 2 "usage: second.sh line | variants | languages | list | build" ;;
esac
