#!/usr/bin/env bash
# Gives the primary's role away before the primary stops. Read by server.sh, not run.

readonly handover_seconds=20
readonly pause_millis=30000

# The primary's offset and the number of replicas that follow, then how many of them have it all.
replicas_behind() {
  here INFO replication | awk -F: '
    $1 == "role" && $2 !~ /master/ { exit }
    $1 ~ /^slave[0-9]+$/ && $2 ~ /state=online/ { online[$1] = $2 }
    $1 == "master_repl_offset" { top = $2 + 0 }
    END {
      for (name in online) {
        count++
        match(online[name], /offset=[0-9]+/)
        if (substr(online[name], RSTART + 7, RLENGTH - 7) + 0 < top) behind++
      }
      print count + 0, behind + 0
    }'
}

# Whether every replica has every write, within three seconds.
await_replicas() {
  local online behind until=$((SECONDS + 3))
  while ((SECONDS <= until)); do
    read -r online behind < <(replicas_behind)
    if ((online == 0)); then return 1; fi
    if ((behind == 0)); then return 0; fi
    pause 0.1
  done
  log "hand-over: $behind of $online replicas lag"
}

# Asks one sentinel after the other to start; a second one only if the first did not accept.
request_failover() {
  local i answer
  for i in 0 1 2; do
    answer=$(sentinel "$(sentinel_host "$i")" FAILOVER "$monitored") || continue
    case $answer in
      OK | *INPROG*) return 0 ;;
      *) log "hand-over: sentinel $i: $answer" ;;
    esac
  done
  return 1
}

# The address of the Service, by the server that answers there.
leads_here() {
  [[ $(as probe -h "$SERVICE" "${service_tls[@]}" INFO server | field run_id) == "$(here INFO server | field run_id)" ]]
}

# Clients are held, not refused, until the Service leads to the new primary: then their
# connections are cut and they find it.
hand_over() {
  local until=$((SECONDS + handover_seconds)) next
  if [[ $(here INFO replication | field role) != master ]] || (($(members) < 2)); then return 0; fi
  here CLIENT PAUSE "$pause_millis" WRITE >/dev/null
  if ! await_replicas; then
    log "hand-over: there is no replica to take over"
    return 0
  fi
  until request_failover; do
    ((SECONDS < until)) || return 0
    pause 0.5
  done
  while ((SECONDS < until)); do
    next=$(elected)
    if [[ -n $next && $next != "$self" ]]; then
      log "hand-over: $next is the primary now"
      while ((SECONDS < until)) && leads_here; do pause 0.2; done
      return 0
    fi
    pause 0.2
  done
  log "hand-over: the sentinels promoted nobody in $handover_seconds s"
}
