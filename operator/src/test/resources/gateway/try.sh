# shellcheck shell=bash
# How the hostile tries in src/test/attack/gateway.txt ask; each prints the status and what was said.

ask() {
  curl -s --max-time 10 --cacert /tls/ca.crt --connect-to ::demo-gateway: -o /tmp/said -w '%{http_code} ' "$@"
  cat /tmp/said
}

# raw SNI TEXT
raw() {
  printf '%b' "$2" |
    timeout 10 openssl s_client -quiet -CAfile /tls/ca.crt -servername "$1" -connect demo-gateway:443 2>/dev/null |
    tr -d '\r' | awk 'NR == 1 { printf "%s ", $2 } told; /^$/ { told = 1 }'
}
