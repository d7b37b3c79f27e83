package main

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"os"

	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// guests are the tenants that a door lets in. What is open of one ends with the last configuration that lets it in.
type guests struct {
	what  string
	terms map[string]*term
}

// refusal is why somebody is not let in, in words for who asks.
type refusal struct {
	status int
	why    string
}

func (r *refusal) Error() string { return r.why }

func forbidden(why string) error { return &refusal{http.StatusForbidden, why} }

// welcome takes up the terms of those that are let in to this.
func welcome(what string, tenants iter.Seq[string]) (guests, error) {
	let := guests{what, make(map[string]*term)}
	for tenant := range tenants {
		held, _, err := terms.LoadOrNew(let.term(tenant), begin)
		if err != nil {
			return let, err
		}
		let.terms[tenant] = held.(*term)
	}
	return let, nil
}

// Cleanup ends the terms of those that no configuration lets in any more.
func (g guests) Cleanup() error {
	for tenant := range g.terms {
		if _, err := terms.Delete(g.term(tenant)); err != nil {
			return err
		}
	}
	return nil
}

// serve hands a request on, for as long as its tenant is let in.
func (g guests) serve(tenant string, w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) error {
	lasting, end := context.WithCancel(r.Context())
	defer end()
	defer context.AfterFunc(g.terms[tenant].context, end)()
	return next.ServeHTTP(w, r.WithContext(lasting))
}

func (g guests) term(tenant string) string { return g.what + "/" + tenant }

// load reads what the operator says in a file.
func load(file string, into any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		// What it holds is nobody's to log.
		return errors.New(file + " is not what it should be")
	}
	return nil
}

// fileOf is the one argument of a directive.
func fileOf(h httpcaddyfile.Helper) (string, error) {
	var file string
	h.Next()
	if !h.Args(&file) || h.NextArg() {
		return "", h.ArgErr()
	}
	return file, nil
}
