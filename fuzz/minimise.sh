#!/usr/bin/env bash
# Replaces fuzz/corpus by the smallest inputs that reach all that the fuzzer has reached so far; at most 60 of each target.
#
# Usage: fuzz/minimise.sh
#
# Files named regression-* stay: each one once broke a promise.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd -- "$root"

for target in yaml spec lock manifest; do
  programs=(target/fuzz/*/release/"$target")
  corpus=fuzz/corpus/$target
  kept=$(mktemp --directory)
  mkdir -p "$corpus"
  # By edges alone: how often each is taken would keep ten times as many.
  "${programs[0]}" -set_cover_merge=1 -use_counters=0 -max_len=8192 "$kept" "target/fuzz-corpus/$target" "$corpus" \
    2>"target/fuzz-corpus/$target-merge.log"
  find "$corpus" -type f -not -name 'regression-*' -delete
  # The largest first: an input that reaches much is seldom small.
  mapfile -t files < <(find "$kept" -type f -size -12k -printf '%s %p\n' | sort --numeric-sort --reverse | cut --delimiter=' ' --fields=2 | head --lines=60)
  for file in "${files[@]}"; do cp -- "$file" "$corpus/"; done
  rm -rf -- "$kept"
  printf 'fuzz: %s: %s inputs\n' "$target" "$(find "$corpus" -type f | wc --lines)"
done
