#!/usr/bin/env bash
# Tries with a Tenant's own login at one store what has to be refused, and beside each try something that has to work
# with the same login: without that, a refusal would show nothing. Changes nothing anywhere, whatever is let through.
# shellcheck disable=SC2317 # functions are called by the name of their store
set -uo pipefail

usage() {
  cat <<'TEXT'
Usage: check.sh postgres | valkey | seaweedfs | livekit | qdrant | vault
  Does the tries of STORE.txt beside it with the login in $LOGIN (/login), a published Secret as files, and says
  what came of each. The sum is the message with which the container ends ($TERMINATION, /dev/termination-log).
Ends with 0 if all were refused, 3 if one was let through, 4 if one could not be judged, 64 for wrong usage.
TEXT
}

readonly here=${BASH_SOURCE[0]%/*} login=${LOGIN:-/login} message=${TERMINATION:-/dev/termination-log} seconds=10
readonly answer=/tmp/answer-${1:-} patience=60
refused=0 through=() untold=()

# of KEY…: the first of them that the Secret has.
of() {
  local key
  for key; do
    if [[ -s $login/$key ]]; then printf '%s' "$(<"$login/$key")" && return; fi
  done
}

# What each store answers to one line of its list; $1 is the line. Never fails: what is said is judged.
ask_postgres() {
  local database=$dbname statement=$1
  if [[ $1 == 'connect '* ]]; then database=${1#connect } statement='SELECT 1'; fi
  PGPASSWORD=$password PGCONNECT_TIMEOUT=$seconds PGSSLMODE=verify-full PGSSLROOTCERT=$login/ca.crt \
    timeout "$((seconds * 2))" psql -XAtq -v ON_ERROR_STOP=1 -v VERBOSITY=sqlstate \
    -h "$host" -p "$port" -U "$username" -d "$database" -c "$statement" 2>&1 && echo granted
}

ask_valkey() {
  printf '%s\n' "${1//\$PREFIX/$prefix}" | REDISCLI_AUTH=$password timeout "$seconds" valkey-cli --no-auth-warning \
    --user "$username" -h "$host" -p "$port" "${tls[@]}" 2>&1 | tr -d '\0' | head -c 300
}

ask_seaweedfs() {
  local words
  read -ra words <<<"${1//\$BUCKET/$bucket}"
  curl -sS --max-time "$seconds" --cacert "$login/ca.crt" --aws-sigv4 "aws:amz:$region:s3" -g \
    -K <(printf 'user = "%s:%s"\n' "$username" "$password") -o "$answer" -w '%{http_code} ' \
    "${words[@]:1}" "$uri${words[0]}" 2>&1
  head -c 300 "$answer" 2>/dev/null | tr -d '\0'
}

# A token is three parts in letters that an address may have.
encoded() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

signed() {
  local body
  body=$(printf '{"alg":"HS256","typ":"JWT"}' | encoded).$(printf '%s' "$1" | encoded)
  printf '%s.%s' "$body" "$(printf '%s' "$body" | openssl dgst -sha256 -hmac "$secret" -binary | encoded)"
}

ask_livekit() {
  local path allowed body said token
  read -r path allowed body <<<"${1//\$PREFIX/$prefix}"
  [[ $path == /* ]] || path=/twirp/livekit.RoomService/$path
  said=$(printf '{"iss":"%s","sub":"isolation","exp":%d,"video":%s}' "$key" "$(($(date +%s) + 60))" "$allowed")
  token=$(signed "$said")
  curl -sS --max-time "$seconds" -K <(printf 'header = "Authorization: Bearer %s"\n' "$token") \
    ${body:+-H 'Content-Type: application/json' -d "$body"} -o "$answer" -w '%{http_code} ' "$uri$path" 2>&1
  head -c 300 "$answer" 2>/dev/null | tr -d '\0'
}

ask_qdrant() {
  local method path body
  read -r method path body <<<"${1//\$PREFIX/$prefix}"
  curl -sS --max-time "$seconds" --path-as-is -g -X "$method" -K <(printf 'header = "api-key: %s"\n' "$key") \
    ${body:+-H 'Content-Type: application/json' -d "$body"} -o "$answer" -w '%{http_code} ' "$uri$path" 2>&1
  head -c 300 "$answer" 2>/dev/null | tr -d '\0'
}

ask_vault() {
  local words
  read -ra words <<<"${1//\$NAMESPACE/$namespace}"
  curl -sS --max-time "$seconds" --cacert "$login/ca.crt" --path-as-is \
    -K <(printf 'header = "X-Vault-Token: %s"\n' "$token") -o "$answer" -w '%{http_code} ' \
    "${words[@]:1}" "$address/v1/${words[0]}" 2>&1
  head -c 300 "$answer" 2>/dev/null | tr -d '\0'
}

# What is a refusal, what is a grant; anything else cannot be judged.
postgres_refuses() {
  case $1 in
    *'ERROR:  42501'* | *'ERROR:  3F000'* | *'pg_hba.conf rejects'* | *'no pg_hba.conf entry'*) ;;
    *'no such database'* | *'permission denied for database'* | *'not currently accepting connections'*) ;;
    *) return 1 ;;
  esac
}
postgres_grants() { [[ $1 == *granted ]]; }

valkey_refuses() {
  case $1 in
    *'unknown command'* | *'unknown subcommand'* | *'wrong number of arguments'* | *'syntax error'*) return 1 ;;
    WRONGPASS* | *NOPERM* | *'ACL failure'* | *'not allowed from script'*) ;;
    *) return 1 ;;
  esac
}
valkey_grants() {
  case $1 in NOPERM* | WRONGPASS* | NOAUTH* | ERR* | *'ACL failure'* | *onnect* | LOADING* | MASTERDOWN*) return 1 ;; esac
}

# What is signed wrongly was not judged.
seaweedfs_refuses() { [[ $1 == 403\ * && $1 != *SignatureDoesNotMatch* ]]; }
seaweedfs_grants() { [[ $1 == 20[04]\ * && $1 != *'<Error>'* ]]; }

livekit_refuses() { [[ $1 == 40[13]\ * ]]; }
livekit_grants() { [[ $1 == 200\ * ]]; }

# Of what is another's not even Qdrant itself is asked, which would say whether it is there.
qdrant_refuses() { [[ $1 == 403\ * ]]; }
qdrant_grants() { [[ $1 == 200\ *'"result"'* ]]; }

vault_refuses() {
  case $1 in 403\ * | 400\ *'relative paths not supported'* | 404\ *'namespace not found'*) ;; *) return 1 ;; esac
}
vault_grants() { [[ $1 == 200\ *'"data"'* ]]; }

# What was read is nobody's to write down: it may be a neighbour's.
try() {
  local store=$1 hostile=$2 own=$3 said
  said=$("ask_$store" "$own")
  if ! "${store}_grants" "$said"; then
    untold+=("$hostile")
    printf 'cannot tell: %s (%s does not work: %s)\n' "$hostile" "$own" "${said:0:120}"
    return
  fi
  said=$("ask_$store" "$hostile")
  if "${store}_refuses" "$said"; then
    refused=$((refused + 1))
    printf 'refused: %s\n' "$hostile"
  elif "${store}_grants" "$said"; then
    through+=("$hostile")
    printf 'LET THROUGH: %s\n' "$hostile"
  else
    untold+=("$hostile")
    printf 'cannot tell: %s\n' "$hostile"
  fi
}

lines() { grep -v '^#' "$here/$1.txt"; }

# A new pod gets into the rules of its network a moment after it has begun.
await() {
  local own
  own=$(lines "$1" | head -n1)
  until "$1_grants" "$("ask_$1" "${own##* || }")" || ((SECONDS > patience)); do sleep 1; done
}

try_all() {
  local line
  while IFS= read -r line; do try "$1" "${line%% || *}" "${line##* || }"; done < <(lines "$1")
}

# Every other database that there is, of which a catalogue that all share tells; twenty of them, others each time.
try_neighbours() {
  local said other
  said=$(ask_postgres 'SELECT datname FROM pg_catalog.pg_database
    WHERE datname <> pg_catalog.current_database() ORDER BY pg_catalog.random() LIMIT 20')
  if ! postgres_grants "$said"; then
    untold+=('which other databases there are')
    return
  fi
  while IFS= read -r other; do try postgres "connect $other" 'SELECT 1'; done <<<"${said%$'\n'granted}"
}

# may_use SCHEMA: the statement that fails as any use of a schema does.
may_use() {
  printf "DO 'BEGIN IF NOT pg_catalog.has_schema_privilege(''%s'', ''USAGE'') THEN RAISE insufficient_privilege; END IF; END'" "$1"
}

# Where schemas of several tenants are in one database: others' schemas, twenty of them as above. What is made is taken
# back in the same breath.
try_rooms() {
  local said other own
  said=$(ask_postgres "SELECT nspname FROM pg_catalog.pg_namespace
    WHERE pg_catalog.current_database() = 'shared_tenants' AND pg_catalog.starts_with(nspname, 't_')
      AND nspname <> current_user ORDER BY pg_catalog.random() LIMIT 20")
  if ! postgres_grants "$said"; then
    untold+=('which other schemas there are')
    return
  fi
  own=$(of schema)
  while IFS= read -r other; do
    if [[ $other == granted ]]; then return; fi
    try postgres "$(may_use "$other")" "$(may_use "$own")"
    try postgres "BEGIN READ WRITE; CREATE TABLE \"$other\".generalbots_isolation (); ROLLBACK" \
      "BEGIN READ WRITE; CREATE TABLE \"$own\".generalbots_isolation (); ROLLBACK"
  done <<<"$said"
}

first() {
  local name=$1 more=$(($# - 2))
  printf '%s: %s%s' "$name" "$2" "$( ((more > 0)) && printf ' and %d more' "$more")"
}

finish() {
  local sum code=0
  if ((${#through[@]})); then
    sum=$(first 'let through' "${through[@]}") code=3
  elif ((${#untold[@]})); then
    sum=$(first 'cannot tell' "${untold[@]}") code=4
  else
    sum="$refused tries refused"
  fi
  printf '%s\n' "$sum"
  printf '%s' "$sum" >"$message" || code=4
  exit "$code"
}

main() {
  case ${1:-} in
    -h | --help) usage && exit 0 ;;
    postgres)
      username=$(of username) password=$(of password) host=$(of host) port=$(of port) dbname=$(of dbname)
      ;;
    valkey)
      username=$(of username) password=$(of password) host=$(of host) port=$(of tls-port port) prefix=$(of prefix)
      tls=()
      if [[ -s $login/tls-port ]]; then tls=(--tls --cacert "$login/ca.crt"); fi
      ;;
    seaweedfs)
      username=$(of username) password=$(of password) uri=$(of tls-uri uri) region=$(of region)
      bucket=$(of buckets) bucket=${bucket%%,*}
      ;;
    livekit)
      key=$(of api-key) secret=$(of api-secret) uri=http://$(of host):$(of port) prefix=$(of prefix)
      ;;
    qdrant) key=$(of api-key) uri=$(of uri) prefix=$(of prefix) ;;
    vault) address=$(of address) namespace=$(of namespace) token=$(of token) ;;
    *) usage >&2 && exit 64 ;;
  esac
  await "$1"
  if [[ $1 == postgres ]]; then try_neighbours && try_rooms; fi
  try_all "$1"
  finish
}

main "$@"
