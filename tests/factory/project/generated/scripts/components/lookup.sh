#!/usr/bin/env bash
# Made by ghagen from spec/components/lookup.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# lookup: A program of Go with C in it.
#
# usage: lookup.sh, by build-unit.sh
# env:   what run-build.sh and tools/TOOL.sh set
# exit:  0 done; 21 the source could not be fetched; 22 a proof failed; anything else: it failed to build
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

: "${WORKSPACE:?}" "${WORK:?}" "${PREFIX:?}" "${TOOLCHAIN:?}" "${CACHE:?}" "${JOBS:?}"
: "${TOOL:?}" "${LINE:?}" "${ARCH:?}" "${TRIPLE:?}" "${MACHINE:?}" "${GOARCH:?}" "${RUST_TARGET:?}"
: "${CC:?}" "${CXX:?}" "${AR:?}" "${RANLIB:?}" "${STRIP:?}" "${STEP:?}"
scripts=$WORKSPACE/scripts/container

# step NAME: where it is now. build-unit.sh tells it, should it fail there.
step() {
  printf '%s\n' "$1" >"$STEP"
  printf 'ghagen: step %s\n' "$1"
}

# The source.
step fetch
export SOURCE=$WORK/sources/lookup
export UNIT_URL=${UNIT_URL:-} UNIT_TAG=${UNIT_TAG:-} UNIT_VERSION=${UNIT_VERSION:-} UNIT_COMMIT=${UNIT_COMMIT:-}
"$scripts/fetch-source.sh" "$UNIT_URL" "$UNIT_TAG" "$UNIT_COMMIT" "$SOURCE"
SOURCE_DATE_EPOCH=$(git -C "$SOURCE" log --max-count=1 --format=%ct)
export SOURCE_DATE_EPOCH
printf '%s\n' "$SOURCE_DATE_EPOCH" >"$SOURCE.epoch"

# What every compilation and every link gets, whatever the build system says: no path of this build in the result, the declared
# way of linking and the declared allocator, and a record of everything that is linked.
export CFLAGS=-O2 CXXFLAGS=-O2 CPPFLAGS="-I$PREFIX/include" LDFLAGS="-L$PREFIX/lib"
export COMPILE_FLAGS="-ffile-prefix-map=$WORK=."
export LINK_FLAGS="-static $PREFIX/lib/mimalloc.o -Wl,-z,stack-size=8388608"
export LINKS=$WORK/links/lookup
mkdir --parents -- "$LINKS"

# Exactly Go 1.26.6: the Go of the machine fetches it, and checks it against the checksum database.
export GOTOOLCHAIN=go1.26.6 GOOS=linux GOARCH GOAMD64=v1 GOARM64=v8.0 GOWORK=off GOENV=off GOFLAGS=-modcacherw
export GOPATH=$CACHE/go GOCACHE=$WORK/cache/go-build
# What the component's own environment says goes before what every compilation gets.
export CGO_CPPFLAGS=${CGO_CPPFLAGS:-$CPPFLAGS} CGO_CFLAGS=${CGO_CFLAGS:-$CFLAGS} CGO_CXXFLAGS=${CGO_CXXFLAGS:-$CXXFLAGS}
export CGO_LDFLAGS=${CGO_LDFLAGS:-$LDFLAGS}
cd -- "$SOURCE"
say() { printf 'ghagen: %s\n' "$*" >&2; }

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

# join SEPARATOR WORD...
join() {
  local IFS=$1
  shift
  printf '%s' "$*"
}

step modules
retry go version || exit 21
retry go mod download || exit 21
options=(
  -trimpath
  -buildvcs=false
  -mod=readonly
)
step compile

# bin/lookup
flags=(
  -w
  -buildid=
  -linkmode=external
  "-extldflags '-static'"
  "-X 'main.version=$UNIT_VERSION'"
)
CGO_ENABLED=1 LINK_FLAGS="-static $PREFIX/lib/mimalloc.o -Wl,-z,stack-size=8388608" \
  go build "${options[@]}" -ldflags="$(join ' ' "${flags[@]}")" \
  -o "$PREFIX/bin/lookup" ./cmd/lookup

# Proofs, while the symbols still tell whose libc and whose malloc it is; then the symbols go.
step proof
prove() {
  "$scripts/prove-program.sh" "$PREFIX/$1" --machine "$ARCH" "${@:2}"
  "$STRIP" "$PREFIX/$1"
}
prove bin/lookup --link static --allocator-symbol mi_malloc --symbols yes --links "$LINKS" --expect "lookup $UNIT_VERSION" --
