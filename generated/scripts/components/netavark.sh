#!/usr/bin/env bash
# Made by ghagen from spec/components/netavark.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# netavark: Networks of containers; podman 5 and later do not even pull without it.
#
# usage: netavark.sh, by build-unit.sh
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
export SOURCE=$WORK/sources/netavark
export UNIT_URL=${UNIT_URL:-} UNIT_TAG=${UNIT_TAG:-} UNIT_VERSION=${UNIT_VERSION:-} UNIT_COMMIT=${UNIT_COMMIT:-}
"$scripts/fetch-source.sh" "$UNIT_URL" "$UNIT_TAG" "$UNIT_COMMIT" "$SOURCE"
SOURCE_DATE_EPOCH=$(git -C "$SOURCE" log --max-count=1 --format=%ct)
export SOURCE_DATE_EPOCH
printf '%s\n' "$SOURCE_DATE_EPOCH" >"$SOURCE.epoch"

# What every compilation and every link gets, whatever the build system says: no path of this build in the result, the declared
# way of linking and the declared allocator, and a record of everything that is linked.
export CFLAGS=-O2 CXXFLAGS=-O2 CPPFLAGS="-I$PREFIX/include" LDFLAGS="-L$PREFIX/lib"
export COMPILE_FLAGS="-ffile-prefix-map=$WORK=."
export LINK_FLAGS="-static -Wl,-z,stack-size=8388608"
export LINKS=$WORK/links/netavark
mkdir --parents -- "$LINKS"

# The component's own environment.
export CARGO_PROFILE_RELEASE_LTO=off
export NETAVARK_DEFAULT_FW=nftables

# Exactly Rust 1.95.0. Its musl target brings a C library of its own; C parts are compiled by our compiler.
export PATH=$TOOLCHAIN/rust/1.95.0/bin:$PATH
export CARGO_HOME=$CACHE/cargo CARGO_TARGET_DIR=$WORK/cache/cargo/netavark CARGO_INCREMENTAL=0
# The symbols have to last until the proofs.
export CARGO_PROFILE_RELEASE_STRIP=false
target=${RUST_TARGET//-/_}
export "CC_$target=$CC" "CXX_$target=$CXX" "AR_$target=$AR"
flags=("--remap-path-prefix=$WORK=." "--remap-path-prefix=$CARGO_HOME=cargo")
flags+=(-C relocation-model=static)
export "CARGO_TARGET_${target^^}_RUSTFLAGS=${flags[*]}"
if [[ $MACHINE != "$(uname --machine)" ]]; then
  # The linker of the machine knows its own arch only. This one comes with Rust.
  export "CARGO_TARGET_${target^^}_LINKER=rust-lld"
fi
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

rustc --version
step crates
retry cargo fetch --locked || exit 21
options=(
  --bin
  netavark
)
step compile
cargo build --release --locked --offline --jobs="$JOBS" --target="$RUST_TARGET" "${options[@]}"
step install
install -D --mode=0755 -- "$CARGO_TARGET_DIR/$RUST_TARGET/release/netavark" "$PREFIX/bin/netavark"

# Proofs, while the symbols still tell whose libc and whose malloc it is; then the symbols go.
step proof
prove() {
  "$scripts/prove-program.sh" "$PREFIX/$1" --machine "$ARCH" "${@:2}"
  "$STRIP" "$PREFIX/$1"
}
prove bin/netavark --link static --allocator-symbol libc --symbols yes --expect "netavark $UNIT_VERSION" -- --version
