#!/usr/bin/env bash
# Made by ghagen from spec/components/alpha.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# alpha: Go, with and without C: "two" programs.
#
# usage: alpha.sh, by build-unit.sh
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
export SOURCE=$WORK/sources/alpha
export UNIT_URL=${UNIT_URL:-} UNIT_TAG=${UNIT_TAG:-} UNIT_VERSION=${UNIT_VERSION:-} UNIT_COMMIT=${UNIT_COMMIT:-}
"$scripts/fetch-source.sh" "$UNIT_URL" "$UNIT_TAG" "$UNIT_COMMIT" "$SOURCE" --submodules
SOURCE_DATE_EPOCH=$(git -C "$SOURCE" log --max-count=1 --format=%ct)
export SOURCE_DATE_EPOCH
printf '%s\n' "$SOURCE_DATE_EPOCH" >"$SOURCE.epoch"

# Patches.
step patch
patch --strip=1 --forward --no-backup-if-mismatch --directory="$SOURCE" --input="$WORKSPACE/patches/alpha/0001-first.patch"
patch --strip=1 --forward --no-backup-if-mismatch --directory="$SOURCE" --input="$WORKSPACE/patches/alpha/0002-second.patch"

# What every compilation and every link gets, whatever the build system says: no path of this build in the result, the declared
# way of linking and the declared allocator, and a record of everything that is linked.
export CFLAGS=-O2 CXXFLAGS=-O2 CPPFLAGS="-I$PREFIX/include" LDFLAGS="-L$PREFIX/lib"
export COMPILE_FLAGS="-ffile-prefix-map=$WORK=."
export LINK_FLAGS="-static-pie $PREFIX/lib/first.o -Wl,-z,stack-size=1048576"
export LINKS=$WORK/links/alpha
mkdir --parents -- "$LINKS"

# The component's own environment.
export CGO_CFLAGS="-O1 -I$PREFIX/include"
export ALPHA_TEXT="a \"b\" \$c \`d\` \\e * 'f' {version} #g"
export ALPHA_EMPTY=''
if [[ $LINE == 1.x ]]; then
  export ALPHA_LINE="$LINE_TEXT$LINE_EMPTY"
fi

# Exactly Go 1.11.11: the Go of the machine fetches it, and checks it against the checksum database.
export GOTOOLCHAIN=go1.11.11 GOOS=linux GOARCH GOAMD64=v1 GOARM64=v8.0 GOWORK=off GOENV=off GOFLAGS=-modcacherw
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
  "-asmflags=all=-S '*' \"\$x\" \\"
)
if [[ $TOOL == alpha ]]; then
  options+=("-gcflags=all=-N $TRIPLE $GOARCH")
fi
tags=(netgo)
if [[ $ARCH == amd64 ]]; then
  tags+=(simd)
fi
if [[ $ARCH == arm64 && $LINE == 1.x ]]; then
  tags+=(old)
fi
options+=("-tags=$(join , "${tags[@]}")")
step compile

# bin/alpha
flags=(
  -w
  -buildid=
  -linkmode=external
  "-extldflags '-static-pie'"
  "-X '$LINE_MODULE/about.Version=$UNIT_VERSION'"
  "-X '$LINE_MODULE/about.Commit=$UNIT_COMMIT'"
  "-X '$LINE_MODULE/about.Date=$SOURCE_DATE_EPOCH'"
  "-X \"$LINE_MODULE/about.Single=it's \$x \`y\` \\ * {}\""
  "-X '$LINE_MODULE/about.Double=\"\$x\" \`y\` \\ * {}'"
)
if [[ $ARCH == amd64 ]]; then
  flags+=("-X '$LINE_MODULE/about.Arch=only here'")
fi
CGO_ENABLED=1 LINK_FLAGS="-static-pie $PREFIX/lib/first.o -Wl,-z,stack-size=1048576" \
  go build "${options[@]}" -buildmode=pie -ldflags="$(join ' ' "${flags[@]}")" \
  -o "$PREFIX/bin/alpha" ./cmd/alpha

# libexec/alpha-helper
flags=(
  -w
  -buildid=
)
CGO_ENABLED=0 go build "${options[@]}" -ldflags="$(join ' ' "${flags[@]}")" \
  -o "$PREFIX/libexec/alpha-helper" ./cmd/alpha-helper

# Proofs, while the symbols still tell whose libc and whose malloc it is; then the symbols go.
step proof
prove() {
  "$scripts/prove-program.sh" "$PREFIX/$1" --machine "$ARCH" "${@:2}"
  "$STRIP" "$PREFIX/$1"
}
prove bin/alpha --link static-pie --allocator-symbol first_malloc --symbols yes --links "$LINKS" --expect "alpha \"$UNIT_VERSION\" ($UNIT_COMMIT): \$x \`y\` \\n * # 100%" -- version "--format=it's \"\$x\" {{.}} *" ''
prove libexec/alpha-helper --link static --allocator-symbol none --symbols yes

# The licences of all that went into it.
step licences
export LICENSES=$WORK/licenses/alpha
"$scripts/collect-licenses.sh" alpha "$SOURCE" LICENSE-MIT LICENSE-APACHE third_party/x+y/COPYING
go_root=$(go env GOROOT)
"$scripts/collect-licenses.sh" go-1.11.11 "$go_root" LICENSE
# A module without others leaves no folder.
go mod vendor -o "$WORK/vendored/alpha"
if [[ -d $WORK/vendored/alpha ]]; then
  "$scripts/collect-licenses.sh" --modules alpha "$WORK/vendored/alpha"
fi
