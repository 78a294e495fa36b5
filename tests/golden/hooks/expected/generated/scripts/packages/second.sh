#!/usr/bin/env bash
# Made by ghagen from spec/tools/second.yaml, spec/components/text.yaml, spec/ghagen.yaml and spec/ghagen.lock.
# Do not edit: change the spec, then run `ghagen generate`.
#
# The contents of the packages of second, for those who stage, list or prove them.
#
# usage: second.sh name          the file name of the archive
#        second.sh stage DEST    copies the contents into DEST
#        second.sh list          lists them: type, mode, path (-> target)
#        second.sh prove ROOT    proves every program below ROOT
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
      file share/text text 644
      ;;
    *) fail 2 "second has no variant $VARIANT" ;;
  esac
}

case $action in
  name)
    case $VARIANT-$ARCH in
      default-amd64) printf '%s\n' second-linux-amd64.tar.zst ;;
      *) fail 2 "second has no package $VARIANT for $ARCH" ;;
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
    [[ $root == /* ]] || fail 2 "usage: second.sh $action ROOT (an absolute path)"
    contents
    ;;
  *) fail 2 "usage: second.sh name | stage DEST | list | prove ROOT" ;;
esac
