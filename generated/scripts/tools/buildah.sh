#!/usr/bin/env bash
# Made by ghagen from spec/tools/buildah.yaml, 16 files in spec/components, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# How buildah is built: the release line of a version, and the units of that line in their order.
#
# usage: buildah.sh line         the release line of VERSION
#        buildah.sh variants     the variants to build, one a line, of those that VARIANT names
#        buildah.sh languages    the language toolchains that they need, with commas
#        buildah.sh list         the units that they need, one a line, in their order
#        buildah.sh build        builds every one of these, and installs them all
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

if holds '>=' 1.44 && holds '<' 2; then
  LINE='1'
else
  fail 2 "buildah $VERSION is in no release line"
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
  *) fail 2 "buildah $LINE is not built for $ARCH" ;;
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
    has "$name" standalone default full || fail 2 "buildah has no variant $name"
    if has "$name" "${offered[@]}"; then
      wanted+=("$name")
    else
      say "buildah $LINE has no variant $name for $ARCH: left out"
    fi
  done
fi
((${#wanted[@]} > 0)) || fail 2 "nothing to build: buildah $LINE, $ARCH, $VARIANT"

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
      unit aardvark-dns rust full '' https://github.com/containers/aardvark-dns v2.0.0 2.0.0 d98c5990d9bfe25ba8e85cb4202c3272a6e4a5d7
      unit apparmor none 'default,full' '' '' '' '' ''
      unit argp-standalone none 'default,full' '' https://github.com/ericonr/argp-standalone 1.4.1 1.4.1 e5fe9ad9e83e6765cf8fa787f903d4c6792338b5
      unit containers-config none 'default,full' '' https://github.com/podman-container-tools/container-libs common/v0.68.0 0.68.0 bb6a37c8946a977f24a8eed4d97b2dc3608cd05e
      unit drop-ins none 'default,full' '' '' '' '' ''
      unit json-c none 'default,full' '' https://github.com/json-c/json-c json-c-0.19-20260627 0.19 aa716cd8d663c976b99b0f30f102ee1d8ef63146
      unit libcap none 'default,full' '' https://git.kernel.org/pub/scm/libs/libcap/libcap.git libcap-2.76 2.76 5f3e12ca39c476b78160df6e2345a642a8e6f178
      unit libfuse none full '' https://github.com/libfuse/libfuse fuse-3.18.2 3.18.2 033844748010a3b8265bf1c90b9ae8ffe4cd9ca7
      unit libseccomp none 'standalone,default,full' '' https://github.com/seccomp/libseccomp v2.6.1 2.6.1 a81cc2de8ee7a33633defc88bb8a2d986b421613
      unit mimalloc none 'standalone,default,full' '' https://github.com/microsoft/mimalloc v3.4.3 3.4.3 152fbf2634aeafca3774df791b0a77683035f076
      unit buildah go 'standalone,default,full' 'libseccomp,mimalloc' https://github.com/podman-container-tools/buildah '' "$VERSION" "$COMMIT"
      unit crun none 'default,full' 'argp-standalone,json-c,libcap,libseccomp,mimalloc' https://github.com/containers/crun 1.29.1 1.29.1 f0d911de5587342cfeb16473bf32ecdfeaf25957
      unit fuse-overlayfs none full 'libfuse,mimalloc' https://github.com/containers/fuse-overlayfs v1.16 1.16 9ad6545b25934cd74f9cce4109a022be2c2492cd
      unit netavark rust 'default,full' '' https://github.com/containers/netavark v2.1.0 2.1.0 8e91ad1d947ed325327b638f0cb906bea1f7d0ab
      unit passt none full '' https://passt.top/passt 2026_07_16.090d739 2026_07_16 090d739bd16ed0d810bf2fe9603229aad74adc62
      unit readme none 'default,full' '' '' '' '' ''
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
    note_time buildah
    ;;
  *) fail 2 "usage: buildah.sh line | variants | languages | list | build" ;;
esac
