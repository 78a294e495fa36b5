#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml, 25 files in spec/components, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# The contents of the packages of podman, for those who stage, list or prove them.
#
# usage: podman.sh name          the file name of the archive
#        podman.sh stage DEST    copies the contents into DEST
#        podman.sh list          lists them: type, mode, path (-> target)
#        podman.sh prove ROOT    proves every program below ROOT
# env:   ARCH VARIANT LINE VERSION; for `stage` also PREFIX
# exit:  0 done; 2 usage; 20 a source is missing; 22 a proof failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

say() { printf 'ghagen: %s\n' "$*" >&2; }

# fail CODE TEXT: one line for the reader of the log, on GitHub an annotation too.
fail() {
  local code=$1 text=$2
  say "$text"
  if [[ ${GITHUB_ACTIONS:-} == true ]]; then
    text=${text//'%'/%25}
    text=${text//$'\r'/%0D}
    text=${text//$'\n'/%0A}
    printf '::error::%s\n' "$text" >&2
  fi
  exit "$code"
}

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
action=${1:-} root=${2:-}
: "${ARCH:?}" "${VARIANT:?}" "${LINE:?}" "${VERSION:?}"
PREFIX=${PREFIX:-/nonexistent} COMMIT=${COMMIT:-}

# file FROM TO MODE: FROM below the prefix, TO below the top folder of the package.
file() {
  case $action in
    stage)
      [[ -f $PREFIX/$1 ]] || fail 20 "nothing built $1, which belongs into the package as $2"
      # `install` follows links: what is packed is the file.
      install -D --mode="$3" -- "$PREFIX/$1" "$root/$2"
      ;;
    list) printf 'f %s %s\n' "$3" "$2" ;;
    *) ;;
  esac
}

# program FROM TO MODE PROOF...
program() {
  file "$1" "$2" "$3"
  if [[ $action == prove ]]; then
    "$here/container/prove-program.sh" "$root/$2" --machine "$ARCH" "${@:4}"
  fi
}

# link TARGET TO
link() {
  case $action in
    stage)
      mkdir --parents -- "$(dirname -- "$root/$2")"
      ln --symbolic -- "$1" "$root/$2"
      ;;
    list) printf 'l - %s -> %s\n' "$2" "$1" ;;
    *) ;;
  esac
}

contents() {
  case $VARIANT in
    standalone)
      program bin/podman podman 755 --link static --allocator-symbol mi_malloc --minimum-size 30000000 --expect "podman version $VERSION" -- --version
      ;;
    default)
      file share/readme/podman/README.txt README.txt 644
      file etc/containers/containers.conf etc/containers/containers.conf 644
      file etc/containers/containers.conf.d/50-static-podman.conf etc/containers/containers.conf.d/50-static-podman.conf 644
      file etc/containers/policy.json etc/containers/policy.json 644
      file etc/containers/registries.conf etc/containers/registries.conf 644
      file etc/containers/seccomp.json etc/containers/seccomp.json 644
      file etc/containers/storage.conf etc/containers/storage.conf 644
      program bin/conmon usr/local/bin/conmon 755 --link static --allocator-symbol mi_malloc --minimum-size 600000 --expect 'conmon version 2.2.1' -- --version
      program bin/crun usr/local/bin/crun 755 --link static --allocator-symbol mi_malloc --minimum-size 500000 --expect 'crun version 1.29.1' -- --version
      program bin/podman usr/local/bin/podman 755 --link static --allocator-symbol mi_malloc --minimum-size 30000000 --expect "podman version $VERSION" -- --version
      program bin/conmon usr/local/lib/podman/conmon 755 --link static --allocator-symbol mi_malloc --minimum-size 600000 --expect 'conmon version 2.2.1' -- --version
      if [[ $LINE == 6 ]]; then
        program bin/netavark usr/local/lib/podman/netavark 755 --link static --allocator-symbol libc --minimum-size 5000000 --expect 'netavark 2.1.0' -- --version
      fi
      if [[ $LINE == 5 ]]; then
        program bin/netavark usr/local/lib/podman/netavark 755 --link static --allocator-symbol libc --minimum-size 5000000 --expect 'netavark 1.17.2' -- --version
      fi
      file share/apparmor.d/static-podman usr/local/share/static-containers/apparmor.d/static-podman 644
      ;;
    full)
      file share/readme/podman/README.txt README.txt 644
      file etc/containers/containers.conf etc/containers/containers.conf 644
      file etc/containers/containers.conf.d/50-static-podman.conf etc/containers/containers.conf.d/50-static-podman.conf 644
      file etc/containers/policy.json etc/containers/policy.json 644
      file etc/containers/registries.conf etc/containers/registries.conf 644
      file etc/containers/seccomp.json etc/containers/seccomp.json 644
      file etc/containers/storage.conf etc/containers/storage.conf 644
      program bin/crun usr/local/bin/crun 755 --link static --allocator-symbol mi_malloc --minimum-size 500000 --expect 'crun version 1.29.1' -- --version
      program bin/fuse-overlayfs usr/local/bin/fuse-overlayfs 755 --link static --allocator-symbol mi_malloc --minimum-size 600000 --expect 'fuse-overlayfs: version' -- --version
      program bin/pasta usr/local/bin/pasta 755 --link static --allocator-symbol libc --minimum-size 150000 --expect 2026_07_16 -- --version
      if [[ $ARCH == amd64 ]]; then
        program bin/pasta.avx2 usr/local/bin/pasta.avx2 755 --link static --allocator-symbol libc --minimum-size 150000
      fi
      program bin/podman usr/local/bin/podman 755 --link static --allocator-symbol mi_malloc --minimum-size 30000000 --expect "podman version $VERSION" -- --version
      if [[ $LINE == 6 ]]; then
        program bin/aardvark-dns usr/local/lib/podman/aardvark-dns 755 --link static --allocator-symbol libc --minimum-size 1500000 --expect 'aardvark-dns 2.0.0' -- --version
      fi
      if [[ $LINE == 5 ]]; then
        program bin/aardvark-dns usr/local/lib/podman/aardvark-dns 755 --link static --allocator-symbol libc --minimum-size 1500000 --expect 'aardvark-dns 1.17.1' -- --version
      fi
      program bin/catatonit usr/local/lib/podman/catatonit 755 --link static --allocator-symbol libc --minimum-size 30000 --expect 0.2.1 -- --version
      program bin/conmon usr/local/lib/podman/conmon 755 --link static --allocator-symbol mi_malloc --minimum-size 600000 --expect 'conmon version 2.2.1' -- --version
      if [[ $LINE == 6 ]]; then
        program bin/netavark usr/local/lib/podman/netavark 755 --link static --allocator-symbol libc --minimum-size 5000000 --expect 'netavark 2.1.0' -- --version
      fi
      if [[ $LINE == 5 ]]; then
        program bin/netavark usr/local/lib/podman/netavark 755 --link static --allocator-symbol libc --minimum-size 5000000 --expect 'netavark 1.17.2' -- --version
      fi
      program libexec/podman/rootlessport usr/local/lib/podman/rootlessport 755 --link static --allocator-symbol none --minimum-size 2000000
      link ../../../libexec/podman/quadlet usr/local/lib/systemd/system-generators/podman-system-generator
      file usr/local/lib/systemd/system/netavark-dhcp-proxy.service usr/local/lib/systemd/system/netavark-dhcp-proxy.service 644
      file usr/local/lib/systemd/system/netavark-dhcp-proxy.socket usr/local/lib/systemd/system/netavark-dhcp-proxy.socket 644
      file usr/local/lib/systemd/system/netavark-firewalld-reload.service usr/local/lib/systemd/system/netavark-firewalld-reload.service 644
      file usr/local/lib/systemd/system/netavark-nftables-reload.service usr/local/lib/systemd/system/netavark-nftables-reload.service 644
      file usr/local/lib/systemd/system/podman-auto-update.service usr/local/lib/systemd/system/podman-auto-update.service 644
      file usr/local/lib/systemd/system/podman-auto-update.timer usr/local/lib/systemd/system/podman-auto-update.timer 644
      file usr/local/lib/systemd/system/podman-clean-transient.service usr/local/lib/systemd/system/podman-clean-transient.service 644
      file usr/local/lib/systemd/system/podman-kube@.service usr/local/lib/systemd/system/podman-kube@.service 644
      file usr/local/lib/systemd/system/podman-restart.service usr/local/lib/systemd/system/podman-restart.service 644
      file usr/local/lib/systemd/system/podman.service usr/local/lib/systemd/system/podman.service 644
      file usr/local/lib/systemd/system/podman.socket usr/local/lib/systemd/system/podman.socket 644
      link ../../../libexec/podman/quadlet usr/local/lib/systemd/user-generators/podman-user-generator
      file usr/local/lib/systemd/user/podman-auto-update.service usr/local/lib/systemd/user/podman-auto-update.service 644
      file usr/local/lib/systemd/user/podman-auto-update.timer usr/local/lib/systemd/user/podman-auto-update.timer 644
      file usr/local/lib/systemd/user/podman-clean-transient.service usr/local/lib/systemd/user/podman-clean-transient.service 644
      file usr/local/lib/systemd/user/podman-kube@.service usr/local/lib/systemd/user/podman-kube@.service 644
      file usr/local/lib/systemd/user/podman-restart.service usr/local/lib/systemd/user/podman-restart.service 644
      file usr/local/lib/systemd/user/podman-user-wait-network-online.service usr/local/lib/systemd/user/podman-user-wait-network-online.service 644
      file usr/local/lib/systemd/user/podman.service usr/local/lib/systemd/user/podman.service 644
      file usr/local/lib/systemd/user/podman.socket usr/local/lib/systemd/user/podman.socket 644
      program libexec/podman/quadlet usr/local/libexec/podman/quadlet 755 --link static --allocator-symbol none --minimum-size 1500000 --expect "$VERSION" -- -version
      file share/apparmor.d/static-podman usr/local/share/static-containers/apparmor.d/static-podman 644
      ;;
    *) fail 2 "podman has no variant $VARIANT" ;;
  esac
}

case $action in
  name)
    case $VARIANT-$ARCH in
      standalone-amd64) printf '%s\n' podman-standalone-linux-amd64.tar.zst ;;
      standalone-arm64) printf '%s\n' podman-standalone-linux-arm64.tar.zst ;;
      default-amd64) printf '%s\n' podman-linux-amd64.tar.zst ;;
      default-arm64) printf '%s\n' podman-linux-arm64.tar.zst ;;
      full-amd64) printf '%s\n' podman-full-linux-amd64.tar.zst ;;
      full-arm64) printf '%s\n' podman-full-linux-arm64.tar.zst ;;
      *) fail 2 "podman has no package $VARIANT for $ARCH" ;;
    esac
    ;;
  list)
    # Folders stand in the archive too: every one that leads to something.
    entries=$(contents)
    printf '%s\n' "$entries"
    awk '{
      count = split($3, part, "/")
      path = ""
      for (i = 1; i < count; i++) {
        path = path (i > 1 ? "/" : "") part[i]
        if (!(path in seen)) print "d 755 " path
        seen[path] = 1
      }
    }' <<<"$entries"
    ;;
  stage | prove)
    [[ $root == /* ]] || fail 2 "usage: podman.sh $action ROOT (an absolute path)"
    contents
    ;;
  *) fail 2 "usage: podman.sh name | stage DEST | list | prove ROOT" ;;
esac
