#!/usr/bin/env bash
# Empties a volume server, so that it can go; see usage.
set -euo pipefail

readonly RUN=/run/seaweedfs

usage() {
  cat <<'TEXT'
usage: drain.sh empty MASTERS NODE | ready
  empty  moves every volume of the server NODE (host:port) to others, has it leave, and stays
  ready  succeeds once it is empty and nothing new can come to it
TEXT
}

say() { printf 'drain: %s\n' "$*" >&2; }

# One command of SeaweedFS's shell, which keeps the lock that maintenance needs as long as it
# lives. Its answer ends with a mark that it does not know as a command.
order() {
  local line mark="end-$RANDOM$RANDOM"
  printf '%s\n' "$1" "$mark" >&4
  while IFS= read -r line <&3; do
    [[ $line != *"unknown command: $mark"* ]] || return 0
    say "$line"
  done
  say "the shell of SeaweedFS has ended"
  exit 1
}

# What the server itself says, which writes null for none; the masters may not have heard yet.
is_empty() { curl -sf --max-time 10 "http://$1/status" | jq -es 'length == 1 and (.[0] | has("Volumes") and (.Volumes // [] | length) == 0)' >/dev/null; }

empty() {
  local masters=$1 node=$2
  rm -f "$RUN/ready"
  coproc shell { exec weed shell -master="$masters" 2>&1; }
  exec 3<&"${shell[0]}" 4>&"${shell[1]}"
  order lock
  # What cannot be moved now, for want of room or of another server, may be later.
  until is_empty "$node"; do
    order "volumeServer.evacuate -node $node -apply"
    is_empty "$node" || sleep 5
  done
  order "volumeServer.leave -node $node -apply"
  if ! is_empty "$node"; then
    say "a volume was begun on $node in the last moment: delete that pod, and all begins again"
    exit 1
  fi
  touch "$RUN/ready"
  say "$node is empty"
  wait
}

case ${1:-} in
  empty) empty "$2" "$3" ;;
  ready) [[ -e $RUN/ready ]] ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 64
    ;;
esac
