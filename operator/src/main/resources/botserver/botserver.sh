#!/bin/sh
# What runs in a pod of the bot servers; see usage. Any shell will do: the image is the user's choice.
set -eu

# How long Services and gateways take to forget a pod.
SETTLE=10

usage() {
  cat <<'TEXT'
usage: botserver.sh start|drain SECONDS
  start  runs botserver once the vault lets it read its settings: without them it would go on with
         those of localhost
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

# What is wrong is said once, not every other second.
await() {
  told=
  until why=$(readable "$1" 2>&1); do
    if [ "$why" != "$told" ]; then say "waiting for secret/gbo/$1: $why"; fi
    told=$why
    sleep 2
  done
}

start() {
  trap 'exit 143' TERM
  for path in tables cache drive; do await "$path"; done
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
  start) start ;;
  drain) drain "${2:?drain needs a number of seconds}" ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 64
    ;;
esac
