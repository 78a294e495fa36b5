#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Uses podman as it was unpacked: the checks of the spec, in their order, until one fails.
#
# usage: podman.sh
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
  full) PATH=$PACKAGE/usr/local/bin:$PACKAGE/usr/local/lib/podman:$PACKAGE/usr/local/libexec/podman:$PATH ;;
  *) ;;
esac
cd -- "$PACKAGE"

# From the spec, as it is.
check_1() (
  podman --version | grep --fixed-strings -e "podman version $VERSION" >/dev/null
)
say 'check:' 'it answers with its version'
check_1

# From the spec, as it is.
check_2() (
  MIMALLOC_VERBOSE=1 podman --version 2>&1 | grep --fixed-strings -e 'mimalloc: process init' >/dev/null
)
say 'check:' 'mimalloc is at work'
check_2

# From the spec, as it is.
check_3() (
  crun --version | grep --fixed-strings -e '+SECCOMP' >/dev/null
  crun --version | grep --fixed-strings -e '+JSON_C' >/dev/null
  "$PACKAGE/usr/local/lib/podman/conmon" --version
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
  "$PACKAGE/usr/local/lib/podman/catatonit" --version
  "$PACKAGE/usr/local/libexec/podman/quadlet" -version
)
if [[ $VARIANT == full ]]; then
  say 'check:' 'the other parts answer'
  check_4
fi

# From the spec, as it is.
check_5() (
  units=$PACKAGE/usr/local/lib/systemd
  grep --fixed-strings -e '/usr/local/bin/podman' "$units/system/podman.service" "$units/user/podman.service"
  grep --fixed-strings -e '/usr/local/lib/podman/netavark' "$units/system/netavark-dhcp-proxy.service"
  if grep --recursive --fixed-strings -e '@@' "$units/system" "$units/user"; then
    echo 'a placeholder was left in a unit' >&2
    false
  fi
  test -x "$units/system-generators/podman-system-generator"
  test -x "$units/user-generators/podman-user-generator"
)
if [[ $VARIANT == full ]]; then
  say 'check:' 'the units are no templates'
  check_5
fi

# From the spec, as it is.
check_6() (
  as_root=()
  if ((EUID != 0)); then as_root=(sudo); fi
  if [[ -f /sys/fs/cgroup/cgroup.controllers ]]; then
    work=$(mktemp --directory)
    {
      printf '[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n'
      printf 'conmon_path = ["%s/usr/local/lib/podman/conmon"]\n' "$PACKAGE"
      printf 'helper_binaries_dir = ["%s/usr/local/lib/podman"]\n' "$PACKAGE"
      printf '[engine.runtimes]\ncrun = ["%s/usr/local/bin/crun"]\n' "$PACKAGE"
    } >"$work/containers.conf"
    "${as_root[@]}" env PATH="$PATH" CONTAINERS_CONF="$work/containers.conf" \
      podman --root "$work/root" --runroot "$work/run" --tmpdir "$work/tmp" --storage-driver vfs --runtime crun info \
      >"$work/info"
    grep --fixed-strings -e "$PACKAGE/usr/local/bin/crun" "$work/info"
    grep --fixed-strings -e "$PACKAGE/usr/local/lib/podman/conmon" "$work/info"
    "${as_root[@]}" rm --recursive --force -- "$work"
  else
    echo 'left out: podman 6 needs cgroups v2, which this machine does not have'
  fi
)
if [[ $VARIANT == default || $VARIANT == full ]]; then
  say 'check:' 'it takes crun and conmon of the package'
  check_6
fi
