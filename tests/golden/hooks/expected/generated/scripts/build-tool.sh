#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Builds one tool for one arch in a container, and packs its variants.
#
# usage: build-tool.sh TOOL ARCH VARIANT     (VARIANT: one, several separated by commas, or all)
# env:   VERSION           version to build
#        COMMIT            the commit of that version, 40 hexadecimal digits
#        GHAGEN_BUILD      folder of the build (default: build/ in the repository)
#        GHAGEN_REUSE      on: a unit that is exactly as it was is taken from an earlier build in that folder (default);
#                          off: every unit is built. Releases are made with off.
#        GHAGEN_IMAGE      image to use in place of the pinned one
# out:   BUILD/TOOL-ARCH/dist/ (archives), BUILD/TOOL-ARCH/logs/
# exit:  0 done; 2 usage; 20 a unit failed to build; 21 a source could not be fetched; 22 a proof failed;
#        23 the build environment could not be set up; 129, 130, 143 interrupted; 125, 126, 127 the container could not start
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
(($# == 3)) || fail 2 "usage: VERSION=... COMMIT=... build-tool.sh TOOL ARCH VARIANT"
export TOOL=$1 ARCH=$2 VARIANT=$3
export VERSION=${VERSION:-} COMMIT=${COMMIT:-} GHAGEN_REUSE=${GHAGEN_REUSE:-on}
[[ $TOOL =~ ^[a-z0-9][a-z0-9._-]*$ && -f $here/tools/$TOOL.sh ]] || fail 2 "there is no tool $TOOL"
[[ $ARCH =~ ^[a-z0-9][a-z0-9_]*$ ]] || fail 2 "ARCH must be the name of an arch"
[[ $VARIANT =~ ^[a-z0-9][a-z0-9._-]*(,[a-z0-9][a-z0-9._-]*)*$ ]] || fail 2 "VARIANT must be a name, several with commas, or all"
[[ $VERSION =~ ^[0-9][0-9A-Za-z._+-]*$ ]] || fail 2 "VERSION must begin with a digit"
[[ $COMMIT =~ ^[0-9a-f]{40}$ ]] || fail 2 "COMMIT must be a commit, 40 hexadecimal digits"
[[ $GHAGEN_REUSE =~ ^(on|off)$ ]] || fail 2 "GHAGEN_REUSE must be on or off"

build=${GHAGEN_BUILD:-$here/../../build}
mkdir --parents -- "$build"
build=$(cd -- "$build" && pwd)
generated=$(cd -- "$here/.." && pwd)
work=$build/$TOOL-$ARCH
rm --force -- "$work/failed"

# What a build prints is not ours: on GitHub a line of it that begins with `::` would be taken for a command to the runner.
token=
quote_output() {
  if [[ ${GITHUB_ACTIONS:-} == true ]]; then
    token=$(od --address-radix=n --read-bytes=16 --format=x1 /dev/urandom | tr --delete ' \n')
    printf '::stop-commands::%s\n' "$token"
  fi
}
unquote_output() {
  if [[ -n $token ]]; then printf '::%s::\n' "$token"; fi
  token=
}
trap unquote_output EXIT

command -v podman >/dev/null || fail 125 "podman is not installed"
podman version >&2 || fail 125 "podman does not run"

image=${GHAGEN_IMAGE:-registry.example.org/base:1@sha256:0000000000000000000000000000000000000000000000000000000000000000}
[[ $image =~ ^[A-Za-z0-9][A-Za-z0-9._:/@-]*$ ]] || fail 2 "GHAGEN_IMAGE must be the name of an image"
if ! podman image exists "$image"; then
  if ! retry podman pull --quiet "$image" >&2; then
    fail 125 "the image $image cannot be had"
  fi
fi

name=ghagen-$TOOL-$ARCH-$$
options=(
  --rm
  --name "$name"
  # Where SELinux watches, it must not keep the container from the mounted folders; relabelling them would outlive the build.
  --security-opt label=disable
  --volume "$build:/workspace/build"
)
for folder in scripts files patches; do
  if [[ -d $generated/$folder ]]; then
    options+=(--volume "$generated/$folder:/workspace/$folder:ro")
  fi
done
for variable in VERSION COMMIT TOOL ARCH VARIANT GHAGEN_REUSE; do
  options+=(--env "$variable")
done

say "building $TOOL $VERSION for $ARCH ($VARIANT) in $image"
quote_output
# In the background, so that an interrupt is handled at once: the container's first process would not hear it.
run() { exec podman run "${options[@]}" "$image" /workspace/scripts/container/run-build.sh; }
# The container may be about to be created just now: until podman has ended, it can appear.
end_run() {
  while kill -0 "$process" 2>/dev/null; do
    podman rm --force --time 0 -- "$name" >/dev/null 2>&1 || true
    sleep 0.2
  done
  podman rm --force --time 0 -- "$name" >/dev/null 2>&1 || true
}
# stop CODE: ends what runs.
process=
stop() {
  trap '' INT TERM HUP
  if [[ -z $process ]]; then exit "$1"; fi
  end_run
  wait "$process" 2>/dev/null || true
  unquote_output
  fail "$1" "interrupted: units that were finished are reused the next time"
}
trap 'stop 130' INT
trap 'stop 143' TERM
trap 'stop 129' HUP
run </dev/null &
process=$!
code=0
wait "$process" || code=$?
trap - INT TERM HUP
unquote_output

# What build-unit.sh noted of a failure: the unit, and its step.
what=$TOOL
logs=$work/logs
if [[ -f $work/failed ]]; then
  read -r unit step <"$work/failed"
  what="$unit, at its step \"$step\""
  logs=$work/logs/$unit.log
fi
case $code in
  0) ;;
  2) fail 2 "the build refused its arguments" ;;
  20) fail 20 "failed to build: $what; see $logs" ;;
  21) fail 21 "a source could not be fetched: $what; see $logs" ;;
  22) fail 22 "a proof failed, so what was built is not what the spec says: $what; see $logs" ;;
  23) fail 23 "the build environment could not be set up: this is no failure of a recipe" ;;
  125 | 126 | 127) fail "$code" "the container could not start (exit code $code of podman): this is no failure of the build" ;;
  137 | 143) fail "$code" "the build was killed (exit code $code): by a signal, or for want of memory" ;;
  *) fail "$code" "the build of $TOOL ended with the unexpected exit code $code" ;;
esac
ls -l -- "$work/dist" >&2
