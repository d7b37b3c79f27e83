#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR
# Runs a sentinel in its pod and restarts it when its certificates change: it keeps what it knows.
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  cat <<'USAGE'
Usage: sentinel.sh
The main process of a sentinel container. Environment: POD_NAME, NAME, DOMAIN, SENTINELS,
SENTINEL_DOMAIN. Mounts: /settings, /credentials, /tls, and /run/sentinel with the file that
agent.sh locate left.
USAGE
  exit 0
fi

# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

readonly conf=/run/sentinel/sentinel.conf

# Only on the first start in this pod: afterwards the sentinel itself keeps the file.
write_conf() {
  local primary epoch i count
  read -r primary epoch </run/sentinel/located
  count=$(members)
  {
    cat "$settings/sentinel.conf"
    printf 'requirepass %s\n' "$(value "$credentials/sentinel")"
    printf 'sentinel sentinel-pass %s\n' "$(value "$credentials/sentinel")"
    printf 'sentinel announce-ip %s.%s\nsentinel announce-port %s\n' "$POD_NAME" "$SENTINEL_DOMAIN" "$sentinel_port"
    printf 'sentinel current-epoch %s\n' "$epoch"
    printf 'sentinel monitor %s %s %s 2\n' "$monitored" "$primary" "$tls_port"
    printf 'sentinel auth-user %s sentinel\nsentinel auth-pass %s %s\n' "$monitored" "$monitored" "$(value "$credentials/sentinel")"
    # Twice this time passes between two failovers: after a vote that nobody won, and when the new
    # primary is gone as well.
    printf 'sentinel down-after-milliseconds %s 3000\nsentinel failover-timeout %s 2000\n' "$monitored" "$monitored"
    printf 'sentinel parallel-syncs %s 1\n' "$monitored"
    printf 'sentinel config-epoch %s %s\nsentinel leader-epoch %s %s\n' "$monitored" "$epoch" "$monitored" "$epoch"
    for ((i = 0; i < count; i++)); do
      if [[ $(host "$i") != "$primary" ]]; then
        printf 'sentinel known-replica %s %s %s\n' "$monitored" "$(host "$i")" "$tls_port"
      fi
    done
  } >"$conf"
  log "watching $primary since epoch $epoch"
}

sum() { cat "$tls"/tls.crt "$tls"/tls.key "$tls"/ca.crt | sha256sum; }

# Ends the sentinel when its certificates are other than those it started with.
await_renewal() {
  local used
  used=$(sum)
  while [[ $(sum) == "$used" ]]; do
    inotifywait -qq -t 60 -e create,moved_to "$tls" || true
  done
  log "certificates were renewed"
  kill -TERM "$1"
}

stopping=
trap 'stopping=yes; kill -TERM "$sentinel_pid" || true' TERM INT

if [[ ! -s $conf ]]; then write_conf; fi
while [[ -z $stopping ]]; do
  started=$SECONDS code=0
  valkey-sentinel "$conf" &
  sentinel_pid=$!
  await_renewal "$sentinel_pid" &
  wait "$sentinel_pid" || code=$?
  kill -TERM $! || true
  while kill -0 "$sentinel_pid" 2>/dev/null; do wait "$sentinel_pid" || true; done
  # What cannot even start is left to Kubernetes, which backs off and shows it.
  if ((SECONDS - started < 5 && code != 0)) && [[ -z $stopping ]]; then exit "$code"; fi
done
log "stopped"
