#!/usr/bin/env bash
# Tries what is written beside it with the login of one tenant, and says what went wrong: what was
# let through, what was refused for another reason, and what of its own it could not do.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: attack.sh prepare-s3 | livekit | qdrant | s3 | valkey | vault
  prepare-s3  makes the files that the tries of s3.txt name, and the tenant's own object
  livekit, qdrant, s3, valkey, vault  does the tries; the last line is how many there were
Environment: LOGIN and PASSWORD (the token at the vault), CACHE (host), U (the gateway's URL), V (the vault's, with /v1),
DOOR, STRAIGHT and PLATFORM (addresses of the rooms and of LiveKit itself, and the name of the platform's key), D, Q and
PLATFORM (addresses of the collections and of Qdrant itself, and the platform's key). The authority is /tls/ca.crt.
TEXT
}

readonly here=${BASH_SOURCE[0]%/*} seconds=10
tries=0

cache() {
  REDISCLI_AUTH=$PASSWORD timeout "$seconds" valkey-cli --no-auth-warning --user "$LOGIN" \
    -h "$CACHE" -p 6380 --tls --cacert /tls/ca.crt 2>&1 | tr -d '\0' | head -c 300
}

# One line of a file as words of a shell, which is how curl's options are written there.
drive() {
  rm -f answer
  eval "curl -sS --http1.1 --max-time $seconds --cacert /tls/ca.crt --aws-sigv4 aws:amz:us-east-1:s3 \
    --user $LOGIN:$PASSWORD -o answer -w '%{http_code} ' $1" 2>&1 || true
  head -c 300 answer 2>/dev/null || true
}

# A token of the try's own replaces that of the tenant.
vault() {
  rm -f answer
  local token="-H 'X-Vault-Token: $PASSWORD'"
  [[ $1 != *X-Vault-Token* ]] || token=''
  eval "curl -sS --max-time $seconds --cacert /tls/ca.crt $token -o answer -w '%{http_code} ' $1" 2>&1 || true
  head -c 300 answer 2>/dev/null || true
}

# A key of the try's own replaces that of the tenant.
collection() {
  rm -f answer
  local key="-H 'api-key: $PASSWORD'" kind="-H 'Content-Type: application/json'"
  [[ $1 != *api-key* && $1 != *Authorization* ]] || key=''
  eval "curl -sS -g --http1.1 --path-as-is --max-time $seconds $key $kind -o answer -w '%{http_code} ' $1" 2>&1 || true
  head -c 300 answer 2>/dev/null || true
}

room() { timeout "$((seconds * 3))" python3 "$here/rooms.py" "$1" 2>&1 | head -c 300 || true; }

# An error is a refusal only if it is not about how the try was written.
valkey_refuses() {
  case $1 in
    *'unknown command'* | *'unknown subcommand'* | *'wrong number of arguments'* | *'syntax error'*) return 1 ;;
    WRONGPASS* | ERR* | *NOPERM* | *'ACL failure'*) return 0 ;;
    *) return 1 ;;
  esac
}

valkey_grants() {
  case $1 in NOPERM* | WRONGPASS* | NOAUTH* | ERR* | *'ACL failure'* | *onnect*) return 1 ;; esac
}

# A delete of many answers 200 and says within what became of each. What is signed wrongly was not judged, unless that
# is the try.
s3_refuses() {
  case $1 in
    *'<Deleted>'*) return 1 ;;
    *SignatureDoesNotMatch*) [[ $2 == *--user* || $2 == raw\ * ]] ;;
    40[0135]\ * | 200\ *'<Code>AccessDenied</Code>'*) return 0 ;;
    *) return 1 ;;
  esac
}

# Past the door nobody may answer, or LiveKit that it does not know the key.
livekit_refuses() {
  case $1 in
    40[0135]\ * | 415\ *) return 0 ;;
    'no answer'*) [[ $2 == *--straight* ]] ;;
    *) return 1 ;;
  esac
}

livekit_grants() { [[ $1 == 200\ * ]]; }

# That nothing is there would say that the key may look. Past the door Qdrant may be out of reach, or not know the key.
qdrant_refuses() {
  case $1 in
    40[0135]\ * | 413\ *) return 0 ;;
    *'ould not connect'* | *'imed out'*) [[ $2 == *'$Q'* ]] ;;
    *) return 1 ;;
  esac
}

qdrant_grants() { [[ $1 == 200\ *'"result"'* ]]; }

# That nothing is there would say that the token may look.
vault_refuses() {
  case $1 in
    403\ * | 400\ *'relative paths not supported'* | 404\ *'namespace not found'*) return 0 ;;
    *) return 1 ;;
  esac
}

vault_grants() { [[ $1 == 200\ *'"data"'* ]]; }

s3_grants() { [[ $1 == 20[046]\ * && $1 != *'<Error>'* ]]; }

try() {
  local store=$1 hostile=$2 own=$3 said
  said=$("$4" "$hostile") || true
  if ! "${store}_refuses" "$said" "$hostile"; then printf 'LET THROUGH: %s -> %s\n' "$hostile" "$said"; fi
  said=$("$4" "$own") || true
  if ! "${store}_grants" "$said"; then printf 'REFUSED: %s -> %s\n' "$own" "$said"; fi
}

ask_cache() { printf '%s\n' "${1//\$PASSWORD/$PASSWORD}" | cache; }
ask_drive() {
  case $1 in
    raw\ *) timeout "$seconds" python3 "$here/raw.py" "${1#raw }" 2>&1 || true ;;
    *) drive "$1" ;;
  esac
}

attack() {
  local store=$1 ask=$2 line
  while IFS= read -r line; do
    case $line in '' | '#'*) continue ;; esac
    tries=$((tries + 1))
    try "$store" "${line%% || *}" "${line##* || }" "$ask"
  done <"$here/$store.txt"
  printf '%d tries\n' "$tries"
}

prepare_cache() {
  printf '%s\n' 'SET t:acme:text hello' 'LPUSH t:acme:list 1' 'GEOADD t:acme:places 0 0 here' | cache >/dev/null
}

prepare_s3() {
  echo content >file
  echo '<Delete><Object><Key>secret</Key></Object></Delete>' >delete.xml
  echo '<Delete><Object><Key>other</Key></Object></Delete>' >delete-own.xml
  echo '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>' >tags.xml
  echo '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::rival.gbai/*","arn:aws:s3:::acme.gbai/*"]}]}' >policy.json
  echo '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>' >encryption.xml
  echo '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>' >versioning.xml
  echo '<LifecycleConfiguration><Rule><ID>x</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>' >lifecycle.xml
  echo '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>' >cors.xml
  drive "-T file $U/acme.gbai/own"
}

cd /tmp
case ${1:-} in
  prepare-s3) prepare_s3 ;;
  s3) attack s3 ask_drive ;;
  vault) attack vault vault ;;
  livekit) attack livekit room ;;
  qdrant) attack qdrant collection ;;
  valkey)
    prepare_cache
    attack valkey ask_cache
    ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 64
    ;;
esac
