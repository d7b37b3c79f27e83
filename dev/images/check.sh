# shellcheck shell=bash
# What the checks inside the images share. A check ends at the first thing that does not hold.

# seen WHAT COMMAND…
seen() {
  local what=$1
  shift
  if "$@" >/dev/null; then printf 'ok %s\n' "$what"; else
    printf 'failed %s\n' "$what"
    exit 1
  fi
}

# equal EXPECTED COMMAND…: its output is that.
equal() {
  local expected=$1 actual
  shift
  actual=$("$@")
  [ "$actual" = "$expected" ] || {
    printf '%s\n' "expected '$expected', not '$actual'" >&2
    return 1
  }
}

# within SECONDS COMMAND…: it succeeds before they are over.
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.05
  done
}

have() {
  local tool
  for tool in "$@"; do command -v "$tool" || return 1; done
}

# A key and a certificate for localhost: tls.key, tls.crt.
make_certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tls.key -out tls.crt -days 1 \
    -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
}
