#!/usr/bin/env bash
# What runs in a pod of a media worker; see usage.
set -euo pipefail

readonly OUTPUT=/output
readonly RUN=/run/gstreamer
readonly STORE=/store
readonly PAUSE=5
readonly PATIENCE=15

usage() {
  cat <<'TEXT'
usage: worker.sh play WORD… | playing | carry | carrying
  play      plays the pipeline of these words, again and again; RESTART=on-failure has it rest once it came to its end,
            CARRIED=true has it begin once somebody watches what it writes
  playing   succeeds while it plays, or has come to its end
  carry     brings what is written into /output to the object store, and takes from there what is removed
  carrying  succeeds unless the store does not take it
TEXT
}

say() { printf 'worker: %s\n' "$*" >&2; }

# tell WHO WHAT: the kubelet passes on the last words of a container, and waits the longer with its next start the more
# often it ended. So it ends once for each thing to say, and goes on after that.
tell() {
  say "$2"
  [[ ! -e $RUN/$1-told || $(<"$RUN/$1-told") != "$2" ]] || return 0
  printf '%s' "$2" >"$RUN/$1-told"
  printf '%s' "$2" >/dev/termination-log
  exit 1
}

# pause [SECONDS]: a signal ends it.
pause() {
  sleep "${1:-$PAUSE}" &
  wait $! || true
}

# What gst-launch prints. It says that it plays when the first data has come through, or comes live.
hear() {
  local line
  while IFS= read -r line; do
    printf '%s\n' "$line"
    case $line in
      'Setting pipeline to PLAYING'*) touch "$RUN/playing" ;;
      ERROR:* | 'WARNING: erroneous pipeline:'*) printf '%s\n' "${line#WARNING: }" >>"$RUN/errors" ;;
    esac
  done
}

# The first thing that went wrong, since the others mostly follow from it.
reason() {
  local first=''
  IFS= read -r first <"$RUN/errors" || true
  first=${first#ERROR: }
  first=${first#from element /GstPipeline:pipeline0/}
  printf '%.1000s' "${first:-gst-launch-1.0 ended with $1}"
}

# It ends with the end of the stream, so that what it writes is whole; one that does not is ended.
end() {
  ending=yes
  kill -INT "$1" 2>/dev/null || true
  { sleep "$PATIENCE" && kill -KILL "$1" 2>/dev/null; } &
}

once() {
  local player ears status=0
  rm -f "$RUN/heard" "$RUN/playing"
  : >"$RUN/errors"
  mkfifo "$RUN/heard"
  hear <"$RUN/heard" &
  ears=$!
  LC_ALL=C.UTF-8 gst-launch-1.0 --eos-on-shutdown --no-position "$@" >"$RUN/heard" 2>&1 &
  player=$!
  trap 'end "$player"' TERM INT
  wait "$player" || status=$?
  while kill -0 "$player" 2>/dev/null; do
    status=0
    wait "$player" || status=$?
  done
  trap 'ending=yes' TERM INT
  wait "$ears" || true
  return "$status"
}

# Whoever carries what is written has to know whether more is to come.
leave() {
  rm -f "$RUN/alive" "$RUN/playing"
  [[ ! $ending ]] || touch "$OUTPUT/.ended"
}

play() {
  local status
  ending=''
  rm -f "$RUN/playing" "$OUTPUT/.ended"
  touch "$RUN/alive"
  trap leave EXIT
  trap 'ending=yes' TERM INT
  until [[ $CARRIED != true || -e $RUN/watching || $ending ]]; do pause 0.2; done
  while [[ ! $ending ]]; do
    status=0
    once "$@" || status=$?
    [[ ! $ending ]] || break
    if ((status != 0)); then
      tell play "$(reason "$status")"
    elif [[ $RESTART == on-failure ]]; then
      say "the pipeline came to its end"
      touch "$RUN/playing"
      while [[ ! $ending ]]; do pause; done
    fi
    pause
  done
}

setting() { cat "$STORE/$1" 2>/dev/null || true; }

endpoint() {
  local uri
  uri=$(setting tls-uri)
  printf '%s/%s/%s' "${uri:-$(setting uri)}" "$(setting bucket)" "$WORKER"
}

# One signed request; prints the status, or 000 when nobody answers. The key goes by a file descriptor: arguments are for
# all to see.
request() {
  local trust=()
  [[ ! -s $STORE/ca.crt ]] || trust=(--cacert "$STORE/ca.crt")
  : >"$RUN/answer"
  curl -s -o "$RUN/answer" -w '%{http_code}' --connect-timeout 5 --max-time 300 "${trust[@]}" \
    --aws-sigv4 "aws:amz:$(setting region):s3" \
    --config <(printf 'user = "%s:%s"\n' "$(quoted username)" "$(quoted password)") "$@" </dev/null || true
}

quoted() { setting "$1" | sed 's/[\\"]/\\&/g'; }

type_of() {
  case $1 in
    *.m3u8) printf application/vnd.apple.mpegurl ;;
    *.mpd) printf application/dash+xml ;;
    *.ts) printf video/mp2t ;;
    *.mp4 | *.m4s) printf video/mp4 ;;
    *.webm) printf video/webm ;;
    *.jpg | *.jpeg) printf image/jpeg ;;
    *.png) printf image/png ;;
    *) printf application/octet-stream ;;
  esac
}

# The code of the answer, and the store's own word for it.
refusal() {
  local word
  word=$(sed -n 's/.*<Code>\([A-Za-z]*\)<\/Code>.*/\1/p' "$RUN/answer" | head -n1)
  printf 'the object store does not take %s into bucket %s: %s' "$2" "$(setting bucket)" "HTTP $1${word:+ $word}"
}

# put NAME [FILE]: until the store takes it, or the pipeline removed it: nothing tells when a store takes objects again.
put() {
  local file=${2:-$OUTPUT/$1} code
  while [[ -s $file && -e $OUTPUT/$1 ]]; do
    code=$(request -H "Content-Type: $(type_of "$1")" -T "$file" "$(endpoint)/$1")
    if [[ $code == 200 ]]; then
      rm -f "$RUN/carry-fails" "$RUN/carry-told"
      return
    fi
    [[ -s $file && -e $OUTPUT/$1 ]] || break
    touch "$RUN/carry-fails"
    tell carry "$(refusal "$code" "$1")"
    pause
  done
}

# Changes with whatever is written to a file.
state() { stat -c '%i %s %.Y' "$OUTPUT/$1" 2>/dev/null || true; }

# The kernel gives no lease to read a file that is open for writing.
is_open() { ! perl -MFcntl=F_SETLEASE,F_RDLCK -Mstrict -e 'open(my $f, "<", shift) or exit 1; exit !fcntl($f, F_SETLEASE, F_RDLCK)' "$OUTPUT/$1"; }

is_list() { [[ $1 == *.m3u8 || $1 == *.mpd ]]; }

# What is stored takes no more room here, but keeps its name: whoever made it removes it. What was written to meanwhile is
# told of once more.
bring_part() {
  local before
  before=$(state "$1")
  put "$1"
  [[ ! -s $OUTPUT/$1 || $(state "$1") != "$before" ]] || is_open "$1" || : >"$OUTPUT/$1"
}

# All that is whole by now.
bring_parts() {
  local file
  for file in "$OUTPUT"/*; do
    [[ -f $file && -s $file ]] || continue
    file=${file##*/}
    ! has_name "$file" || is_list "$file" || is_open "$file" || bring_part "$file"
  done
}

# A list never comes before what it names: it may be written anew faster than its parts are carried. Lists are written by
# their names again, so they are not emptied.
bring_list() {
  cp "$OUTPUT/$1" "$OUTPUT/.list" 2>/dev/null || return 0
  bring_parts
  put "$1" "$OUTPUT/.list"
}

bring() { if is_list "$1"; then bring_list "$1"; else bring_part "$1"; fi; }

# What could not be removed after some tries stays in the bucket; no list names it any more.
remove() {
  local code try
  for try in 1 2 3; do
    [[ ! -e $OUTPUT/$1 ]] || return 0
    code=$(request -X DELETE "$(endpoint)/$1")
    [[ $code != 204 ]] || return 0
    say "try $try: $(refusal "$code" "the removal of $1")"
    pause
  done
}

# Names go into addresses as they are; those with a dot in front are not finished yet.
has_name() { [[ $1 =~ ^[A-Za-z0-9_-][A-Za-z0-9._-]*$ ]]; }

is_carried() {
  [[ $1 != .* ]] || return 1
  ! has_name "$1" || return 0
  say "a name such as $(printf %q "$1") is not carried: letters, digits, dots, _ and - may be in it"
  return 1
}

# What was there before anybody watched; what is still open is told of once it is closed.
carry_all() {
  local file
  bring_parts
  for file in "$OUTPUT"/*; do
    [[ ! -f $file ]] || ! is_carried "${file##*/}" || ! is_list "${file##*/}" || bring_list "${file##*/}"
  done
}

# One after another, as they were written.
carry_changes() {
  local event name
  while IFS=' ' read -r -u 5 event name; do
    [[ $name != .ended ]] || return 0
    is_carried "$name" || continue
    case $event in
      *DELETE*) remove "$name" ;;
      *) bring "$name" ;;
    esac
  done
  tell carry "nothing watches $OUTPUT any more"
}

carry() {
  local watcher line=''
  rm -f "$RUN/carry-fails" "$RUN/watching"
  exec 5< <(exec inotifywait -m -e close_write,moved_to,delete --format '%e %f' "$OUTPUT" 2>&1)
  watcher=$!
  trap 'kill "$watcher" 2>/dev/null || true' EXIT
  # All containers of a pod are told to end at once: the last of what is written comes after that.
  trap '[[ -e $RUN/alive ]] || touch "$OUTPUT/.ended"' TERM INT
  until [[ $line == 'Watches established.' ]]; do IFS= read -r -u 5 line; done
  carry_all
  touch "$RUN/watching"
  carry_changes
  carry_all
}

case ${1:-} in
  play) play "${@:2}" ;;
  playing) [[ -e $RUN/playing ]] ;;
  carry) carry ;;
  carrying) [[ ! -e $RUN/carry-fails ]] ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 64
    ;;
esac
