#!/usr/bin/env bash
# Made by ghagen from spec/tools/skopeo.yaml, 9 files in spec/components, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# How skopeo is built: the release line of a version, and the units of that line in their order.
#
# usage: skopeo.sh line         the release line of VERSION
#        skopeo.sh variants     the variants to build, one a line, of those that VARIANT names
#        skopeo.sh languages    the language toolchains that they need, with commas
#        skopeo.sh list         the units that they need, one a line, in their order
#        skopeo.sh build        builds every one of these, and installs them all
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

if holds '>=' 1.18 && holds '<' 2; then
  LINE='1'
else
  fail 2 "skopeo $VERSION is in no release line"
fi
export LINE
if [[ $action == line ]]; then
  printf '%s\n' "$LINE"
  exit 0
fi

: "${ARCH:?}" "${VARIANT:?}"
COMMIT=${COMMIT:-}
case $LINE-$ARCH in
  1-amd64) offered=(standalone default full) ;;
  1-arm64) offered=(standalone default full) ;;
  *) fail 2 "skopeo $LINE is not built for $ARCH" ;;
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
    has "$name" standalone default full || fail 2 "skopeo has no variant $name"
    if has "$name" "${offered[@]}"; then
      wanted+=("$name")
    else
      say "skopeo $LINE has no variant $name for $ARCH: left out"
    fi
  done
fi
((${#wanted[@]} > 0)) || fail 2 "nothing to build: skopeo $LINE, $ARCH, $VARIANT"

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

# In this order. The last four words are the pin: where it comes from, tag, version, commit (of an archive, its SHA-256). What
# has none is made of the files of this repository.
units() {
  case $LINE-$ARCH in
    1-amd64 | 1-arm64)
      unit aardvark-dns rust full '' https://sources.invalid/aardvark-dns v2.0.0 2.0.0 02ed21f0b9df7ba0230097181da707b32801c43c
      unit catatonit none full '' https://sources.invalid/catatonit v0.2.1 0.2.1 db36bf3a71a75dad999a852755dfeeb8ae435241
      unit libfuse none full '' https://sources.invalid/libfuse fuse-3.14.0 3.14.0 68edbcad3692616b11e4f49b5a15242b3bf95be3
      unit mimalloc none 'standalone,default,full' '' https://sources.invalid/mimalloc v3.3.2 3.3.2 bf858e63afc72bc8b3bc6faf68bd5693712bbc57
      unit fuse-overlayfs none full 'libfuse,mimalloc' https://sources.invalid/fuse-overlayfs v1.14 1.14 8bba7d655eab6009f7ad7dbf0b4225b845bf867c
      unit passt none full '' https://sources.invalid/passt 2025_05_03.587980c 2025_05_03 5757e3aa08c6cf460e626b8df065aa0461b8acc8
      unit policy none 'default,full' '' https://sources.invalid/skopeo '' "$VERSION" "$COMMIT"
      unit readme none 'default,full' '' '' '' '' ''
      unit skopeo go 'standalone,default,full' mimalloc https://sources.invalid/skopeo '' "$VERSION" "$COMMIT"
      ;;
    *) fail 2 "no units for $LINE-$ARCH" ;;
  esac
}

# note_time COMPONENT...: the time of everything in the archives: that of the tool's own source, else of the newest one.
note_time() {
  local name
  for name; do
    if [[ -f $WORK/sources/$name.epoch ]]; then
      cp -- "$WORK/sources/$name.epoch" "$WORK/source-date-epoch"
      return 0
    fi
  done
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
    units
    "$scripts/container/install-units.sh" "${names[@]}"
    note_time policy skopeo
    ;;
  *) fail 2 "usage: skopeo.sh line | variants | languages | list | build" ;;
esac
