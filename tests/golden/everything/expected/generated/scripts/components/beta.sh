#!/usr/bin/env bash
# Made by ghagen from spec/components/beta.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# beta: Meson, with everything that can be quoted.
#
# usage: beta.sh, by build-unit.sh
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
export SOURCE=$WORK/sources/beta
export UNIT_URL=${UNIT_URL:-} UNIT_TAG=${UNIT_TAG:-} UNIT_VERSION=${UNIT_VERSION:-} UNIT_COMMIT=${UNIT_COMMIT:-}
"$scripts/fetch-source.sh" "$UNIT_URL" "$UNIT_TAG" "$UNIT_COMMIT" "$SOURCE"
SOURCE_DATE_EPOCH=$(git -C "$SOURCE" log --max-count=1 --format=%ct)
export SOURCE_DATE_EPOCH
printf '%s\n' "$SOURCE_DATE_EPOCH" >"$SOURCE.epoch"

# What every compilation and every link gets, whatever the build system says: no path of this build in the result, the declared
# way of linking and the declared allocator, and a record of everything that is linked.
export CFLAGS=-O2 CXXFLAGS=-O2 CPPFLAGS="-I$PREFIX/include" LDFLAGS="-L$PREFIX/lib"
export COMPILE_FLAGS="-ffile-prefix-map=$WORK=."
export LINK_FLAGS="-static $PREFIX/lib/second/second.o -Wl,-z,stack-size=1048576"
export LINKS=$WORK/links/beta
mkdir --parents -- "$LINKS"

# Meson and ninja, by the cross file of the target: that of the machine itself would find its libraries.
step configure
options=(
  '-Dspaces=a b  c'
  "-Dquotes='single' \"double\""
  "-Ddollar=\$HOME \${HOME} \$(id) \`id\`"
  "-Dback\\slash=\\n\\"
  '-Dglob=* ? [a-z] ~ {a,b}'
  '-Dbraces={version} {} {A B}'
  '-Dpunctuation=!#%&;|<>()^'
  '-Dunicode=ünïcode →'
  --leading-dashes
  ''
  "-Dplaceholders=$TOOL/$LINE/$UNIT_VERSION/$UNIT_COMMIT/$ARCH/$TRIPLE/$PREFIX/$SOURCE/$WORKSPACE/files/$JOBS"
)
if [[ $TOOL == alpha ]]; then
  options+=(-Dnever=true)
fi
meson setup --cross-file="$TOOLCHAIN/meson/$TRIPLE.ini" --prefix="$PREFIX" --buildtype=plain --default-library=static \
  --wrap-mode=nodownload -Dc_args="$CPPFLAGS $CFLAGS" -Dcpp_args="$CPPFLAGS $CXXFLAGS" \
  -Dc_link_args="$LDFLAGS" -Dcpp_link_args="$LDFLAGS" "${options[@]}" "$SOURCE/build" "$SOURCE/src/beta"

targets=(beta)
step compile
ninja -C "$SOURCE/build" -j "$JOBS" "${targets[@]}"

step install
# copy FROM TO: a file, or everything in a folder, from below the source to below the prefix.
copy() {
  if [[ -d $SOURCE/$1 ]]; then
    mkdir --parents -- "$PREFIX/$2"
    cp --recursive --dereference -- "$SOURCE/$1/." "$PREFIX/$2/"
  elif [[ -x $SOURCE/$1 ]]; then
    install -D --mode=0755 -- "$SOURCE/$1" "$PREFIX/$2"
  else
    install -D --mode=0644 -- "$SOURCE/$1" "$PREFIX/$2"
  fi
}
copy build/beta bin/beta
if [[ $ARCH == amd64 ]]; then
  copy data/never share/never
fi

# Proofs, while the symbols still tell whose libc and whose malloc it is; then the symbols go.
step proof
prove() {
  "$scripts/prove-program.sh" "$PREFIX/$1" --machine "$ARCH" "${@:2}"
  "$STRIP" "$PREFIX/$1"
}
prove bin/beta --link static --allocator-symbol second_malloc --symbols yes --links "$LINKS" --expect "$UNIT_VERSION" -- -V

# The licences of all that went into it.
step licences
export LICENSES=$WORK/licenses/beta
"$scripts/collect-licenses.sh" beta "$SOURCE"
