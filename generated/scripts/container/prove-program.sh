#!/usr/bin/env bash
# Made by ghagen from spec/ghagen.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# Proves that a program is what the spec says it is. Every proof runs, every failed one is named.
#
# `ldd`, a search for the word musl and the target triple prove nothing: they look the same for programs that are dynamic, for
# another arch or linked with glibc. So the file itself is read.
#
# usage: prove-program.sh FILE --machine ARCH --link LINK [OPTION...] [-- ARGUMENT...]
#   --machine amd64|arm64             the arch that it is for
#   --link static|static-pie          how it is linked
#   --symbols yes|no                  yes (before strip): the symbols prove libc and allocator; no (default): they are gone
#   --allocator-symbol NAME|libc|none whose malloc: the one that is also called NAME, the libc's own, or no malloc at all
#   --minimum-size BYTES              smaller than this it cannot be complete
#   --forbid TEXT                     must not be in the file, such as the path of the build; may be repeated
#   --links FOLDER                    records of the links that made it (lists of the linker's inputs): all from the toolchain
#   --set NAME=VALUE                  environment of the run below; may be repeated
#   --expect TEXT                     run the program with ARGUMENT...: it must succeed and print TEXT; may be repeated
# A program of another arch than this machine's is read, but not run.
#
# exit:  0 all proofs hold; 2 usage; 22 at least one failed
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

(($# >= 1)) || fail 2 "usage: prove-program.sh FILE --machine ARCH --link LINK [OPTION...] [-- ARGUMENT...]"
file=$1
shift
machine='' link='' symbols=no allocator='' minimum_size=1 links=''
forbidden=() settings=() expected=() arguments=()
while (($# > 0)); do
  if [[ $1 == -- ]]; then
    shift
    arguments=("$@")
    break
  fi
  (($# >= 2)) || fail 2 "the option $1 wants a value"
  case $1 in
    --machine) machine=$2 ;;
    --link) link=$2 ;;
    --symbols) symbols=$2 ;;
    --allocator-symbol) allocator=$2 ;;
    --minimum-size) minimum_size=$2 ;;
    --forbid) forbidden+=("$2") ;;
    --links) links=$2 ;;
    --set) settings+=("$2") ;;
    --expect) expected+=("$2") ;;
    *) fail 2 "unknown option $1" ;;
  esac
  shift 2
done
case $machine in
  amd64) machine_words='Advanced Micro Devices X86-64' machine_here=x86_64 ;;
  arm64) machine_words='AArch64' machine_here=aarch64 ;;
  *) fail 2 "--machine must be amd64 or arm64" ;;
esac
[[ $link =~ ^(static|static-pie)$ ]] || fail 2 "--link must be static or static-pie"
[[ $symbols =~ ^(yes|no)$ ]] || fail 2 "--symbols must be yes or no"
[[ $minimum_size =~ ^[0-9]+$ ]] || fail 2 "--minimum-size must be a number of bytes"
[[ $allocator =~ ^[A-Za-z_]*[A-Za-z0-9_]*$ ]] || fail 2 "--allocator-symbol must be a symbol, libc or none"
for setting in "${settings[@]}"; do
  [[ $setting =~ ^[A-Za-z_][A-Za-z0-9_]*= ]] || fail 2 "--set wants NAME=VALUE: $setting"
done

readelf=
for candidate in readelf llvm-readelf "${TOOLCHAIN:-/opt/ghagen}/bin/llvm-readelf"; do
  if command -v "$candidate" >/dev/null; then
    readelf=$candidate
    break
  fi
done
[[ -n $readelf ]] || fail 2 "neither readelf nor llvm-readelf is installed"

scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT

failed=0
refuse() {
  say "proof failed: $file: $1"
  failed=$((failed + 1))
}

# symbol_value NAME: the address of a defined symbol; nothing where there is none.
symbol_value() { awk -v name="$1" '$2 == name { print $1; exit }' "$scratch/symbols"; }

prove_machine() {
  grep --extended-regexp "^ +Machine: +$machine_words\$" "$scratch/header" >/dev/null \
    || refuse "it is not for $machine: $(sed --quiet 's/^ *Machine: *//p' "$scratch/header")"
  grep --extended-regexp '^ +Class: +ELF64$' "$scratch/header" >/dev/null || refuse "it is no 64-bit program"
}

prove_link() {
  local type wanted=EXEC
  if [[ $link == static-pie ]]; then wanted=DYN; fi
  type=$(awk '$1 == "Type:" { print $2; exit }' "$scratch/header")
  [[ $type == "$wanted" ]] || refuse "it is of type $type, where $link means $wanted"
  if grep --extended-regexp '^ +INTERP ' "$scratch/segments" >/dev/null; then
    refuse "it asks for an interpreter:$(sed --quiet 's/.*\[Requesting program interpreter:\(.*\)\].*/\1/p' "$scratch/segments")"
  fi
  # A dynamic section as such is fine, a static-pie program has one. Needing something is not.
  if grep --extended-regexp '\((NEEDED|RPATH|RUNPATH)\)' "$scratch/dynamic" >"$scratch/needed"; then
    refuse "it needs something of the machine that it runs on:$(sed 's/.*)//; s/  */ /g' "$scratch/needed" | tr '\n' ';')"
  fi
}

prove_libc() {
  local name text
  for name in __libc_setup_tls _nl_C_locobj _IO_2_1_stdout_ gnu_get_libc_version _dl_relocate_static_pie; do
    [[ -z $(symbol_value "$name") ]] || refuse "it holds glibc: the symbol $name"
  done
  # Texts of glibc's own messages stay when the symbols go.
  for text in 'GNU C Library (' 'Fatal glibc error' 'glibc detected an invalid stdio handle'; do
    if grep --text --fixed-strings -e "$text" -- "$file" >/dev/null; then
      refuse "it holds glibc: the text $text"
    fi
  done
  # Without symbols musl leaves no trace that could be told from chance, and a program without a libc has none to prove.
  if [[ $symbols == yes && $allocator != none ]]; then
    [[ -n $(symbol_value __init_libc) || -n $(symbol_value __libc_start_init) ]] || refuse "no musl in it: its start code is missing"
  fi
}

prove_allocator() {
  local malloc own theirs
  if [[ ! -s $scratch/symbols ]]; then
    refuse "its symbols are gone, so they prove no allocator: prove before strip"
    return
  fi
  malloc=$(symbol_value malloc)
  theirs=$(symbol_value __libc_malloc_impl)
  case $allocator in
    none) [[ -z $malloc ]] || refuse "it should hold no malloc, but it does" ;;
    libc) [[ -z $malloc || -n $theirs ]] || refuse "its malloc is not the libc's own" ;;
    *)
      # musl's own may be there as well, under its inner name: atexit and its like never ask the program's.
      own=$(symbol_value "$allocator")
      [[ -n $own ]] || refuse "the allocator is missing: no symbol $allocator"
      [[ -n $malloc && $malloc == "$own" ]] || refuse "its malloc is not $allocator: ${malloc:-none} and ${own:-none}"
      ;;
  esac
}

prove_size() {
  local size
  size=$(stat --format=%s -- "$file")
  ((size >= minimum_size)) || refuse "its $size bytes are fewer than the $minimum_size that it must have"
}

prove_texts() {
  local text
  for text in "${forbidden[@]}"; do
    if grep --text --fixed-strings -e "$text" -- "$file" >/dev/null; then
      refuse "it holds the text $text"
    fi
  done
}

# Every input of every link, as the linker itself recorded it. The host keeps its libraries under /usr/lib and /lib.
prove_links() {
  local record input path found=false
  for record in "$links"/*.d; do
    [[ -f $record ]] || continue
    found=true
    while IFS= read -r input; do
      # A relative one counts from the folder of its build, which is not known here. A build has a lib/ of its own as well: the
      # path leads to the machine if there is such a file, for what was linked is there.
      path=$input
      while [[ $path == ../* ]]; do path=${path#../}; done
      if [[ $input != /* && ! -e /$path ]]; then continue; fi
      case $(realpath --canonicalize-missing -- "/${path#/}") in
        # The compiler's own runtime library, which knows no libc.
        /usr/lib/gcc*/crt*.o | /usr/lib/gcc*/libgcc*.a) ;;
        /lib/* | /lib64/* | /usr/lib/* | /usr/lib64/* | /usr/local/lib/*)
          refuse "linked with a file of the machine that built it: $input"
          ;;
        *) ;;
      esac
    done < <(tr --squeeze-repeats ' \\:' '\n' <"$record" | sort --unique | sed '/^$/d')
  done
  [[ $found == true ]] || refuse "no record of its link in $links"
}

prove_run() {
  local text code=0
  if [[ $(uname --machine) != "$machine_here" ]]; then
    say "$file: for $machine, so it is not run here"
    return
  fi
  env --ignore-environment -- PATH="$PATH" HOME="$scratch" LC_ALL=C "${settings[@]}" \
    timeout 60 "$(realpath -- "$file")" "${arguments[@]}" >"$scratch/output" 2>&1 </dev/null || code=$?
  ((code == 0)) || refuse "it ended with the exit code $code: ${arguments[*]}"
  for text in "${expected[@]}"; do
    grep --fixed-strings -e "$text" "$scratch/output" >/dev/null || refuse "it did not print: $text"
  done
  if ((failed > 0)); then sed 's/^/  | /' "$scratch/output" >&2; fi
}

if [[ ! -f $file || -L $file ]]; then
  fail 22 "proof failed: $file is no regular file"
fi
[[ -x $file ]] || refuse "it is not executable"
"$readelf" --file-header --wide -- "$file" >"$scratch/header" 2>/dev/null \
  || fail 22 "proof failed: $file is no ELF program"
"$readelf" --program-headers --wide -- "$file" >"$scratch/segments"
"$readelf" --dynamic --wide -- "$file" >"$scratch/dynamic"
"$readelf" --symbols --wide -- "$file" | awk '$1 ~ /^[0-9]+:$/ && $7 != "UND" && NF >= 8 { print $2, $8 }' >"$scratch/symbols"

prove_machine
prove_link
prove_libc
if [[ $symbols == yes && -n $allocator ]]; then prove_allocator; fi
prove_size
prove_texts
if [[ -n $links ]]; then prove_links; fi
if ((${#expected[@]} > 0)); then prove_run; fi
((failed == 0)) || fail 22 "$file: $failed of its proofs failed"
say "$file: proved"
