#!/usr/bin/env bash
# What runs in a pod of LiveKit; see usage.
set -euo pipefail

readonly FOLDER=${FOLDER:-/etc/livekit}
readonly PORT=7880
readonly SETTLE_SECONDS=3

usage() {
  cat <<'TEXT'
usage: livekit.sh await|serve|alive|leave|record
  await  waits until the bus answers; LiveKit itself would end at once and be started ever more slowly
  serve  does the same, then runs LiveKit
  alive  succeeds if the server answers, ready or not, or is not started yet
  leave  lets Services forget this pod before it is told to drain
  record waits for the bus, then runs the recorder, whose recordings go on when it is told to stop
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

# finish PID: it takes no new recordings, and ends those it has after a while, so that they are kept.
finish() {
  kill -TERM "$1" 2>/dev/null || true
  { sleep "${DRAIN_SECONDS:-0}" && kill -INT "$1"; } 2>/dev/null &
}

# Browsers that record play their sound to a server of their own; what records without them has none.
start_sound() {
  mkdir -p "$XDG_RUNTIME_DIR"
  command -v pulseaudio >/dev/null || return 0
  pulseaudio --daemonize --exit-idle-time=-1 --disallow-exit >/dev/null 2>&1 || say "the sound server does not start"
}

record() {
  local recorder status=0
  await
  start_sound
  # What a script runs in the background is deaf to INT, unless it is a job of its own.
  set -m
  egress --config "$FOLDER/egress.yaml" &
  recorder=$!
  set +m
  trap 'finish "$recorder"' TERM INT
  while kill -0 "$recorder" 2>/dev/null; do
    status=0
    wait "$recorder" || status=$?
  done
  exit "$status"
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
  record) record ;;
  ask) asked | connection ;;
  -h | --help) usage ;;
  *) usage >&2 && exit 2 ;;
esac
