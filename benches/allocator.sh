#!/usr/bin/env bash
# Measures what mimalloc is worth: a program that allocates in several threads, compiled by the generated toolchain, with musl's
# own malloc and with mimalloc, one after the other in each run. The middle of the times, and their ratio.
#
# usage: allocator.sh [RUNS]      (default 5)
#
# In the container and with the units that `make test` leaves in target/factory. Without them: SKIPPED.
set -euo pipefail
export LC_ALL=C

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
factory=$root/target/factory
runs=${1:-5}
[[ $runs =~ ^[1-9][0-9]*$ ]] || {
  printf 'usage: allocator.sh [RUNS]\n' >&2
  exit 2
}

skip() {
  printf 'SKIPPED allocator: %s\n' "$1" >&2
  exit 0
}
command -v podman >/dev/null || skip 'podman is not installed'
((EUID == 0)) || skip 'it needs root, as the builds that it uses'
prefix=$factory/tmp/probe/probe-amd64/install
[[ -f $prefix/lib/mimalloc.o ]] || skip 'nothing is built yet; run make test, or GHAGEN_FACTORY=1 cargo test factory::builds'
export CONTAINERS_CONF=$factory/containers.conf CONTAINERS_STORAGE_CONF=$factory/storage.conf
image=$(podman images --format '{{.Repository}}:{{.Tag}}' --filter 'reference=localhost/ghagen-env' | head --lines=1)
[[ -n $image ]] || skip 'the image of the build environment is gone; run make test'

# The part that runs in the container.
read -r -d '' measure <<'MEASURE' || true
set -euo pipefail
cd /tmp
export PATH=/opt/ghagen/bin:$PATH
LINK_FLAGS=-static x86_64-linux-musl-clang -O2 -o musl /churn.c -pthread
LINK_FLAGS='-static /mimalloc.o' x86_64-linux-musl-clang -O2 -o mimalloc /churn.c -pthread
for threads in 1 4; do
  for ((run = 0; run < $1; run++)); do
    for malloc in musl mimalloc; do
      printf '%s %s %s\n' "$threads" "$malloc" "$(./"$malloc" "$threads" 2000000)"
    done
  done
done
MEASURE

# In a mount namespace of its own, so that no mount outlives it.
unshare --mount -- podman run --rm --network=none --security-opt label=disable \
  --volume "$root/tests/factory/probe/churn.c:/churn.c:ro" --volume "$prefix/lib/mimalloc.o:/mimalloc.o:ro" \
  "$image" bash -c "$measure" measure "$runs" \
  | sort --key=1,1n --key=2,2 --key=4,4n \
  | awk -v runs="$runs" '
      { time[$1, $2, ++count[$1, $2]] = $4 }
      END {
        middle = int((runs + 1) / 2)
        printf "2000000 blocks a thread, %d runs, seconds of the middle one\n", runs
        printf "  %-8s %10s %10s %8s\n", "threads", "musl", "mimalloc", "ratio"
        for (threads = 1; threads <= 4; threads += 3) {
          musl = time[threads, "musl", middle]
          mimalloc = time[threads, "mimalloc", middle]
          if (mimalloc <= 0) exit 1
          printf "  %-8d %10.4f %10.4f %8.1f\n", threads, musl, mimalloc, musl / mimalloc
        }
      }'
