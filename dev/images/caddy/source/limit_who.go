package main

import (
	"bytes"
	"crypto/hmac"
	"encoding/json"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"go.uber.org/zap"
)

const (
	byIP     = "ip"
	byTenant = "tenant"
	byUser   = "user"

	// leastKey is how long a key has to be, at least: tokens of a shorter one are anybody's.
	leastKey = 16
	// longestToken is how much of a token is looked at, at most: bot servers make them of some hundred letters.
	longestToken = 8 << 10
)

// who is whom a request counts for.
func (l *Limit) who(r *http.Request) string {
	switch l.By {
	case byTenant:
		if tenant := tenantOf(r); tenant != "" {
			return "tenant " + tenant
		}
		return "platform"
	case byUser:
		if subject := l.signer.subject(r, time.Now()); subject != "" {
			return "user " + subject
		}
	}
	return address(r)
}

// tenantOf is whose host it is; empty for one of the platform's.
func tenantOf(r *http.Request) string {
	tenant, _ := caddyhttp.GetVar(r.Context(), "tenant").(string)
	return tenant
}

// number is that of a variable; 0 if there is none.
func number(r *http.Request, name string) int {
	switch value := caddyhttp.GetVar(r.Context(), name).(type) {
	case int:
		return value
	case float64:
		return int(value)
	case string:
		parsed, _ := strconv.Atoi(value)
		return parsed
	}
	return 0
}

// address is that of the client as Caddy knows it, by its trusted proxies alone. Of IPv6 it is the /64: whoever has one
// address has all of those.
func address(r *http.Request) string {
	said, _ := caddyhttp.GetVar(r.Context(), caddyhttp.ClientIPVarKey).(string)
	if said == "" {
		said, _, _ = net.SplitHostPort(r.RemoteAddr)
	}
	parsed, err := netip.ParseAddr(said)
	if err != nil {
		return "nobody knows"
	}
	parsed = parsed.Unmap().WithZone("")
	if parsed.Is4() {
		return "address " + parsed.String()
	}
	network, err := parsed.Prefix(64)
	if err != nil {
		return "nobody knows"
	}
	return "network " + network.String()
}

// signer is the key of the bot servers' tokens; nil where there is none, and nobody is known by a token.
type signer []byte

// signerOf knows nobody where there is no key, or one that anybody might guess: a gateway serves all the same.
func signerOf(file string) signer {
	key, err := os.ReadFile(file)
	key = bytes.TrimRight(key, "\r\n")
	if err == nil && len(key) >= leastKey {
		return key
	}
	caddy.Log().Named("limit").Warn("no user is known, each address is counted: there is no key of at least 16 characters",
		zap.String("file", file), zap.Error(err))
	return nil
}

// subject is whom a token is of that was signed by this key and is good now; empty for any other. Only a token that the bot
// servers have given away counts: what a client makes up buys no bucket.
func (s signer) subject(r *http.Request, now time.Time) string {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), bearer)
	if !ok || len(s) == 0 || len(token) > longestToken {
		return ""
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 || !isPlainHS256(parts[0]) {
		return ""
	}
	signature, err := raw.DecodeString(parts[2])
	if err != nil || !hmac.Equal(signature, signed(parts[0]+"."+parts[1], string(s))) {
		return ""
	}
	return timelySubject(parts[1], now)
}

func isPlainHS256(header string) bool {
	var said struct {
		Algorithm string          `json:"alg"`
		Critical  json.RawMessage `json:"crit"`
	}
	text, err := raw.DecodeString(header)
	return err == nil && json.Unmarshal(text, &said) == nil && said.Algorithm == "HS256" && said.Critical == nil
}

func timelySubject(claims string, now time.Time) string {
	var said struct {
		Subject   string  `json:"sub"`
		Expires   float64 `json:"exp"`
		NotBefore float64 `json:"nbf"`
	}
	text, err := raw.DecodeString(claims)
	if err != nil || json.Unmarshal(text, &said) != nil {
		return ""
	}
	at := float64(now.Unix())
	if at > said.Expires+leeway.Seconds() || at < said.NotBefore-leeway.Seconds() {
		return ""
	}
	return said.Subject
}
