#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Builds one unit: runs the recipe of its component with nothing but its needs in the prefix, and keeps what it installed. Where
# the very same unit was built before, its result is taken instead.
#
# usage: build-unit.sh NAME [NEED...]
# env:   what run-build.sh and tools/TOOL.sh set
# out:   WORK/units/NAME/, WORK/logs/NAME.log (what it printed), WORK/logs/NAME.inputs (what its key is made of);
#        WORK/failed: after a failure, the name of the unit and its step
# exit:  0 done; 2 usage; 20 it failed to build; 21 its source could not be fetched; 22 a proof failed
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

(($# > 0)) || fail 2 "usage: build-unit.sh NAME [NEED...]"
for name; do
  [[ $name =~ ^[a-z0-9][a-z0-9._-]*$ ]] || fail 2 "this is no name of a component: $name"
done
name=$1
needs=("${@:2}")
scripts=${WORKSPACE:?}/scripts
recipe=$scripts/components/$name.sh
: "${WORK:?}" "${PREFIX:?}" "${CACHE:?}" "${TOOL:?}" "${LINE:?}" "${ARCH:?}" "${TOOLCHAIN_KEY:?}" "${GHAGEN_REUSE:?}"
[[ -f $recipe ]] || fail 2 "there is no component $name"
log=$WORK/logs/$name.log
inputs=$WORK/logs/$name.inputs
result=$WORK/units/$name
# What the spec sets for every recipe, one variable a line.
environment=()
if [[ -n ${UNIT_ENVIRONMENT:-} ]]; then mapfile -t environment <<<"$UNIT_ENVIRONMENT"; fi
title="unit ${UNIT_PLACE:-1/1} $name${UNIT_VERSION:+ $UNIT_VERSION} ($ARCH)"
mkdir --parents -- "$WORK"/{units,logs,links,licenses,sources}

# The recipe without its head, to see what it uses.
text=$(sed '1,/^: .*CC:/d' -- "$recipe")
uses() { grep --quiet --word-regexp --fixed-strings -e "$1" <<<"$text"; }

# tree FOLDER: the files in it, with their modes and checksums.
tree() {
  (
    cd -- "$1"
    find . -type f -printf '%m %p\n' | sort
    find . -type f -print0 | sort --zero-terminated | xargs --null --no-run-if-empty sha256sum
  )
}

# All that the result can depend on. A variable that the recipe does not name makes no difference to it.
list_inputs() {
  local need variable
  printf 'toolchain %s\n' "$TOOLCHAIN_KEY"
  printf 'folder %s\n' "$WORK"
  printf 'recipe %s\n' "$(sha256sum <"$recipe")"
  for variable in ARCH UNIT_URL UNIT_TAG UNIT_VERSION UNIT_COMMIT; do
    printf 'variable %s=%s\n' "$variable" "${!variable:-}"
  done
  # The recipe need not name these: a compiler may read them.
  for variable in "${environment[@]}"; do printf 'environment %s\n' "$variable"; done
  for variable in LINE "${!LINE_@}"; do
    if uses "$variable"; then printf 'variable %s=%s\n' "$variable" "${!variable}"; fi
  done
  if [[ -d $WORKSPACE/patches/$name ]]; then
    tree "$WORKSPACE/patches/$name" | sed 's/^/patch /'
  fi
  if uses files && [[ -d $WORKSPACE/files ]]; then
    tree "$WORKSPACE/files" | sed 's/^/file /'
  fi
  for need in "${needs[@]}"; do
    printf 'need %s %s\n' "$need" "$(<"$WORK/units/$need/key")"
  done
}

# What it needs, and what that needs in turn: each after its own needs.
list_closure() {
  local need
  for need in "${needs[@]}"; do
    cat -- "$WORK/units/$need/closure"
    printf '%s\n' "$need"
  done | awk '!seen[$0]++'
}

# What is in the prefix, in a way that tells a file from one that was written since.
list_prefix() { (cd -- "$PREFIX" && find . ! -type d -printf '%i %C@ %p\0' | sort --zero-terminated); }

# Everything in the prefix that was not there before, or is not as it was.
keep_result() {
  mkdir --parents -- "$result/prefix" "$WORK/links/$name" "$WORK/licenses/$name"
  list_prefix | comm -z -13 -- "$result/before" - | cut --zero-terminated --delimiter=' ' --fields=3- \
    | tar --create --directory "$PREFIX" --null --files-from=- | tar --extract --directory "$result/prefix" --preserve-permissions
  rm -- "$result/before"
  cp -- "$WORK/sources/$name.epoch" "$result/epoch"
  cp -- "$log" "$result/log"
  cp --recursive -- "$WORK/links/$name" "$result/links"
  cp --recursive -- "$WORK/licenses/$name" "$result/licenses"
}

# Under another name first: what was cut off half way is never taken for a result.
store_result() {
  local entry=$1 old
  mkdir --parents -- "${entry%/*}"
  rm --force -- "${entry%/*}/$name"-*.partial
  tar --create --directory "$result" -- . | zstd --quiet --force -1 -o "$entry.partial"
  mv -- "$entry.partial" "$entry"
  # The latest three of this unit are kept.
  find "${entry%/*}" -name "$name-????????????????.tar.zst" -printf '%T@ %p\n' | sort --numeric-sort --reverse \
    | tail --lines=+4 | cut --delimiter=' ' --fields=2- | while IFS= read -r old; do rm --force -- "$old"; done
}

# Takes an earlier result. zstd compares what it reads with a checksum: a damaged one is no result.
take_result() {
  local entry=$1
  [[ -f $entry ]] || return 1
  mkdir --parents -- "$result"
  if ! zstd --quiet --decompress --stdout -- "$entry" | tar --extract --directory "$result" --preserve-permissions; then
    say "$name: the stored result $entry is damaged: building it again"
    rm --recursive --force -- "$result" "$entry"
    return 1
  fi
  # Taken just now, so it is the latest.
  touch -- "$entry"
  cp -- "$result/epoch" "$WORK/sources/$name.epoch"
  cp -- "$result/log" "$log"
  cp --recursive -- "$result/links" "$WORK/links/$name"
  cp --recursive -- "$result/licenses" "$WORK/licenses/$name"
}

rm --recursive --force -- "$result" "$WORK/links/$name" "$WORK/licenses/$name"
list_inputs >"$inputs"
key=$(sha256sum <"$inputs")
key=${key:0:16}
entry=$CACHE/units/$TOOL-$ARCH/$name-$key.tar.zst
say "$title ..."
if [[ $GHAGEN_REUSE == on ]] && take_result "$entry"; then
  say "$title reused"
  exit 0
fi

mkdir --parents -- "$result"
printf '%s\n' "$key" >"$result/key"
list_closure >"$result/closure"
mapfile -t closure <"$result/closure"
"$scripts/container/install-units.sh" "${closure[@]}"
list_prefix >"$result/before"

# The recipe notes the step that it is at.
export STEP=$WORK/step
printf 'start\n' >"$STEP"
started=$SECONDS
code=0
# What holds for the run and not for the unit is out of its reach: its result belongs to every variant.
env --unset=VERSION --unset=COMMIT --unset=VARIANT --unset=UNIT_ENVIRONMENT -- "${environment[@]}" "$recipe" >"$log" 2>&1 </dev/null || code=$?
if ((code == 0)); then
  keep_result
  if [[ $GHAGEN_REUSE == on ]]; then store_result "$entry"; fi
  say "$title done in $((SECONDS - started)) s"
  exit 0
fi

step=$(<"$STEP")
printf '%s %s\n' "$name" "$step" >"$WORK/failed"
say "the last lines of its log, ${log#"$WORKSPACE/build/"}:"
tail --lines=80 -- "$log" >&2
failure="$title failed at $step after $((SECONDS - started)) s (exit code $code)"
case $code in
  21) fail 21 "$failure: a source could not be fetched" ;;
  22) fail 22 "$failure: built, but not into what it declares" ;;
  *) fail 20 "$failure" ;;
esac
