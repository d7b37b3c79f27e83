#!/usr/bin/env bash
# How a server's data is on its volume. Read by server.sh, not run.
# shellcheck source-path=SCRIPTDIR disable=SC2154,SC2034 # the names of common.sh, fence.sh and server.sh

readonly log_folder=/data/appendonlydir snapshot=/data/dump.rdb

has_log() { compgen -G "$log_folder/*.manifest" >/dev/null; }

# A line of configuration. A server that is told to keep a log starts empty where there is none,
# and the other way round: so data is loaded from where the last one left it, whatever is wished.
load_from() {
  if has_log; then
    echo 'appendonly yes'
  elif [[ -s $snapshot ]]; then
    echo 'appendonly no'
  fi
}

# Goes over to what is wished once the data is loaded; the old form is removed when the new one is
# complete. Looks again and again until it is; the server is never stopped for it.
settle_persistence() {
  if [[ -n $settled || $PERSISTENCE == Disabled ]]; then return 0; fi
  # A replica may still be about to replace all it has by a copy, through the same files.
  if [[ ${info[role]} == slave && ${info[master_link_status]} != up ]]; then return 0; fi
  case ${info[rdb_bgsave_in_progress]}${info[aof_rewrite_in_progress]}${info[aof_rewrite_scheduled]} in
    *1*) return 0 ;;
  esac
  case $PERSISTENCE${info[aof_enabled]} in
    AppendOnly0) here CONFIG SET appendonly yes >/dev/null || return 0 ;;
    AppendOnly1) if has_log; then settle "$snapshot"; fi ;;
    Snapshot1) save_snapshot ;;
    Snapshot0) settle "$log_folder" ;;
  esac
}

# The log goes on until there is a snapshot of this server.
save_snapshot() {
  first_save=${first_save:-${info[rdb_last_save_time]}}
  if ((info[rdb_last_save_time] > first_save)); then
    here CONFIG SET appendonly no >/dev/null || return 0
  else
    here BGSAVE >/dev/null || return 0
  fi
}

settle() {
  settled=yes
  if [[ -e $1 ]]; then
    rm -rf "$1"
    log "data is kept as $PERSISTENCE now"
  fi
}

# Where the data stands, for the fence of a later start; only of data that is on disk.
record_position() {
  local time
  case $PERSISTENCE in
    AppendOnly)
      if [[ ${info[aof_enabled]} != 1 ]]; then return 0; fi
      time=$EPOCHSECONDS
      ;;
    Snapshot) time=${info[rdb_last_save_time]} ;;
    *) return 0 ;;
  esac
  printf '%s %s %s %s\n' "$time" "${info[master_replid]}" "${info[master_replid2]}" \
    "${info[master_repl_offset]}" >"$position_file.new"
  mv "$position_file.new" "$position_file"
}
