#!/usr/bin/env bash
# What runs in a pod of the S3 gateways; see usage.
set -euo pipefail

readonly IDENTITIES=/identities
readonly RUN=/run/seaweedfs
readonly ENCRYPTION='<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>'

host=${POD_IP:-127.0.0.1}
[[ $host != *:* ]] || host="[$host]"
readonly URL=http://$host:8333

usage() {
  cat <<'TEXT'
usage: gateway.sh start OPTION… | ready
  start  runs the gateway with these options of weed, has it read changed identities again, and
         sees to the buckets that are listed beside them, those of tenants last
  ready  succeeds once the buckets were there, and encrypted if they should be
TEXT
}

say() { printf 'gateway: %s\n' "$*" >&2; }

identity() { jq -r ".identities[0].credentials[0].$1" "$IDENTITIES/s3.json"; }

# One signed request; prints the status, or 000 when nobody answers. The key goes by a file
# descriptor: arguments are for all to see.
status() {
  curl -s -o /dev/null -w '%{http_code}' --max-time 20 --aws-sigv4 aws:amz:us-east-1:s3 \
    --config <(printf 'user = "%s:%s"\n' "$(identity accessKey)" "$(identity secretKey)") "$@" || true
}

bucket_is_there() {
  case $(status -I "$URL/$1") in
    200) return 0 ;;
    404) [[ $(status -X PUT "$URL/$1") =~ ^(200|409)$ ]] ;;
    *) return 1 ;;
  esac
}

bucket_encrypts() {
  [[ $ENCRYPT == true ]] || return 0
  [[ $(status -T "$RUN/rule.xml" "$URL/$1?encryption=") == 200 ]]
}

# Filers and volume servers may come up after the gateway: nothing tells when they do.
make_buckets() {
  local bucket
  while IFS= read -r bucket; do
    until bucket_is_there "$bucket" && bucket_encrypts "$bucket"; do sleep 1; done
    say "bucket $bucket is there"
  done <"$IDENTITIES/buckets"
}

# Every bucket of a tenant's that is not there yet; fails if one cannot be made now.
make_tenant_buckets() {
  local bucket status=0
  [[ -e $IDENTITIES/tenant-buckets ]] || return 0
  while IFS= read -r bucket; do
    if grep -qxF -- "$bucket" "$RUN/made"; then continue; fi
    if bucket_is_there "$bucket" && bucket_encrypts "$bucket"; then
      printf '%s\n' "$bucket" >>"$RUN/made"
      say "bucket $bucket is there"
    else
      status=1
    fi
  done <"$IDENTITIES/tenant-buckets"
  return "$status"
}

# Apart from the others, since nobody waits for these: what a tenant names may be impossible.
see_to_tenants() {
  : >"$RUN/made"
  while :; do
    make_tenant_buckets || sleep 1
    inotifywait -qq -t 5 -e moved_to "$IDENTITIES" || true
  done
}

prepare() {
  make_buckets
  touch "$RUN/ready"
  # What changed between its start and ours to watch.
  kill -HUP "$1"
  make_buckets
  see_to_tenants
}

# The kubelet swaps a link named ..data.
follow() {
  local server=$1 changed
  inotifywait -q -m -e moved_to --format %f "$IDENTITIES" |
    while IFS= read -r changed; do
      [[ $changed == ..data ]] || continue
      kill -HUP "$server"
      say "identities changed: read again"
      # Not in turn: it needs an identity that may change meanwhile.
      make_buckets &
    done
}

start() {
  local server status=0
  rm -f "$RUN/ready"
  printf '%s' "$ENCRYPTION" >"$RUN/rule.xml"
  weed -logtostderr=true s3 "$@" &
  server=$!
  trap 'kill -TERM "$server"' TERM INT
  follow "$server" &
  prepare "$server" &
  wait "$server" || status=$?
  while kill -0 "$server" 2>/dev/null; do
    wait "$server" || status=$?
  done
  exit "$status"
}

case ${1:-} in
  start) start "${@:2}" ;;
  ready) [[ -e $RUN/ready ]] ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 64
    ;;
esac
