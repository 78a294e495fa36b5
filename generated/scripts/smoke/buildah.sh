#!/usr/bin/env bash
# Made by ghagen from spec/tools/buildah.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Uses buildah as it was unpacked: the checks of the spec, in their order, until one fails.
#
# usage: buildah.sh
# env:   PACKAGE (the top folder of the unpacked archive) TOOL VERSION ARCH VARIANT LINE, as smoke-test.sh sets them
# exit:  0 done; anything else: the check that was named last failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

say() { printf 'ghagen: %s\n' "$*" >&2; }

: "${PACKAGE:?}" "${TOOL:?}" "${VERSION:?}" "${ARCH:?}" "${VARIANT:?}" "${LINE:?}"
# The programs of the package go before those of the machine.
case $VARIANT in
  standalone) PATH=$PACKAGE:$PATH ;;
  default) PATH=$PACKAGE/usr/local/bin:$PACKAGE/usr/local/lib/podman:$PATH ;;
  full) PATH=$PACKAGE/usr/local/bin:$PACKAGE/usr/local/lib/podman:$PATH ;;
  *) ;;
esac
cd -- "$PACKAGE"

# From the spec, as it is.
check_1() (
  buildah --version | grep --fixed-strings -e "buildah version $VERSION" >/dev/null
)
say 'check:' 'it answers with its version'
check_1

# From the spec, as it is.
check_2() (
  MIMALLOC_VERBOSE=1 buildah --version 2>&1 | grep --fixed-strings -e 'mimalloc: process init' >/dev/null
)
say 'check:' 'mimalloc is at work'
check_2

# From the spec, as it is.
check_3() (
  crun --version | grep --fixed-strings -e '+SECCOMP' >/dev/null
  "$PACKAGE/usr/local/lib/podman/netavark" --version
)
if [[ $VARIANT == default || $VARIANT == full ]]; then
  say 'check:' 'the runtime parts answer'
  check_3
fi

# From the spec, as it is.
check_4() (
  fuse-overlayfs --version
  pasta --version
  "$PACKAGE/usr/local/lib/podman/aardvark-dns" --version
)
if [[ $VARIANT == full ]]; then
  say 'check:' 'the other parts answer'
  check_4
fi

# From the spec, as it is.
check_5() (
  as_root=()
  if ((EUID != 0)); then as_root=(sudo); fi
  work=$(mktemp --directory)
  printf '[engine]\nhelper_binaries_dir = ["%s/usr/local/lib/podman"]\n' "$PACKAGE" >"$work/containers.conf"
  buildah=("${as_root[@]}" env PATH="$PATH" CONTAINERS_CONF="$work/containers.conf"
    buildah --root "$work/root" --runroot "$work/run" --storage-driver vfs)
  container=$("${buildah[@]}" from scratch)
  "${buildah[@]}" copy "$container" "$PACKAGE/usr/local/bin/buildah" /buildah
  "${buildah[@]}" run --isolation chroot "$container" -- /buildah --version \
    | grep --fixed-strings -e "buildah version $VERSION"
  "${buildah[@]}" commit --signature-policy "$PACKAGE/etc/containers/policy.json" "$container" smoke
  "${buildah[@]}" images | grep --fixed-strings -e localhost/smoke
  "${buildah[@]}" rm "$container"
  "${as_root[@]}" rm --recursive --force -- "$work"
)
if [[ $VARIANT == default || $VARIANT == full ]]; then
  say 'check:' 'an image from nothing, with a program that runs in it'
  check_5
fi
