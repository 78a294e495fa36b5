#!/usr/bin/env bash
# Made by ghagen from spec/tools/buildah.yaml, 16 files in spec/components, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# The contents of the packages of buildah, for those who stage, list or prove them.
#
# usage: buildah.sh name          the file name of the archive
#        buildah.sh stage DEST    copies the contents into DEST
#        buildah.sh list          lists them: type, mode, path (-> target)
#        buildah.sh prove ROOT    proves every program below ROOT
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
      program bin/buildah buildah 755 --link static --allocator-symbol mi_malloc --minimum-size 20000000 --expect "buildah version $VERSION" -- --version
      ;;
    default)
      file share/readme/buildah/README.txt README.txt 644
      file etc/containers/containers.conf etc/containers/containers.conf 644
      file etc/containers/containers.conf.d/50-static-buildah.conf etc/containers/containers.conf.d/50-static-buildah.conf 644
      file etc/containers/policy.json etc/containers/policy.json 644
      file etc/containers/registries.conf etc/containers/registries.conf 644
      file etc/containers/seccomp.json etc/containers/seccomp.json 644
      file etc/containers/storage.conf etc/containers/storage.conf 644
      program bin/buildah usr/local/bin/buildah 755 --link static --allocator-symbol mi_malloc --minimum-size 20000000 --expect "buildah version $VERSION" -- --version
      program bin/crun usr/local/bin/crun 755 --link static --allocator-symbol mi_malloc --minimum-size 500000 --expect 'crun version 1.29.1' -- --version
      program bin/netavark usr/local/lib/podman/netavark 755 --link static --allocator-symbol libc --minimum-size 5000000 --expect 'netavark 2.1.0' -- --version
      file share/apparmor.d/static-buildah usr/local/share/static-containers/apparmor.d/static-buildah 644
      ;;
    full)
      file share/readme/buildah/README.txt README.txt 644
      file etc/containers/containers.conf etc/containers/containers.conf 644
      file etc/containers/containers.conf.d/50-static-buildah.conf etc/containers/containers.conf.d/50-static-buildah.conf 644
      file etc/containers/policy.json etc/containers/policy.json 644
      file etc/containers/registries.conf etc/containers/registries.conf 644
      file etc/containers/seccomp.json etc/containers/seccomp.json 644
      file etc/containers/storage.conf etc/containers/storage.conf 644
      program bin/buildah usr/local/bin/buildah 755 --link static --allocator-symbol mi_malloc --minimum-size 20000000 --expect "buildah version $VERSION" -- --version
      program bin/crun usr/local/bin/crun 755 --link static --allocator-symbol mi_malloc --minimum-size 500000 --expect 'crun version 1.29.1' -- --version
      program bin/fuse-overlayfs usr/local/bin/fuse-overlayfs 755 --link static --allocator-symbol mi_malloc --minimum-size 600000 --expect 'fuse-overlayfs: version' -- --version
      program bin/pasta usr/local/bin/pasta 755 --link static --allocator-symbol libc --minimum-size 150000 --expect 2026_07_16 -- --version
      if [[ $ARCH == amd64 ]]; then
        program bin/pasta.avx2 usr/local/bin/pasta.avx2 755 --link static --allocator-symbol libc --minimum-size 150000
      fi
      program bin/aardvark-dns usr/local/lib/podman/aardvark-dns 755 --link static --allocator-symbol libc --minimum-size 1500000 --expect 'aardvark-dns 2.0.0' -- --version
      program bin/netavark usr/local/lib/podman/netavark 755 --link static --allocator-symbol libc --minimum-size 5000000 --expect 'netavark 2.1.0' -- --version
      file share/apparmor.d/static-buildah usr/local/share/static-containers/apparmor.d/static-buildah 644
      ;;
    *) fail 2 "buildah has no variant $VARIANT" ;;
  esac
}

case $action in
  name)
    case $VARIANT-$ARCH in
      standalone-amd64) printf '%s\n' buildah-standalone-linux-amd64.tar.zst ;;
      standalone-arm64) printf '%s\n' buildah-standalone-linux-arm64.tar.zst ;;
      default-amd64) printf '%s\n' buildah-linux-amd64.tar.zst ;;
      default-arm64) printf '%s\n' buildah-linux-arm64.tar.zst ;;
      full-amd64) printf '%s\n' buildah-full-linux-amd64.tar.zst ;;
      full-arm64) printf '%s\n' buildah-full-linux-arm64.tar.zst ;;
      *) fail 2 "buildah has no package $VARIANT for $ARCH" ;;
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
    [[ $root == /* ]] || fail 2 "usage: buildah.sh $action ROOT (an absolute path)"
    contents
    ;;
  *) fail 2 "usage: buildah.sh name | stage DEST | list | prove ROOT" ;;
esac
