#!/usr/bin/env bash
# Made by ghagen from spec/components/helper.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# helper: A script, and two pins that the lines of alpha choose from.
#
# usage: helper.sh, by build-unit.sh
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
export SOURCE=$WORK/sources/helper
export UNIT_URL=${UNIT_URL:-} UNIT_TAG=${UNIT_TAG:-} UNIT_VERSION=${UNIT_VERSION:-} UNIT_COMMIT=${UNIT_COMMIT:-}
"$scripts/fetch-source.sh" "$UNIT_URL" "$UNIT_TAG" "$UNIT_COMMIT" "$SOURCE" --submodules
SOURCE_DATE_EPOCH=$(git -C "$SOURCE" log --max-count=1 --format=%ct)
export SOURCE_DATE_EPOCH
printf '%s\n' "$SOURCE_DATE_EPOCH" >"$SOURCE.epoch"

# What every compilation and every link gets, whatever the build system says: no path of this build in the result, the declared
# way of linking and the declared allocator, and a record of everything that is linked.
export CFLAGS=-O2 CXXFLAGS=-O2 CPPFLAGS="-I$PREFIX/include" LDFLAGS="-L$PREFIX/lib"
export COMPILE_FLAGS="-ffile-prefix-map=$WORK=."
export LINK_FLAGS="-static -Wl,-z,stack-size=1048576"
export LINKS=$WORK/links/helper
mkdir --parents -- "$LINKS"

# The component's own environment.
export RELEASE="$UNIT_TAG"

# The recipe. Bash from the spec, as it is: ghagen vouches for nothing in it.
step script
cd -- "$SOURCE"
cat >config.h <<'EOF'
#define VERSION "{version}"
  #define INDENTED 'yes'
EOF
text="$UNIT_VERSION {{ not }} {% minijinja %} {# at all #} <{ nor }> <% this %>"
printf '100%% of %s: it'\''s \\ *\n' "$text" >text
if [[ $LINE == 2 ]]; then
  ./configure --prefix="$PREFIX"
fi
make --jobs="$JOBS" CC="$CC" helper
install -D helper "$PREFIX/bin/helper"

# Proofs, while the symbols still tell whose libc and whose malloc it is; then the symbols go.
step proof
prove() {
  "$scripts/prove-program.sh" "$PREFIX/$1" --machine "$ARCH" "${@:2}"
  "$STRIP" "$PREFIX/$1"
}
prove bin/helper --link static --allocator-symbol libc --symbols yes --links "$LINKS"

# The licences of all that went into it.
step licences
export LICENSES=$WORK/licenses/helper
"$scripts/collect-licenses.sh" helper "$SOURCE"
