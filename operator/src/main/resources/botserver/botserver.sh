#!/bin/sh
# What runs in a pod of the bot servers; see usage. Any shell will do: the image is the user's choice.
set -eu

# How long Services and gateways take to forget a pod.
SETTLE=10

usage() {
  cat <<'TEXT'
usage: botserver.sh start HOST:PORT…|drain SECONDS
  start  runs botserver once these are reached and the vault lets it read its settings: without them
         it would end, or go on with those of localhost
  drain  waits until no connection is open, but not longer than so many seconds
TEXT
}

say() { printf 'botserver.sh: %s\n' "$*" >&2; }

# The token goes through standard input, where no list of processes shows it.
readable() {
  printf 'header = "X-Vault-Token: %s"\n' "$VAULT_TOKEN" |
    curl --silent --show-error --fail --max-time 5 --output /dev/null --config - \
      --cacert "$VAULT_CACERT" "$VAULT_ADDR/v1/secret/data/gbo/$1"
}

# A new pod may be refused until its node knows it. Nothing is sent, so that no server complains.
reached() {
  case $(curl --silent --output /dev/null --max-time 1 --write-out '%{num_connects}' "telnet://$1" </dev/null) in
    0) echo "no connection" && return 1 ;;
  esac
}

# await WHAT COMMAND…: what is wrong is said once, not every other second.
await() {
  what=$1 told=
  shift
  until why=$("$@" 2>&1); do
    if [ "$why" != "$told" ]; then say "waiting for $what: $why"; fi
    told=$why
    sleep 2
  done
}

start() {
  trap 'exit 143' TERM
  for path in tables cache drive; do await "secret/gbo/$path" readable "$path"; done
  for address in "$@"; do await "$address" reached "$address"; done
  exec /opt/gbo/bin/botserver
}

connected() {
  grep -Eqs "^ *[0-9]+: [0-9A-F]+:$(printf '%04X' "$PORT") [0-9A-F]+:[0-9A-F]+ 01 " /proc/net/tcp /proc/net/tcp6
}

drain() {
  sleep "$SETTLE"
  left=$1
  while [ "$left" -gt 0 ] && connected; do
    sleep 1
    left=$((left - 1))
  done
}

case ${1:-} in
  start)
    shift
    start "$@"
    ;;
  drain) drain "${2:?drain needs a number of seconds}" ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 64
    ;;
esac
