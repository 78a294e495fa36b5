#!/bin/sh
# Made by ghagen from spec/tools/skopeo.yaml and spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Installs a package of skopeo; `install.sh --help` says how. It checks what it downloads, writes nothing outside the prefix,
# overwrites nothing that it did not install, and keeps a list of its files there, with a checksum for each. So it can
# be run again after an interruption, upgrade, and remove all of it.
#
# Needs sh, tar, zstd, sha256sum, mktemp, readlink, awk, sed, grep, find, sort, and curl or wget; where there is cosign, it
# checks the signature too.
#
# exit:  0 done; 1 not done, run it again; 2 usage; 3 something is in the way, or was changed; 4 the download is not what was signed
set -eu
LC_ALL=C
export LC_ALL
umask 022

# The copy in a release knows where it came from: these lines are filled in there.
server='https://github.com'
repository=''
version=''

tool='skopeo'
workflow=build-skopeo.yml
branch='main'
suffix=.bundle
checksums=checksums.txt

say() { printf 'install.sh: %s\n' "$*" >&2; }
# fail CODE TEXT...
fail() {
  code=$1
  shift
  say "$*"
  exit "$code"
}

usage() {
  cat <<'HELP'
Installs Skopeo.

usage: install.sh [OPTION...]
  --version VERSION      the release: 1.2.3, or 1.2.3-2 for its second build
  --variant VARIANT      standalone, default or full
  --arch ARCH            default: the arch of this machine
  --prefix DIR           the folder that the package is unpacked into; default:
                           /usr/local/bin for standalone
                           / for default
                           / for full
  --repository O/NAME    the repository whose release it is
  --base-url URL         a mirror, or a folder of this machine, that holds the files of the release (or GHAGEN_BASE_URL)
  --require-signature    fail where the signature cannot be checked, because there is no cosign
  --discard-changes      overwrite and remove installed files that were changed since
  --dry-run              download and check, then say what would be done, and do nothing
  --uninstall            remove what was installed
HELP
}

action=install variant='default' arch='' prefix='' base_url=${GHAGEN_BASE_URL:-}
dry_run=false discard=false require_signature=false
while [ $# -gt 0 ]; do
  case $1 in
    --version | --variant | --arch | --prefix | --repository | --base-url)
      [ $# -ge 2 ] || fail 2 "$1 wants a value"
      [ -n "$2" ] || fail 2 "$1 wants a value"
      case $1 in
        --version) version=$2 ;;
        --variant) variant=$2 ;;
        --arch) arch=$2 ;;
        --prefix) prefix=$2 ;;
        --repository) repository=$2 ;;
        *) base_url=$2 ;;
      esac
      shift
      ;;
    --require-signature) require_signature=true ;;
    --discard-changes) discard=true ;;
    --dry-run) dry_run=true ;;
    --uninstall) action=uninstall ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) fail 2 "unknown argument $1; install.sh --help lists them" ;;
  esac
  shift
done

case $variant in
  standalone) default_prefix=/usr/local/bin lists=.factory ;;
  default) default_prefix=/ lists=var/lib/factory ;;
  full) default_prefix=/ lists=var/lib/factory ;;
  *) fail 2 "$tool has no variant $variant: take standalone, default or full" ;;
esac
prefix=${prefix:-$default_prefix}
case $prefix in
  /*) ;;
  *) prefix=$(pwd)/$prefix ;;
esac
# Without a slash at its end, so that "$root/$path" is a path; for / it is empty.
root=$(printf '%s\n' "$prefix" | sed 's|/*$||')
real_root=$root
if [ -d "$root/" ]; then
  real_root=$(cd -P -- "$root/" && pwd)
  real_root=${real_root%/}
fi
if [ "$action" = uninstall ]; then
  for folder in .factory var/lib/factory; do
    if [ -f "$root/$folder/$tool.files" ]; then lists=$folder; fi
  done
fi
list=$lists/$tool.files

# state_of ROOT PATH: what is there: a checksum, `link:TARGET`, `folder`, `other` or `absent`.
state_of() {
  if [ -L "$1/$2" ]; then
    printf 'link:%s\n' "$(readlink "$1/$2")"
  elif [ -f "$1/$2" ]; then
    sum=$(sha256sum <"$1/$2") || return 1
    printf '%s\n' "${sum%% *}"
  elif [ -d "$1/$2" ]; then
    printf 'folder\n'
  elif [ -e "$1/$2" ]; then
    printf 'other\n'
  else
    printf 'absent\n'
  fi
}

# Tools of this project share files: what any of their lists holds is ours. In `known` a line is "STATE PATH".
read_known() {
  : >"$work/known"
  : >"$work/others"
  : >"$work/old"
  for file in "$root/$lists"/*.files; do
    [ -f "$file" ] || continue
    cat -- "$file" >>"$work/known"
    if [ "$file" = "$root/$list" ]; then
      cat -- "$file" >"$work/old"
    else
      cat -- "$file" >>"$work/others"
    fi
  done
  # A list is a file on a disk: what does not look like one of ours is not acted upon.
  if grep -v -E '^([0-9a-f]{64}|link:[A-Za-z0-9._+@/-]+) [A-Za-z0-9._+@/-]+$' "$work/known" >/dev/null \
    || awk '{ print "/" $2 "/" }' "$work/known" | grep -F -e '/../' -e '//' >/dev/null; then
    fail 1 "a list of files in $root/$lists is damaged"
  fi
}
is_known() { grep -F -x -e "$1 $2" "$work/known" >/dev/null; }
has_path() { awk -v path="$2" '$2 == path { found = 1 } END { exit !found }' "$work/$1"; }

# is_inside FOLDER: does the folder, or the nearest one above it that exists, lie below the prefix? A link could lead elsewhere.
is_inside() {
  folder=$1
  while [ ! -e "$root/$folder" ] && [ ! -L "$root/$folder" ]; do
    [ "$folder" != . ] || return 0
    folder=$(dirname -- "$folder")
  done
  found=$(cd -P -- "$root/$folder" 2>/dev/null && pwd) || return 1
  case $found/ in
    "$real_root"/*) return 0 ;;
    *) return 1 ;;
  esac
}

# beside PATH: the name that a file has before it is whole.
beside() { printf '%s/.%s.ghagen-new\n' "$(dirname -- "$1")" "$(basename -- "$1")"; }
# replace FILE PATH: puts it there in one step: an interruption leaves the old one or the new one.
replace() {
  partial=$root/$(beside "$2")
  if [ -e "$partial" ] || [ -L "$partial" ]; then rm -f -- "$partial"; fi
  cp -P -p -- "$1" "$partial"
  # `mv` would move into the folder that a link leads to.
  if [ -L "$root/$2" ]; then rm -f -- "$root/$2"; fi
  mv -f -- "$partial" "$root/$2"
}
# first_missing FOLDER: the highest level of it that is not there, so the only name that has to appear.
first_missing() {
  level=$1
  while [ ! -d "$root/$(dirname -- "$level")" ]; do level=$(dirname -- "$level"); done
  printf '%s\n' "$level"
}
# start_lists: the folder of the lists, and in it the names of all folders that were not there before. It appears in one step.
start_lists() {
  : >"$work/made"
  if [ ! -d "$root/" ]; then
    mkdir -- "$root"
    printf '.\n' >>"$work/made"
  fi
  [ ! -d "$root/$lists" ] || return 0
  first=$(first_missing "$lists")
  partial=$root/$(beside "$first")
  rm -rf -- "$partial"
  mkdir -p -- "$partial${lists#"$first"}"
  folder=$lists
  while [ "$folder" != "$first" ]; do
    printf '%s\n' "$folder" >>"$work/made"
    folder=$(dirname -- "$folder")
  done
  printf '%s\n' "$first" | sort -u - "$work/made" >"$partial${lists#"$first"}/folders"
  mv -- "$partial" "$root/$first"
}
# note_folders: those that are to be made are noted first, to be removed at the end.
note_folders() {
  while read -r what path; do
    [ "$what" = write ] || continue
    folder=$(dirname -- "$path")
    while [ ! -d "$root/$folder" ]; do
      printf '%s\n' "$folder"
      folder=$(dirname -- "$folder")
    done
  done <"$work/todo" >"$work/made"
  [ -s "$work/made" ] || return 0
  if [ -f "$root/$lists/folders" ]; then cat -- "$root/$lists/folders" >>"$work/made"; fi
  sort -u -- "$work/made" >"$work/folders"
  replace "$work/folders" "$lists/folders"
}

# hand_over STATE PATH: a file that stays for another tool, whose list may know it as another one.
hand_over() {
  for file in "$root/$lists"/*.files; do
    if [ "$file" != "$root/$list" ] && awk -v path="$2" '$2 == path { found = 1 } END { exit !found }' "$file"; then
      printf '%s %s\n' "$1" "$2" | sort -u -- - "$file" >"$work/list"
      replace "$work/list" "$lists/$(basename -- "$file")"
    fi
  done
}

# remove_gone LIST: removes what LIST names and no other tool has. What was changed stays, and is told.
remove_gone() {
  kept=false
  while read -r state path; do
    rm -f -- "$root/$(beside "$path")"
    now=$(state_of "$root" "$path")
    if [ "$now" = absent ]; then
      continue
    elif has_path others "$path"; then
      if is_known "$now" "$path"; then hand_over "$now" "$path"; fi
    elif is_known "$now" "$path" || [ "$discard" = true ]; then
      case $now in
        folder | other) fail 3 "$root/$path is in the way: it is not the file that was installed" ;;
        *) rm -f -- "$root/$path" ;;
      esac
    elif has_path remaining "$path"; then
      continue
    else
      say "$root/$path was changed since it was installed: it stays (--discard-changes removes it)"
      kept=true
      printf '%s %s\n' "$state" "$path" >>"$work/remaining"
    fi
  done <"$1"
}

# holds FOLDER NAME: is this the only thing in the folder?
holds() { [ "$(find "$root/$1/." ! -name . -prune)" = "$root/$1/./$2" ]; }
# remove_folders: those that were made here and are empty now; where nothing is installed any more, that of the lists as well.
remove_folders() {
  [ -f "$root/$lists/folders" ] || return 0
  sort -r -- "$root/$lists/folders" >"$work/folders"
  while read -r folder; do
    # One that an earlier run removed, before it was interrupted, need not be remembered.
    if ! rmdir -- "$root/$folder" 2>/dev/null && [ -d "$root/$folder" ]; then printf '%s\n' "$folder"; fi
  done <"$work/folders" >"$work/left"
  if ! holds "$lists" folders; then
    sort -- "$work/left" >"$work/folders"
    replace "$work/folders" "$lists/folders"
    return 0
  fi
  # It disappears in one step, with all above it that is ours and holds nothing else.
  level=$lists
  parent=$(dirname -- "$level")
  while [ "$parent" != . ] && grep -F -x -e "$parent" "$work/left" >/dev/null && holds "$parent" "$(basename -- "$level")"; do
    level=$parent
    parent=$(dirname -- "$level")
  done
  partial=$root/$(beside "$level")
  mv -- "$root/$level" "$partial"
  rm -rf -- "$partial"
  if grep -F -x -e . "$work/left" >/dev/null; then rmdir -- "$root/" 2>/dev/null || true; fi
}

# remove_traces: all that is left where the list of this tool is gone.
remove_traces() {
  rm -f -- "$root/$(beside "$list")" "$root/$(beside "$lists/folders")"
  remove_folders
  if [ ! -d "$root/$lists" ] && [ -d "$root/" ]; then
    partial=$root/$(beside "$(first_missing "$lists")")
    rm -rf -- "$partial"
  fi
}

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
: >"$work/remaining"
is_inside "$lists" || fail 3 "$root/$lists leads out of $prefix"
read_known

if [ "$action" = uninstall ]; then
  if [ ! -f "$root/$list" ]; then
    # An interruption may have left traces.
    if [ -d "$root/" ] && [ "$dry_run" = false ]; then remove_traces; fi
    say "nothing of $tool is installed in $prefix by this script (see --prefix and --variant)"
    exit 0
  fi
  if [ "$dry_run" = true ]; then
    awk '{ print "remove " $2 }' "$work/old" | sort -u
    exit 0
  fi
  awk '{ print $2 }' "$work/old" | sort -u >"$work/paths"
  while read -r path; do
    is_inside "$(dirname -- "$path")" || fail 3 "$root/$path leads out of $prefix"
  done <"$work/paths"
  remove_gone "$work/old"
  if [ "$kept" = true ]; then
    replace "$work/remaining" "$list"
    fail 3 "$tool is removed from $prefix, but for what was changed"
  fi
  rm -f -- "$root/$list"
  remove_traces
  say "$tool is removed from $prefix"
  exit 0
fi

if [ -z "$arch" ]; then
  case $(uname -m) in
    x86_64 | amd64) arch=amd64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) fail 2 "there is no package for this machine: $(uname -m)" ;;
  esac
fi
case $variant-$arch in
  default-amd64) archive='skopeo-linux-amd64.tar.zst' ;;
  default-arm64) archive='skopeo-linux-arm64.tar.zst' ;;
  full-amd64) archive='skopeo-full-linux-amd64.tar.zst' ;;
  full-arm64) archive='skopeo-full-linux-arm64.tar.zst' ;;
  standalone-amd64) archive='skopeo-standalone-linux-amd64.tar.zst' ;;
  standalone-arm64) archive='skopeo-standalone-linux-arm64.tar.zst' ;;
  *) fail 2 "$tool has no package of the variant $variant for $arch" ;;
esac
[ -n "$version" ] || fail 2 'which version? Give --version'
printf '%s\n' "$version" | grep -E -x '[0-9][0-9A-Za-z._+-]*' >/dev/null || fail 2 "$version is no version"
if [ -n "$repository" ]; then
  printf '%s\n' "$repository" | grep -E -x '[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+' >/dev/null || fail 2 "$repository is not OWNER/NAME"
elif [ -z "$base_url" ] || [ "$require_signature" = true ]; then
  fail 2 'which repository? Give --repository OWNER/NAME'
fi
base_url=${base_url:-$server/$repository/releases/download/$tool-v$version}
case $base_url in
  https://*) https_only=true ;;
  /*) ;;
  # Plain HTTP cannot be trusted, but for a mirror on this machine.
  http://127.0.0.1:* | http://localhost:*) https_only=false ;;
  *) fail 2 "$base_url must start with https://, or with / for a folder" ;;
esac

# fetch NAME: into the working folder.
fetch() {
  case $base_url in
    /*)
      cp -- "$base_url/$1" "$work/$1"
      return
      ;;
  esac
  say "downloading $base_url/$1"
  if command -v curl >/dev/null; then
    if [ "$https_only" = true ]; then set -- "$1" --proto =https --proto-redir =https; fi
    name=$1
    shift
    curl --fail --silent --show-error --location --retry 3 "$@" --output "$work/$name" -- "$base_url/$name"
  elif command -v wget >/dev/null; then
    wget -q -O "$work/$1" "$base_url/$1"
  else
    fail 1 'neither curl nor wget is installed'
  fi
}
for program in tar zstd sha256sum; do
  command -v "$program" >/dev/null || fail 1 "$program is not installed"
done
fetch "$checksums" || fail 1 "$checksums could not be downloaded"
if ! command -v cosign >/dev/null; then
  [ "$require_signature" = false ] || fail 1 'cosign is not installed'
  say 'the signature is not checked: cosign is not installed'
elif [ -z "$repository" ]; then
  say 'the signature is not checked: --repository does not say whose it has to be'
else
  fetch "$checksums$suffix" || fail 1 "$checksums$suffix could not be downloaded"
  cosign verify-blob --bundle "$work/$checksums$suffix" \
    --certificate-oidc-issuer https://token.actions.githubusercontent.com \
    --certificate-identity "$server/$repository/.github/workflows/$workflow@refs/heads/$branch" \
    "$work/$checksums" >&2 || fail 4 "$checksums is not signed by the workflow of $repository"
fi
wanted=$(awk -v name="$archive" '$2 == name { print $1 }' "$work/$checksums")
[ "${#wanted}" = 64 ] || fail 4 "$checksums has no checksum of $archive"
fetch "$archive" || fail 1 "$archive could not be downloaded"
found=$(sha256sum <"$work/$archive")
[ "${found%% *}" = "$wanted" ] || fail 4 "$archive has the checksum ${found%% *}, and not $wanted: nothing was installed"

# Unpacked in the working folder. The checksum vouches for it; still nothing in it may lead out.
zstd -q -d -c -- "$work/$archive" >"$work/archive.tar" || fail 4 "$archive is damaged"
tar -tf "$work/archive.tar" >"$work/names" || fail 4 "$archive is damaged"
if grep -v -E '^[A-Za-z0-9._+@-][A-Za-z0-9._+@/-]*$' "$work/names" >&2 || sed 's|$|/|; s|^|/|' "$work/names" | grep -F '/../' >&2; then
  fail 4 "$archive holds names that no package has"
fi
top=$(cut -d / -f 1 "$work/names" | sort -u)
case $top in
  "$tool-v$version" | "$tool-v${version%-[0-9]*}") ;;
  *) fail 4 "$archive is not $tool $version" ;;
esac
mkdir -- "$work/tree"
tar -xof "$work/archive.tar" -C "$work/tree" || fail 1 "$archive could not be unpacked"
tree=$work/tree/$top
(cd -- "$tree" && find . ! -type d ! -type f ! -type l) >"$work/odd"
[ ! -s "$work/odd" ] || fail 4 "$archive holds something that is neither a file nor a link"
(cd -- "$tree" && find . -type f -o -type l) | sed 's|^\./||' | sort >"$work/paths"
while read -r path; do
  printf '%s %s\n' "$(state_of "$tree" "$path")" "$path"
done <"$work/paths" >"$work/new"

# Look first, write then: with anything in the way, nothing is done at all.
blocked=false
: >"$work/todo"
while read -r state path; do
  now=$(state_of "$root" "$path")
  if ! is_inside "$(dirname -- "$path")"; then
    say "$root/$path would be outside of $prefix, or below something that is no folder"
    blocked=true
  elif [ "$now" = "$state" ] && is_known "$now" "$path"; then
    printf 'keep %s\n' "$path" >>"$work/todo"
  elif [ "$now" = absent ] || is_known "$now" "$path"; then
    printf 'write %s\n' "$path" >>"$work/todo"
  elif [ "$now" = folder ] || [ "$now" = other ] || ! has_path known "$path"; then
    say "$root/$path is in the way: it was not installed by this script"
    blocked=true
  elif [ "$discard" = true ]; then
    printf 'write %s\n' "$path" >>"$work/todo"
  else
    say "$root/$path was changed since it was installed (--discard-changes overwrites it)"
    blocked=true
  fi
done <"$work/new"
[ "$blocked" = false ] || fail 3 'nothing was installed'
awk 'NR == FNR { stays[$2] = 1; next } !($2 in stays)' "$work/new" "$work/old" >"$work/gone"
while read -r state path; do
  is_inside "$(dirname -- "$path")" || fail 3 "$root/$path leads out of $prefix"
done <"$work/gone"
if [ "$dry_run" = true ]; then
  cat -- "$work/todo"
  awk '{ print "remove " $2 }' "$work/gone" | sort -u
  exit 0
fi

# First the list, of what is there and of what will be: whatever comes in between, everything in it is known to be ours.
start_lists
sort -u -- "$work/old" "$work/new" >"$work/list"
replace "$work/list" "$list"
cat -- "$work/new" >>"$work/known"
note_folders
while read -r what path; do
  [ "$what" = write ] || continue
  mkdir -p -- "$root/$(dirname -- "$path")"
  replace "$tree/$path" "$path"
done <"$work/todo"
remove_gone "$work/gone"
sort -u -- "$work/new" "$work/remaining" >"$work/list"
replace "$work/list" "$list"
remove_folders
say "$tool $version ($variant, $arch) is installed in $prefix"
