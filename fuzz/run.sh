#!/usr/bin/env bash
# Fuzzes every target for some time, two of them at once, and fails if any of them finds something.
#
# Usage: fuzz/run.sh [SECONDS] [TARGET...]
#
# What is tried starts from fuzz/corpus and grows in target/fuzz-corpus; nothing under fuzz/corpus is changed.
# fuzz/minimise.sh takes over from there what is worth keeping.
set -euo pipefail

seconds=${1:-600}
targets=("${@:2}")
if [[ ${#targets[@]} == 0 ]]; then targets=(yaml spec lock manifest); fi
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
toolchain=${FUZZ_TOOLCHAIN:-nightly}
cd -- "$root"

# Without a sanitizer: there is no unsafe code here, and panics and overflows are found all the same, several times faster.
cargo "+$toolchain" fuzz build --sanitizer none --target-dir target/fuzz

fuzz() {
  local target=$1 dictionary=fuzz/dictionaries/$1.dict
  if [[ $target == lock ]]; then dictionary=fuzz/dictionaries/spec.dict; fi
  mkdir -p "target/fuzz-corpus/$target" "fuzz/artifacts/$target"
  local programs=(target/fuzz/*/release/"$target")
  nice "${programs[0]}" "target/fuzz-corpus/$target" "fuzz/corpus/$target" -artifact_prefix="fuzz/artifacts/$target/" \
    -max_total_time="$seconds" -max_len=16384 -timeout=20 -rss_limit_mb=2048 -dict="$dictionary" -print_final_stats=1 \
    >"target/fuzz-corpus/$target.log" 2>&1 && printf 'fuzz: %s: nothing found\n' "$target" && return
  printf 'fuzz: %s: FOUND something, see fuzz/artifacts/%s and target/fuzz-corpus/%s.log\n' "$target" "$target" "$target" >&2
  return 1
}

status=0
while ((${#targets[@]})); do
  running=()
  for target in "${targets[@]:0:2}"; do
    fuzz "$target" &
    running+=("$!")
  done
  targets=("${targets[@]:2}")
  for process in "${running[@]}"; do
    wait "$process" || status=1
  done
done
exit "$status"
