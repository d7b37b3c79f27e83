# shellcheck shell=bash
# What every script of dev/ shares: where things lie, how to speak, how to fail, how to wait.

GBO_CACHE=${GBO_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/generalbots}
GBO_STATE=${GBO_STATE:-/var/lib/generalbots}
export GBO_CACHE GBO_STATE

STEP=0            # number of the step that runs
STEPS=0           # how many there will be; 0 = do not count
STEP_TEXT=''      # what it does
STEP_STARTED=0    # when it began, in $SECONDS
STEP_SPOKEN=0     # when it last told how far it is

say() { printf '%s\n' "$*" >&2; }

# die MESSAGE…: one clear line, and the end.
die() {
  step_line_end
  printf '%s: %s\n' "${PROGRAM:-${0##*/}}" "$*" >&2
  exit 1
}

on_terminal() { [[ -t 2 ]]; }

# duration SECONDS: 2m10s
duration() {
  if (($1 >= 60)); then printf '%dm%02ds' $(($1 / 60)) $(($1 % 60)); else printf '%ds' "$1"; fi
}

step_label() { if ((STEPS)); then printf '[%d/%d] %s' "$STEP" "$STEPS" "$STEP_TEXT"; else printf '%s' "$STEP_TEXT"; fi; }

# step TEXT: ends the step before and begins this one.
step() {
  step_end
  STEP=$((STEP + 1)) STEP_TEXT=$1 STEP_STARTED=$SECONDS STEP_SPOKEN=$SECONDS
  if on_terminal; then printf '%s …' "$(step_label)" >&2; else say "$(step_label) …"; fi
}

# step_detail TEXT: how far the running step is; often on a terminal, every 30 s in a log.
step_detail() {
  local line
  [[ $STEP_TEXT ]] || return 0
  line="$(step_label) … ${1:+$1, }$(duration $((SECONDS - STEP_STARTED)))"
  if on_terminal; then
    printf '\r\033[K%s' "$line" >&2
  elif ((SECONDS - STEP_SPOKEN >= 30)); then
    STEP_SPOKEN=$SECONDS
    say "$line"
  fi
}

step_end() {
  [[ $STEP_TEXT ]] || return 0
  local took=$((SECONDS - STEP_STARTED))
  if on_terminal; then
    printf '\r\033[K%s … %s\n' "$(step_label)" "$(duration $took)" >&2
  elif ((took >= 5)); then
    say "$(step_label) … $(duration $took)"
  fi
  STEP_TEXT=''
}

# step_line_end leaves the half-written line of a terminal.
step_line_end() {
  if [[ $STEP_TEXT ]] && on_terminal; then printf '\n' >&2; fi
  STEP_TEXT=''
}

# await SECONDS WHAT COMMAND…: tries the command until it succeeds; false when the time is over.
await() {
  local until=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    ((SECONDS < until)) || return 1
    step_detail "$what"
    sleep 0.2
  done
}

# set_node NAME: everything of a node is called after it.
set_node() {
  [[ $1 =~ ^[a-z][a-z0-9-]{0,10}$ ]] || die "a node's name is 1 to 11 of a-z, 0-9 and -, and begins with a letter: not '$1'"
  NODE=$1
  STATE=$GBO_STATE/$NODE
  PKI=$STATE/pki
  NETNS=gbo-$NODE
  CGROUP=gbo-$NODE
  NODE_NAME=gbo-$NODE
}

need_root() { ((EUID == 0)) || die "must run as root: namespaces, mounts and cgroups are made (try: sudo $0 …)"; }

# need_space FOLDER GIB WHAT: says so before the disk is full and not after.
need_space() {
  local folder=$1 free
  while [[ ! -d $folder ]]; do folder=$(dirname "$folder"); done
  free=$(df --output=avail -B1M "$folder" | tail -n1)
  ((free >= $2 * 1024)) || die "disk full: $3 needs $2 GiB under $1, and $((free / 1024)) GiB are free"
}

BACKGROUND_PID=''  # a long command that must not outlive the script

# as_background PROGRESS COMMAND…: runs a long command and calls the function PROGRESS meanwhile.
as_background() {
  local progress=$1
  shift
  "$@" &
  BACKGROUND_PID=$!
  while kill -0 "$BACKGROUND_PID" 2>/dev/null; do
    "$progress"
    sleep 0.5
  done
  local pid=$BACKGROUND_PID
  BACKGROUND_PID=''
  wait "$pid"
}

# stop_background: for the trap of a script; a shell's background job does not hear the terminal's interrupt.
stop_background() {
  if [[ $BACKGROUND_PID ]]; then kill "$BACKGROUND_PID" 2>/dev/null || true; fi
}
