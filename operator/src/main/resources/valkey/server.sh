#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR disable=SC2034
# Runs a Valkey server in its pod: waits in the fence, starts the server, watches over it, reloads
# certificates and users, and hands the primary's role over before it stops.
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  cat <<'USAGE'
Usage: server.sh
The main process of a data pod. Environment: POD_NAME, NAME, DOMAIN, SENTINELS, SENTINEL_DOMAIN,
SERVICE. Mounts: /settings, /credentials, /acl, /tls, /data, /run/valkey.
USAGE
  exit 0
fi

scripts=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=common.sh
. "$scripts/common.sh"
# shellcheck source=users.sh
. "$scripts/users.sh"
# shellcheck source=fence.sh
. "$scripts/fence.sh"
# shellcheck source=handover.sh
. "$scripts/handover.sh"
# shellcheck source=persistence.sh
. "$scripts/persistence.sh"

readonly conf=/run/valkey/server.conf serving=/run/valkey/serving
readonly sample_seconds=2 orphan_samples=3 abandoned_seconds=40 reign_seconds=30
readonly promotable=100
self=$POD_NAME.$DOMAIN
service_tls=(-p "$tls_port" --tls --cacert "$tls/ca.crt")
if [[ ${SERVICE_PLAIN:-} == true ]]; then service_tls=(-p 6379); fi

stopping='' server_pid='' board_pid=''
exec {signals}<> <(:) # a stream that brings nothing but the wish to stop
trap 'stopping=yes; echo >&"$signals"' TERM INT

# Waits without a process; fails at once when the pod is told to stop.
pause() {
  [[ -z $stopping ]] || return 1
  read -r -t "$1" -u "$signals" || true
  [[ -z $stopping ]]
}

# The settings of the operator and what only this pod knows.
write_conf() {
  local priority=0
  if [[ $verdict != follow ]]; then priority=$promotable; fi
  {
    cat "$settings/valkey.conf"
    load_from
    printf 'replica-announce-ip %s\nreplica-announce-port %s\n' "$self" "$tls_port"
    printf 'masteruser replication\nmasterauth %s\n' "$(value "$credentials/replication")"
    printf 'replica-priority %s\n' "$priority"
    if [[ $verdict != serve ]]; then printf 'replicaof %s %s\n' "$leader" "$tls_port"; fi
  } >"$conf"
}

start_server() {
  write_conf
  write_users
  rm -f "$socket"
  valkey-server "$conf" &
  server_pid=$!
  started=$SECONDS followed=$leader synced='' logged='' orphaned=0 required=0 reigns_since=''
  settled='' first_save=''
  if [[ $verdict == offer ]]; then synced=yes logged=yes; fi
  touch "$serving"
}

# Two replicas or more: the primary refuses writes that no replica gets, once it has had one. With
# one replica it would stop whenever that one restarts.
require_replicas() {
  local wanted=0
  if (($(members) > 2)) && [[ $required == 1 || ${info[connected_slaves]} != 0 ]]; then wanted=1; fi
  set_required "$wanted"
}

set_required() {
  [[ $1 != "$required" ]] || return 0
  if here CONFIG SET min-replicas-to-write "$1" >/dev/null; then required=$1; fi
}

# A primary that lost every replica may have been replaced while it was frozen or cut off: it asks,
# and joins the other one. A newly promoted one does not ask: not all sentinels know of it yet.
rejoin() {
  local other
  if ((SECONDS - reigns_since < reign_seconds)); then return 0; fi
  other=$(elected)
  if [[ -z $other || $other == "$self" || $(peer_state "$other") != primary ]]; then return 0; fi
  log "replaced by $other: joining it"
  here CONFIG SET replica-priority 0 >/dev/null || return 0
  here REPLICAOF "$other" "$tls_port" >/dev/null || return 0
  here CLIENT KILL TYPE normal SKIPME yes >/dev/null || true
}

watch_primary() {
  if [[ $followed != "$self" || -z $reigns_since ]]; then followed=$self reigns_since=$SECONDS; fi
  record_position
  require_replicas
  if [[ ${info[connected_slaves]} == 0 ]] && (($(members) > 1)); then rejoin; fi
}

set_priority() {
  local wanted=0
  if [[ -n $synced ]]; then wanted=$promotable; fi
  if [[ ${info[slave_priority]} != "$wanted" ]]; then
    here CONFIG SET replica-priority "$wanted" >/dev/null || true
  fi
}

# Sentinels promote no replica that lost its primary half a minute before they did, be it that they
# could not run. They would refuse all of them for ever; in the fence that time begins anew.
is_abandoned() { ((info[master_link_down_since_seconds] > abandoned_seconds)) && elected_is_down; }

return_to_fence() {
  log "back to the fence: $1"
  orphaned=0 returning=yes
  kill -TERM "$server_pid"
}

# A replica may be promoted once it has been in sync with the primary it follows. One that never
# was and whose primary is gone goes back to the fence.
watch_replica() {
  if [[ ${info[master_host]} != "$followed" ]]; then followed=${info[master_host]} synced='' logged='' reigns_since=''; fi
  if [[ ${info[master_link_status]} == up ]]; then
    verdict=follow synced=yes orphaned=0
    # After a full copy the log on disk is that of the old data until it is rewritten.
    if [[ ${info[aof_rewrite_in_progress]}${info[aof_rewrite_scheduled]} == 00 ]]; then logged=yes; fi
    if [[ -n $logged ]]; then record_position; fi
  elif [[ $verdict == offer ]] && ! elected_is_down; then
    # The offer was not needed: its primary is back and takes writes that this replica does not get.
    verdict=follow synced=''
  elif [[ -z $synced && ${info[master_sync_in_progress]} != 1 && $(peer_state "$followed") == absent ]]; then
    orphaned=$((orphaned + 1))
  elif is_abandoned; then
    return_to_fence "the sentinels promote no replica"
    return 0
  fi
  set_priority
  set_required 0 # when it is promoted it has none yet
  if ((orphaned >= orphan_samples)); then
    return_to_fence "$followed is gone and this replica was never in sync with it"
  fi
}

watch() {
  local -A info=()
  local name rest
  while IFS=: read -r name rest; do
    if [[ -n $rest ]]; then info[$name]=${rest%$'\r'}; fi
  done < <(here INFO replication persistence)
  case ${info[role]:-}${info[loading]:-} in
    master0) watch_primary ;;
    slave0) watch_replica ;;
    *) return 0 ;;
  esac
  settle_persistence
}

stop_server() {
  hand_over
  watch
  kill -TERM "$server_pid" || true
  while kill -0 "$server_pid" 2>/dev/null; do wait "$server_pid" || true; done
}

# The server's life: until it ends by itself, or is told to.
live() {
  returning=''
  while kill -0 "$server_pid" 2>/dev/null; do
    if ! pause "$sample_seconds"; then
      stopping='' # the hand-over may pause
      stop_server
      log "stopped"
      exit 0
    fi
    watch
    kill -0 "$reload_pid" 2>/dev/null || start_reload
  done
  rm -f "$serving"
  wait "$server_pid" || code=$?
  if [[ -z $returning ]]; then
    log "the server ended by itself (${code:-0})"
    # What cannot even start is left to Kubernetes, which backs off and shows it.
    if ((SECONDS - started < 10)); then exit "${code:-1}"; fi
  fi
}

start_reload() {
  bash "$scripts/reload.sh" &
  reload_pid=$!
}

rm -f "$serving"
start_reload
while pass_fence; do
  start_server
  live
done
log "stopped in the fence"
