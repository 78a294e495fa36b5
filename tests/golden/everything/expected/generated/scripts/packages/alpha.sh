#!/usr/bin/env bash
# Made by ghagen from spec/tools/alpha.yaml, 6 files in spec/components, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# The contents of the packages of alpha, for those who stage, list or prove them.
#
# usage: alpha.sh name          the file name of the archive
#        alpha.sh stage DEST    copies the contents into DEST
#        alpha.sh list          lists them: type, mode, path (-> target)
#        alpha.sh prove ROOT    proves every program below ROOT
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
    default)
      file etc/a+b.conf etc/alpha.d/a+b.conf 600
      program bin/alpha opt/alpha/bin/alpha 755 --link static-pie --allocator-symbol first_malloc --minimum-size 1 --expect "alpha \"$VERSION\" (${COMMIT:-}): \$x \`y\` \\n * # 100%" -- version "--format=it's \"\$x\" {{.}} *" ''
      program bin/alpha usr/bin/alpha 755 --link static-pie --allocator-symbol first_malloc --minimum-size 1 --expect "alpha \"$VERSION\" (${COMMIT:-}): \$x \`y\` \\n * # 100%" -- version "--format=it's \"\$x\" {{.}} *" ''
      ;;
    with-all_1.x)
      if [[ $ARCH == arm64 ]]; then
        file share/helper/LICENSE etc/alpha.d/LICENSE 644
      fi
      file etc/a+b.conf etc/alpha.d/a+b.conf 600
      if [[ $ARCH == arm64 ]]; then
        file etc/no-end.txt etc/alpha.d/no-end.txt 644
      fi
      program bin/alpha usr/bin/alpha 755 --link static-pie --allocator-symbol first_malloc --minimum-size 1 --expect "alpha \"$VERSION\" (${COMMIT:-}): \$x \`y\` \\n * # 100%" -- version "--format=it's \"\$x\" {{.}} *" ''
      if [[ $LINE == 2 ]]; then
        program bin/helper usr/bin/helper 755 --link static --allocator-symbol libc --minimum-size 1000
      fi
      program libexec/alpha-helper usr/lib/alpha/alpha-helper 700 --link static --allocator-symbol none --minimum-size 1500000
      link ../../bin/alpha usr/lib/alpha/helper-link
      file lib/libcodec.a usr/lib/alpha/libcodec.a 444
      if [[ $LINE == 2 ]]; then
        file units/alpha@.service usr/lib/systemd/system/alpha@.service 644
      fi
      if [[ $LINE == 2 ]]; then
        link alpha@.service usr/lib/systemd/system/alpha@default.service
      fi
      ;;
    bare)
      program bin/alpha alpha 755 --link static-pie --allocator-symbol first_malloc --minimum-size 1 --expect "alpha \"$VERSION\" (${COMMIT:-}): \$x \`y\` \\n * # 100%" -- version "--format=it's \"\$x\" {{.}} *" ''
      ;;
    *) fail 2 "alpha has no variant $VARIANT" ;;
  esac
}

case $action in
  name)
    case $VARIANT-$ARCH in
      default-arm64) printf '%s\n' alpha-linux-arm64.tar.zst ;;
      default-amd64) printf '%s\n' alpha-linux-amd64.tar.zst ;;
      with-all_1.x-arm64) printf '%s\n' alpha-with-all_1.x-linux-arm64.tar.zst ;;
      with-all_1.x-amd64) printf '%s\n' alpha-with-all_1.x-linux-amd64.tar.zst ;;
      bare-arm64) printf '%s\n' alpha-bare-linux-arm64.tar.zst ;;
      bare-amd64) printf '%s\n' alpha-bare-linux-amd64.tar.zst ;;
      *) fail 2 "alpha has no package $VARIANT for $ARCH" ;;
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
    [[ $root == /* ]] || fail 2 "usage: alpha.sh $action ROOT (an absolute path)"
    contents
    ;;
  *) fail 2 "usage: alpha.sh name | stage DEST | list | prove ROOT" ;;
esac
