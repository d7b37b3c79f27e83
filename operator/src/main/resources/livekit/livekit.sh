#!/usr/bin/env bash
# What runs in a pod of LiveKit; see usage.
set -euo pipefail

readonly FOLDER=${FOLDER:-/etc/livekit}
readonly PORT=7880
readonly SETTLE_SECONDS=3

usage() {
  cat <<'TEXT'
usage: livekit.sh await|serve|alive|leave
  await  waits until the bus answers; LiveKit itself would end at once and be started ever more slowly
  serve  does the same, then runs LiveKit
  alive  succeeds if the server answers, ready or not, or is not started yet
  leave  lets Services forget this pod before it is told to drain
TEXT
}

say() { printf '{"level":"info","logger":"start","msg":"%s"}\n' "$*" >&2; }

# A connection to the bus, commands on standard input.
connection() {
  local host=$BUS_HOST port=${BUS_PORT:-6379}
  if [[ -r $FOLDER/bus-ca.crt ]]; then
    openssl s_client -quiet -verify_quiet -no_ign_eof -connect "$host:$port" -servername "$host" \
      -verify_hostname "$host" -verify_return_error -CAfile "$FOLDER/bus-ca.crt" 2>/dev/null
  else
    exec 3<>"/dev/tcp/$host/$port"
    cat >&3
    cat <&3
  fi
}

# The other side closes after QUIT, which ends the connection; input stays open until then.
asked() {
  printf 'AUTH default %s\r\nPING\r\nQUIT\r\n' "$(<"$FOLDER/bus-password")"
  sleep 1
}

answers() { [[ $(timeout 4 bash "$0" ask 2>/dev/null || true) == *+PONG* ]]; }

await() {
  [[ -n ${BUS_HOST:-} ]] || return 0
  # The first process of a container gets no signal that it does not ask for, and this pod may drain for hours.
  trap 'exit 143' TERM INT
  until answers; do
    say "the bus $BUS_HOST does not answer yet"
    sleep 1
  done
}

serve() {
  await
  exec livekit-server --config "$FOLDER/livekit.yaml"
}

# Whatever it answers: without its bus it is not ready, but its rooms go on.
alive() {
  [[ $(</proc/1/comm) != livekit-server ]] || curl --silent --max-time 4 --output /dev/null "http://127.0.0.1:$PORT/"
}

case ${1:-} in
  await) await ;;
  serve) serve ;;
  alive) alive ;;
  leave) sleep "$SETTLE_SECONDS" ;;
  ask) asked | connection ;;
  -h | --help) usage ;;
  *) usage >&2 && exit 2 ;;
esac
