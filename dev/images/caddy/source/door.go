package main

import (
	"errors"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// Door stands before a LiveKit that tenants share. LiveKit knows the platform's key alone, which opens every room. Who
// comes with a token of a tenant's key is let in to rooms whose names begin as the tenant's do, with a new token of
// the platform's that says no more than is needed for this request. Who comes with another is LiveKit's to judge,
// except in a tenant's room: LiveKit itself gives tokens for the way back to who was let in, and those are good for no
// longer than the tenant is.
//
//	door [<matcher>] <file>
type Door struct {
	File string `json:"file"`

	guests
	rooms Rooms
}

// Rooms is what the file says, as JSON.
type Rooms struct {
	// Prefix is what the names of all tenants' rooms begin with, and no other's.
	Prefix string `json:"prefix"`
	// Key and Secret are the platform's; empty until they are known.
	Key    string `json:"key"`
	Secret string `json:"secret"`
	// Tenants by name: those that are let in, each with its secrets by the names of their keys.
	Tenants map[string]map[string]string `json:"tenants"`
}

func init() {
	caddy.RegisterModule(Door{})
	httpcaddyfile.RegisterHandlerDirective("door", parseDoor)
	httpcaddyfile.RegisterDirectiveOrder("door", httpcaddyfile.Before, "handle")
}

// CaddyModule tells Caddy of it.
func (Door) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.door", New: func() caddy.Module { return new(Door) }}
}

// Provision reads the file, and takes up the terms of those that are let in: what is open of others ends.
func (d *Door) Provision(caddy.Context) error {
	if err := load(d.File, &d.rooms); err != nil {
		return err
	}
	if d.rooms.Prefix == "" {
		return errors.New(d.File + " does not say which rooms are tenants'")
	}
	var err error
	d.guests, err = welcome("rooms", maps.Keys(d.rooms.Tenants))
	return err
}

// ServeHTTP hands on what is let in, for as long as its tenant is.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) error {
	tenant, err := d.admit(r, time.Now())
	var refused *refusal
	if errors.As(err, &refused) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.WriteHeader(refused.status)
		_, err = w.Write([]byte(refused.why + "\n"))
		return err
	} else if err != nil {
		return err
	} else if tenant == "" {
		return next.ServeHTTP(w, r)
	}
	return d.serve(tenant, w, r, next)
}

// admit makes of a request of a tenant's one of the platform's, and says whose it is. A request of nobody's is left as
// it is.
func (d *Door) admit(r *http.Request, now time.Time) (string, error) {
	shown := tokenOf(r)
	said, ok := read(shown)
	if !ok {
		return "", nil
	}
	tenant, secret := d.rooms.signer(said.Issuer)
	if tenant == "" {
		return d.returning(said)
	}
	if d.rooms.Key == "" {
		return "", &refusal{http.StatusServiceUnavailable, "the rooms are not open yet"}
	}
	claims, err := verify(shown, secret, now)
	if err != nil {
		return "", &refusal{http.StatusUnauthorized, err.Error()}
	}
	grant, err := d.rooms.of(tenant).grant(r, claims)
	if err != nil {
		return "", err
	}
	token, err := sign(claims.with(d.rooms.Key, grant, now), d.rooms.Secret)
	if err != nil {
		return "", err
	}
	show(r, token)
	return tenant, nil
}

// returning says whose room a token is for that no tenant signed: LiveKit sees to it that the platform did.
func (d *Door) returning(said claims) (string, error) {
	for _, room := range []string{said.Video.Room, said.Video.DestinationRoom} {
		rest, ok := strings.CutPrefix(room, d.rooms.Prefix)
		if !ok {
			continue
		}
		owner, _, _ := strings.Cut(rest, ":")
		if _, in := d.rooms.Tenants[owner]; !in {
			return "", forbidden("nobody is let in to this room at the moment")
		}
		return owner, nil
	}
	return "", nil
}

// signer says whose key it is, and its secret; the name of nobody for a key of no tenant's.
func (r Rooms) signer(key string) (string, string) {
	for tenant, keys := range r.Tenants {
		if secret := keys[key]; secret != "" {
			return tenant, secret
		}
	}
	return "", ""
}

func (r Rooms) of(tenant string) space { return space(r.Prefix + tenant + ":") }

func parseDoor(h httpcaddyfile.Helper) (caddyhttp.MiddlewareHandler, error) {
	file, err := fileOf(h)
	return &Door{File: file}, err
}

var (
	_ caddy.Provisioner           = (*Door)(nil)
	_ caddy.CleanerUpper          = (*Door)(nil)
	_ caddyhttp.MiddlewareHandler = (*Door)(nil)
)
