#!/usr/bin/env bash
# Programs and packages that are not what the spec says, handed to the proofs: each has to be refused, for its own reason.
#
# usage: refusals.sh, in a container with the build environment and gcc; PROBE is the work folder of a build of probe for amd64
# exit:  0 all were refused so; 1 one was not, is said
set -euo pipefail
export LC_ALL=C

scripts=/workspace/scripts
export PATH=/opt/ghagen/bin:$PATH
work=$(mktemp --directory)
trap 'rm --recursive --force -- "$work"' EXIT
cd -- "$work"
count=0

die() {
  printf 'refusals: %s\n' "$*" >&2
  exit 1
}

# refused MESSAGE COMMAND...: it ends with 22, and says so.
refused() {
  local code=0
  "${@:2}" >log 2>&1 || code=$?
  ((code == 22)) || die "exit code $code, not 22: ${*:2}: $(<log)"
  grep --fixed-strings -e "$1" log >/dev/null || die "another reason than '$1': $(<log)"
  count=$((count + 1))
}

# once: it gave one reason, and no other.
once() {
  local reasons
  reasons=$(grep --count --fixed-strings -e 'proof failed: ' log) || true
  ((reasons == 1)) || die "$reasons reasons, not one: $(<log)"
}

prove() { "$scripts/container/prove-program.sh" "$@"; }
static=(--machine amd64 --link static --symbols yes --allocator-symbol libc)

cat >hello.c <<'C'
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
int main(void) {
  char *memory = malloc(10);
  printf("hello %s\n", getpwuid(0) ? "root" : "nobody");
  free(memory);
  return 0;
}
C

# The good one, so that a refusal means something.
mkdir links
LINKS=$work/links LINK_FLAGS=-static x86_64-linux-musl-clang -O2 -o good hello.c
prove good "${static[@]}" --links links --expect 'hello root'

# Of glibc: static, and static with its symbols gone.
gcc -O2 -static -Wl,--dependency-file=glibc.d -o glibc hello.c 2>/dev/null
refused 'it holds glibc: the symbol __libc_setup_tls' prove glibc "${static[@]}"
refused 'no musl in it: its start code is missing' prove glibc "${static[@]}"
strip -o stripped glibc
refused 'it holds glibc: the text Fatal glibc error' prove stripped --machine amd64 --link static
mkdir glibc-links
mv -- glibc.d glibc-links/
refused 'linked with a file of the machine that built it: /usr/lib/' prove good "${static[@]}" --links glibc-links
# By a relative path, too; but a lib/ of the build is the build's own.
library=$(gcc -print-file-name=libc.a)
mkdir relative-links own-links
printf 'good: ../../../%s\n' "$(realpath -- "$library" | cut --characters=2-)" >relative-links/1.d
refused 'linked with a file of the machine that built it: ../../../' prove good "${static[@]}" --links relative-links
once
printf 'good: lib/libown.a ../lib/libown.a /opt/ghagen/sysroot/x86_64-linux-musl/usr/lib/libc.a\n' >own-links/1.d
prove good "${static[@]}" --links own-links
mkdir no-links
refused 'no record of its link' prove good "${static[@]}" --links no-links
once

# Dynamic.
gcc -O2 -no-pie -o dynamic hello.c
refused 'it asks for an interpreter: /lib64/ld-linux-x86-64.so.2' prove dynamic --machine amd64 --link static
refused 'it needs something of the machine that it runs on: Shared library: [libc.so.6]' prove dynamic --machine amd64 --link static

# For another arch.
LINK_FLAGS=-static aarch64-linux-musl-clang -O2 -o arm64 hello.c
refused 'it is not for amd64: AArch64' prove arm64 "${static[@]}"
once

# Linked in another way than declared.
LINK_FLAGS=-static-pie COMPILE_FLAGS=-fPIE x86_64-linux-musl-clang -O2 -o static-pie hello.c
prove static-pie --machine amd64 --link static-pie --symbols yes --allocator-symbol libc --expect 'hello root'
refused 'it is of type DYN, where static means EXEC' prove static-pie "${static[@]}"
once
refused 'it is of type EXEC, where static-pie means DYN' prove good --machine amd64 --link static-pie
once
LINK_FLAGS='-pie -Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1' COMPILE_FLAGS=-fPIE x86_64-linux-musl-clang -O2 -o pie hello.c
refused 'it asks for an interpreter: /lib/ld-musl-x86_64.so.1' prove pie --machine amd64 --link static-pie
once

# Without the allocator that is declared, with it beside the libc's own, and the other way round.
refused 'the allocator is missing: no symbol mi_malloc' prove good --machine amd64 --link static --symbols yes --allocator-symbol mi_malloc
printf 'void *mi_malloc(unsigned long size) { return (void *)size; }\n' >beside.c
LINK_FLAGS=-static x86_64-linux-musl-clang -O2 -o beside hello.c beside.c
refused 'its malloc is not mi_malloc' prove beside --machine amd64 --link static --symbols yes --allocator-symbol mi_malloc
once
refused 'it should hold no malloc, but it does' prove good --machine amd64 --link static --symbols yes --allocator-symbol none
once
LINK_FLAGS="-static $PROBE/install/lib/mimalloc.o" x86_64-linux-musl-clang -O2 -o mimalloc hello.c
prove mimalloc --machine amd64 --link static --symbols yes --allocator-symbol mi_malloc --set MIMALLOC_VERBOSE=1 \
  --expect 'mimalloc: process init'
x86_64-linux-musl-strip -o bare good
refused 'its symbols are gone, so they prove no allocator' prove bare "${static[@]}"

# Incomplete, with a path of the build in it, not working, no program at all.
refused "fewer than the 10000000 that it must have" prove good "${static[@]}" --minimum-size 10000000
once
refused 'it holds the text nobody' prove good "${static[@]}" --forbid nobody
once
refused 'it did not print: hello 2' prove good "${static[@]}" --expect 'hello 2'
once
printf '#include <stdio.h>\nint main(void) {\n  puts("x");\n  return 3;\n}\n' >fails.c
LINK_FLAGS=-static x86_64-linux-musl-clang -o fails fails.c
refused 'it ended with the exit code 3' prove fails --machine amd64 --link static --expect x
once
install --mode=0644 good unexecutable
refused 'it is not executable' prove unexecutable "${static[@]}"
once
printf '#!/bin/sh\n' >script
chmod +x script
refused 'is no ELF program' prove script "${static[@]}"
ln --symbolic good link
refused 'is no regular file' prove link "${static[@]}"

# Packages. The good one first.
export VERSION=1.0.0 LINE=1
top=probe-v1.0.0
prove_package() {
  rm --recursive --force -- unpacked
  "$scripts/prove-package.sh" probe amd64 full "$1" "$work/unpacked"
}
prove_package "$PROBE/dist/probe-full-linux-amd64.tar.zst"

# Packs the changed tree.
pack() {
  tar --create --sort=name --owner=0 --group=0 --numeric-owner -- "$top" | zstd --quiet --force -o changed.tar.zst
}
fresh() {
  rm --recursive --force -- "$top"
  tar --extract --zstd --file "$PROBE/dist/probe-full-linux-amd64.tar.zst"
}
listed='its contents are not the ones that the spec lists'

fresh
pack
prove_package changed.tar.zst
rm -- "$top/usr/local/bin/lookup"
pack
refused "$listed" prove_package changed.tar.zst
grep --line-regexp --fixed-strings -e '-f 755 usr/local/bin/lookup' log >/dev/null || die "the missing file is not named: $(<log)"
fresh
printf 'x' >"$top/usr/local/bin/more"
pack
refused "$listed" prove_package changed.tar.zst
grep --line-regexp --fixed-strings -e '+f 644 usr/local/bin/more' log >/dev/null || die "the file too much is not named: $(<log)"
fresh
chmod 0775 "$top/usr/local/bin/probe"
pack
refused "$listed" prove_package changed.tar.zst
grep --line-regexp --fixed-strings -e '+f 775 usr/local/bin/probe' log >/dev/null || die "the mode is not named: $(<log)"
fresh
ln --symbolic --force probe "$top/usr/local/bin/churn-link"
pack
refused "$listed" prove_package changed.tar.zst
grep --fixed-strings -e '+l - usr/local/bin/churn-link -> probe' log >/dev/null || die "the link is not named: $(<log)"
fresh
chown 1001:1001 "$top/README.txt"
tar --create --sort=name --numeric-owner -- "$top" | zstd --quiet --force -o changed.tar.zst
refused 'not everything belongs to root: -rw-r--r-- 1001/1001' prove_package changed.tar.zst
fresh
mkdir other
tar --create --owner=0 --group=0 --numeric-owner -- "$top" other | zstd --quiet --force -o changed.tar.zst
refused "not everything is below $top/: other/" prove_package changed.tar.zst
fresh
install --mode=0755 dynamic "$top/usr/local/bin/probe"
pack
refused 'it asks for an interpreter: /lib64/ld-linux-x86-64.so.2' prove_package changed.tar.zst
fresh
install --mode=0755 fails "$top/usr/local/bin/probe"
pack
refused 'fewer than the 200000 that it must have' prove_package changed.tar.zst
head --bytes=1000 "$PROBE/dist/probe-full-linux-amd64.tar.zst" >changed.tar.zst
refused 'changed.tar.zst: damaged' prove_package changed.tar.zst

printf 'refusals: %s, each for its own reason\n' "$count"
