package main

import (
	"context"
	"net/http"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// Lease ends what came in by it, websockets too, as soon as no configuration names it any more. Caddy itself leaves
// every websocket open for the same time after a change, whatever the change was.
//
//	lease <name>
type Lease struct {
	Name string `json:"name"`

	term *term
}

// term is what all handlers of one name have in common, those of a former configuration and those of the next one.
type term struct {
	context context.Context
	end     context.CancelFunc
}

// terms counts who uses each: a configuration is taken before the former is let go.
var terms = caddy.NewUsagePool()

func init() {
	caddy.RegisterModule(Lease{})
	httpcaddyfile.RegisterHandlerDirective("lease", parse)
	httpcaddyfile.RegisterDirectiveOrder("lease", httpcaddyfile.Before, "handle")
}

// CaddyModule tells Caddy of it.
func (Lease) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.lease", New: func() caddy.Module { return new(Lease) }}
}

// Provision takes the term of this name up, or begins it.
func (l *Lease) Provision(caddy.Context) error {
	held, _, err := terms.LoadOrNew(l.Name, begin)
	if err == nil {
		l.term = held.(*term)
	}
	return err
}

// Cleanup ends the term if this was the last configuration with it.
func (l *Lease) Cleanup() error {
	_, err := terms.Delete(l.Name)
	return err
}

// ServeHTTP hands the request on, for as long as the term lasts.
func (l *Lease) ServeHTTP(w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) error {
	lasting, end := context.WithCancel(r.Context())
	defer end()
	defer context.AfterFunc(l.term.context, end)()
	return next.ServeHTTP(w, r.WithContext(lasting))
}

// Destruct ends all that is open.
func (t *term) Destruct() error {
	t.end()
	return nil
}

func begin() (caddy.Destructor, error) {
	lasting, end := context.WithCancel(context.Background())
	return &term{lasting, end}, nil
}

func parse(h httpcaddyfile.Helper) (caddyhttp.MiddlewareHandler, error) {
	lease := new(Lease)
	h.Next()
	if !h.Args(&lease.Name) || h.NextArg() {
		return nil, h.ArgErr()
	}
	return lease, nil
}

var (
	_ caddy.Provisioner           = (*Lease)(nil)
	_ caddy.CleanerUpper          = (*Lease)(nil)
	_ caddyhttp.MiddlewareHandler = (*Lease)(nil)
)
