package main

import (
	"net/http"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// Limit lets no more through than was agreed, over all gateways together. What it counts by is never what a client says
// of itself, but for a token whose signature was verified.
//
//	limit {
//	    by ip|tenant|user <file with the key that tokens are signed with>
//	    zone <name> <requests> <window in seconds> <burst> [<path>…]
//	    valkey <folder with uri, and perhaps ca.crt>
//	    gateways <how many there are>
//	}
//
// A zone without a path is for every request, another for those whose path begins so. A request of a tenant's host counts
// for the tenant as well if the variable requestsPerMinute says how many it may have.
type Limit struct {
	By       string `json:"by"`
	Key      string `json:"key,omitempty"`
	Zones    []Zone `json:"zones"`
	Valkey   string `json:"valkey,omitempty"`
	Gateways int    `json:"gateways"`

	signer signer
	lender *lender
}

// Zone is how much one client may have of what begins with one of these paths.
type Zone struct {
	Name     string   `json:"name"`
	Requests int      `json:"requests"`
	Window   int      `json:"window"`
	Burst    int      `json:"burst,omitempty"`
	Paths    []string `json:"paths,omitempty"`
}

func init() {
	caddy.RegisterModule(Limit{})
	httpcaddyfile.RegisterHandlerDirective("limit", parseLimit)
	httpcaddyfile.RegisterDirectiveOrder("limit", httpcaddyfile.Before, "handle")
}

// CaddyModule tells Caddy of it.
func (Limit) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.limit", New: func() caddy.Module { return new(Limit) }}
}

// Provision takes the buckets up that former configurations and other hosts fill, too.
func (l *Limit) Provision(ctx caddy.Context) error {
	if err := publish(ctx.GetMetricsRegistry()); err != nil {
		return err
	}
	if l.By == byUser {
		l.signer = signerOf(l.Key)
	}
	var err error
	l.lender, err = borrow(l.Valkey, l.Gateways)
	return err
}

// Cleanup lets go of the buckets.
func (l *Limit) Cleanup() error {
	if l.lender == nil {
		return nil
	}
	return giveBack(l.lender)
}

// ServeHTTP hands a request on that no bucket is too empty for. A websocket is one, however long it lasts.
func (l *Limit) ServeHTTP(w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) error {
	if isProbe(r) {
		return next.ServeHTTP(w, r)
	}
	claims := l.claims(r)
	if len(claims) == 0 {
		return next.ServeHTTP(w, r)
	}
	asked := time.Now()
	verdict := l.lender.take(claims)
	took(time.Since(asked))
	counted(claims, verdict)
	announce(w.Header(), claims, verdict)
	if verdict.refused >= 0 {
		return refuse(w, claims[verdict.refused], verdict.wait)
	}
	return next.ServeHTTP(w, r)
}

// claims are one token of each bucket that a request needs one of.
func (l *Limit) claims(r *http.Request) []claim {
	who := l.who(r)
	asked := plain(r.URL.Path)
	claims := make([]claim, 0, 3)
	for _, zone := range l.Zones {
		if zone.covers(asked) {
			claims = append(claims, claim{zone: zone, who: who})
		}
	}
	if tenant, requests := tenantOf(r), number(r, "requestsPerMinute"); tenant != "" && requests > 0 {
		claims = append(claims, claim{zone: Zone{Name: "tenant", Requests: requests, Window: 60}, who: "tenant " + tenant})
	}
	return claims
}

var (
	_ caddy.Provisioner           = (*Limit)(nil)
	_ caddy.CleanerUpper          = (*Limit)(nil)
	_ caddyhttp.MiddlewareHandler = (*Limit)(nil)
)
