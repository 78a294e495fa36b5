#!/usr/bin/env bash
# Made by ghagen from spec/tools/podman.yaml.
# Do not edit: change the spec, then run `ghagen generate`.
#
# A check of podman: a healthcheck, run by a timer of systemd, turns to healthy
#
# usage: 10.sh, by smoke/podman.sh
# env:   what smoke/podman.sh has, with the programs of the package and the commands of checks on PATH, and SCRATCH
# exit:  0 shown; 77 with a reason, by not-shown.sh: not shown; anything else: it failed
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# A test that fails says nothing by itself. 77 says enough elsewhere.
trap '(($? == 77)) || printf "%s: line %s: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# From the spec, as it is.
own-storage.sh
[[ -d /run/systemd/system ]] || not-shown.sh 'a timer of systemd wants a machine that was booted with systemd'
cat >/usr/local/bin/systemd-run <<COMMAND
#!/usr/bin/env bash
join=(/usr/bin/nsenter --mount=$NAMESPACES/mnt --pid=$NAMESPACES/pid_for_children --)
arguments=()
for argument; do
  if [[ \$argument == */podman ]]; then arguments+=("\${join[@]}"); fi
  arguments+=("\$argument")
done
# To root it speaks by a socket of its own, and only to a process that it can see. Without that one it takes D-Bus.
exec unshare --mount -- bash -c \
  'mount --bind /dev/null /run/systemd/private; exec /usr/bin/systemd-run "\$@"' bash "\${arguments[@]}"
COMMAND
chmod 0755 /usr/local/bin/systemd-run
machine-root.sh "$SCRATCH/root"
tar --create --directory "$SCRATCH/root" . | podman import - smoke
# The timer is the machine's, so it has to go whatever comes.
trap 'timeout 60 podman rm --force --ignore --time 0 smoke' EXIT
timeout 60 podman run --detach --network none --name smoke \
  --health-cmd 'test -f /etc/passwd' --health-interval 2s --health-retries 1 smoke sleep 1000
health=
for second in {1..60}; do
  health=$(timeout 60 podman inspect --format '{{.State.Health.Status}}' smoke)
  if [[ $health != starting ]]; then break; fi
  sleep 1
done
echo "$health after about $second seconds"
[[ $health == healthy ]]
