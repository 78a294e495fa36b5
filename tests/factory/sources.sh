#!/usr/bin/env bash
# Makes the git repositories that the end-to-end builds clone, from the releases that sources.txt lists. Each has one commit and
# one tag. Author and date of the commit are fixed, so its id depends on nothing but the content, and can stand in a lock.
#
# usage: sources.sh LIST MIRROR CACHE DEST [REPOSITORY...]
#   LIST    a file such as sources.txt
#   MIRROR  of Debian, as in a sources.list
#   CACHE   folder of what was downloaded
#   DEST    folder of the repositories; one that is there already stays
# out:   for each repository a line: name, tag, commit
# exit:  0 done; 1 something cannot be had, is said
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

list=$1 mirror=$2 cache=$3 dest=$4
shift 4
wanted=("$@")
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT
mkdir --parents -- "$cache/apt/lists/partial" "$cache/apt/archives/partial" "$dest"

die() {
  printf 'sources.sh: %s\n' "$*" >&2
  exit 1
}

has_checksum() {
  [[ -f $1 ]] && sha256sum --check --status <<<"$2  $1"
}

# apt with lists of its own: the machine's may be missing, and need not name the newer releases.
apt_conf=$cache/apt/apt.conf
prepare_apt() {
  if [[ -f $apt_conf && -n $(find "$cache/apt/lists" -name '*_Sources*' -mmin -1440 -print -quit) ]]; then return; fi
  printf 'deb-src %s %s main\n' "$mirror" bookworm "$mirror" trixie "$mirror" sid >"$cache/apt/sources.list"
  cat >"$apt_conf" <<CONF
Dir::Etc::sourcelist "$cache/apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$cache/apt/lists";
Dir::Cache "$cache/apt";
APT::Sandbox::User "";
CONF
  APT_CONFIG=$apt_conf apt-get --quiet --quiet update >&2 || die "the lists of source packages cannot be had from $mirror"
}

# debian PACKAGE TARBALL SHA256: a later revision of a package has the same upstream tarball, so any that lists it will do.
fetch_debian() {
  local package=$1 tarball=$2 sha256=$3 version
  if has_checksum "$cache/$tarball" "$sha256"; then return; fi
  prepare_apt
  while read -r version; do
    if (cd -- "$cache" && APT_CONFIG=$apt_conf apt-get --quiet --quiet source --download-only --tar-only --only-source \
      "$package=$version" >"$scratch/apt.log" 2>&1) && has_checksum "$cache/$tarball" "$sha256"; then
      return
    fi
  done < <(APT_CONFIG=$apt_conf apt-cache showsrc --only-source "$package" \
    | awk -v tarball="$tarball" -v sha256="$sha256" '
        /^Version:/ { version = $2 }
        $1 == sha256 && $3 == tarball { print version }')
  if [[ -f $scratch/apt.log ]]; then cat -- "$scratch/apt.log" >&2; fi
  die "$tarball (SHA-256 $sha256) is in no release of Debian any more: put a version that is into $list"
}

# crate NAME VERSION SHA256
fetch_crate() {
  local name=$1 version=$2 sha256=$3 file
  if has_checksum "$cache/$name-$version.crate" "$sha256"; then return; fi
  # From an empty folder: in a project it would answer about the one that is in its lock.
  (cd -- "$scratch" && cargo info --quiet "$name@$version" >/dev/null) || die "the crate $name $version cannot be had"
  file=$(find "${CARGO_HOME:-$HOME/.cargo}/registry/cache" -name "$name-$version.crate" -print -quit)
  has_checksum "$file" "$sha256" || die "the crate $name $version is not what $list says"
  cp -- "$file" "$cache/$name-$version.crate"
}

# commit NAME TAG FOLDER
commit() {
  local name=$1 tag=$2 folder=$3
  local git=(env GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_TEMPLATE_DIR=''
    GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@sources.invalid GIT_AUTHOR_DATE='1700000000 +0000'
    GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@sources.invalid GIT_COMMITTER_DATE='1700000000 +0000'
    git -C "$folder")
  rm --recursive --force -- "$folder/.git"
  "${git[@]}" init --quiet --initial-branch=main --object-format=sha1
  "${git[@]}" config core.autocrlf false
  # A tool's own source is asked for by its commit.
  "${git[@]}" config uploadpack.allowAnySHA1InWant true
  # What its own rules would ignore is part of a release as well.
  "${git[@]}" add --all --force
  "${git[@]}" commit --quiet --no-gpg-sign --message="$name $tag"
  "${git[@]}" tag "$tag"
  rm --recursive --force -- "${dest:?}/$name"
  mv -- "$folder" "$dest/$name"
}

while read -r name tag kind rest; do
  if [[ -z $name || $name == '#'* ]]; then continue; fi
  if ((${#wanted[@]} > 0)) && [[ " ${wanted[*]} " != *" $name "* ]]; then continue; fi
  read -r -a words <<<"$rest"
  folder=$scratch/$name
  # What is there from an earlier run was made from the same line of the list?
  line="$name $tag $kind ${words[*]}"
  if [[ $kind != folder && -f $dest/$name.line && $(<"$dest/$name.line") == "$line" ]]; then
    printf '%s %s %s\n' "$name" "$tag" "$(git -C "$dest/$name" rev-parse HEAD)"
    continue
  fi
  mkdir --parents -- "$folder"
  case $kind in
    debian)
      fetch_debian "${words[@]}"
      tar --extract --file "$cache/${words[1]}" --directory "$folder" --strip-components=1 --no-same-owner
      ;;
    crate)
      crate=${words[0]%%/*}
      fetch_crate "$crate" "${words[@]:1}"
      mkdir -- "$scratch/crate"
      tar --extract --file "$cache/$crate-${words[1]}.crate" --directory "$scratch/crate" --strip-components=1 --no-same-owner
      rm --recursive -- "$folder"
      if [[ ${words[0]} == */* ]]; then
        mv -- "$scratch/crate/${words[0]#*/}" "$folder"
      else
        mv -- "$scratch/crate" "$folder"
      fi
      rm --recursive --force -- "$scratch/crate"
      ;;
    folder) cp --recursive -- "$here/${words[0]}/." "$folder/" ;;
    *) die "unknown kind $kind in $list" ;;
  esac
  commit "$name" "$tag" "$folder"
  printf '%s\n' "$line" >"$dest/$name.line"
  printf '%s %s %s\n' "$name" "$tag" "$(git -C "$dest/$name" rev-parse HEAD)"
done <"$list"
