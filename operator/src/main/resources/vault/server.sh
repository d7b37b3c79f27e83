#!/usr/bin/env bash
# Runs OpenBao in its pod, and has it read its certificate again when that is renewed.
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  cat <<'USAGE'
Usage: server.sh
The main process of a vault's pod. Environment: POD_NAME, BAO_API_ADDR. Mounts: /config, /tls, /unseal, /operator, /data.
USAGE
  exit 0
fi

readonly begun=/data/begun login=v1/auth/userpass/login/generalbots-operator

# A first start that was cut off leaves data that nobody can sign in to, and that nobody has used.
if [[ -e $begun ]]; then
  find /data -mindepth 1 -maxdepth 1 ! -name lost+found -exec rm -rf {} +
fi

arguments=(-config=/config/server.hcl)
# The first server makes the data; the others join it. The file goes once the data is in use, so that a server which
# has lost its volume never begins anew beside its peers.
if [[ -e /config/initialise.hcl && $POD_NAME == *-0 && ! -e /data/vault.db ]]; then
  touch "$begun"
  arguments+=(-config=/config/initialise.hcl)
fi

# The first start is over when the operator could sign in.
finish() {
  curl --silent --output /dev/null --fail --retry 600 --retry-delay 1 --retry-all-errors --cacert /tls/ca.crt \
    --connect-to "::127.0.0.1:8200" --data @- "$BAO_API_ADDR/$login" \
    < <(printf '{"password":"%s"}' "$(</operator/password)")
  rm -f "$begun"
}

bao server "${arguments[@]}" &
server=$!
trap 'kill -TERM "$server"' TERM INT
if [[ -e $begun ]]; then finish & fi

# The kubelet renames a link when the files of a Secret change.
while inotifywait -qq -e moved_to /tls; do kill -HUP "$server"; done &

code=0
while kill -0 "$server" 2>/dev/null; do
  wait "$server" && code=0 || code=$?
done
exit "$code"
