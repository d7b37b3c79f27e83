package main

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// Collections stands before a Qdrant that tenants share. Qdrant has one key, which opens everything, and perhaps none.
// Who comes with a tenant's key is let in to collections whose names begin as the tenant's do, and nobody else is let
// in at all. Of a request nothing goes on but what was understood: method, path, settings and body are written anew.
// Where Qdrant has a key, it is shown a token that is good for the collections of this request alone, so that it would
// refuse what was overlooked here.
//
//	collections [<matcher>] <file>
type Collections struct {
	File string `json:"file"`

	guests
	vectors Vectors
	turns   map[string]chan struct{}
}

// Vectors is what the file says, as JSON.
type Vectors struct {
	// Prefix is what the names of all tenants' collections begin with, and no other's.
	Prefix string `json:"prefix"`
	// Key is the platform's; empty if Qdrant wants to see none.
	Key string `json:"key"`
	// Tenants by name: those that are let in.
	Tenants map[string]Visitor `json:"tenants"`
}

// Visitor is a tenant that is let in.
type Visitor struct {
	// Keys that it may show, each as the hexadecimal digits of its SHA-256.
	Keys []string `json:"keys"`
	// Restrained: it has more than it may, and adds nothing.
	Restrained bool `json:"restrained"`
}

const (
	// largest body of a request with points; a tenth of that is much for any other.
	largestPoints = 4 << 20
	largestOther  = 256 << 10
	// together is how many requests of a tenant are under way by one gateway: their bodies are in its memory.
	together = 8
	// patience is how long others wait for their turn.
	patience = 5 * time.Second
	// delivery is how long a body may take to come.
	delivery = 30 * time.Second
	// most collections of a tenant: an empty one costs Qdrant files and memory, too.
	most = 100
	// longest list of all collections that is read.
	longest = 16 << 20
)

func init() {
	caddy.RegisterModule(Collections{})
	httpcaddyfile.RegisterHandlerDirective("collections", parseCollections)
	httpcaddyfile.RegisterDirectiveOrder("collections", httpcaddyfile.Before, "handle")
}

// CaddyModule tells Caddy of it.
func (Collections) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.collections", New: func() caddy.Module { return new(Collections) }}
}

// Provision reads the file, and takes up the terms of those that are let in: what is open of others ends.
func (c *Collections) Provision(caddy.Context) error {
	if err := load(c.File, &c.vectors); err != nil {
		return err
	}
	if c.vectors.Prefix == "" {
		return errors.New(c.File + " does not say which collections are tenants'")
	}
	c.turns = make(map[string]chan struct{}, len(c.vectors.Tenants))
	for tenant := range c.vectors.Tenants {
		c.turns[tenant] = make(chan struct{}, together)
	}
	var err error
	c.guests, err = welcome("collections", maps.Keys(c.vectors.Tenants))
	return err
}

// ServeHTTP hands on what is let in, for as long as its tenant is.
func (c *Collections) ServeHTTP(w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) error {
	tenant := c.vectors.owner(keyOf(r))
	if tenant == "" {
		return deny(w, &refusal{http.StatusUnauthorized, "no tenant that is let in has this key"})
	}
	err := c.serve(tenant, w, r, caddyhttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		return c.admit(tenant, w, r, next)
	}))
	var refused *refusal
	if errors.As(err, &refused) {
		return deny(w, refused)
	}
	return err
}

func (c *Collections) admit(tenant string, w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) error {
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case c.turns[tenant] <- struct{}{}:
		defer func() { <-c.turns[tenant] }()
	case <-late.C:
		return &refusal{http.StatusTooManyRequests, fmt.Sprintf("%d requests of this tenant are under way", together)}
	case <-r.Context().Done():
		return r.Context().Err()
	}
	asked, err := c.vectors.judge(tenant, w, r)
	if err != nil {
		return err
	}
	token, err := c.vectors.token(asked, time.Now())
	if err != nil {
		return err
	}
	own := c.vectors.of(tenant)
	asked.write(r, token)
	if asked.creates() {
		if err := c.count(own, r, next); err != nil {
			return err
		}
	}
	if asked.lists() {
		return own.list(w, r, next)
	}
	return next.ServeHTTP(w, r)
}

// count refuses who has as many collections as anybody may have.
func (c *Collections) count(own shelf, r *http.Request, next caddyhttp.Handler) error {
	looking := r.Clone(r.Context())
	(&request{method: http.MethodGet, path: root}).write(looking, r.Header.Get(header))
	answer, err := ask(looking, next)
	if err != nil {
		return err
	}
	names, err := own.names(answer)
	if err != nil {
		return err
	} else if len(names) >= most {
		return forbidden(fmt.Sprintf("no tenant has more than %d collections", most))
	}
	return nil
}

// owner is the name of the tenant whose key it is; empty for one of nobody's. All are looked at, whichever it is.
func (v Vectors) owner(key string) string {
	sum := sha256.Sum256([]byte(key))
	shown := []byte(hex.EncodeToString(sum[:]))
	var found string
	for tenant, visitor := range v.Tenants {
		for _, digest := range visitor.Keys {
			if subtle.ConstantTimeCompare(shown, []byte(digest)) == 1 && key != "" {
				found = tenant
			}
		}
	}
	return found
}

func (v Vectors) of(tenant string) shelf { return shelf(v.Prefix + tenant + "~") }

// judge is what a request of a tenant's asks for, if that is for it to ask.
func (v Vectors) judge(tenant string, w http.ResponseWriter, r *http.Request) (*request, error) {
	own := v.of(tenant)
	asked, route, err := own.find(r)
	if err != nil {
		return nil, err
	}
	adds := route.kind == adds
	if route.body != nil {
		text, err := bodyOf(w, r, route.limit())
		if err != nil {
			return nil, err
		}
		read := &reading{own: own, named: make(map[string]bool)}
		if asked.body, err = read.all(text, route.body); err != nil {
			return nil, err
		}
		adds = adds || read.adds
		for name := range read.named {
			asked.also(name)
		}
	}
	if adds && v.Tenants[tenant].Restrained {
		return nil, forbidden("there are more vectors than spec.limits.vectors of this tenant: remove some, or have it raised")
	}
	return asked, nil
}

func bodyOf(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, &refusal{http.StatusUnsupportedMediaType, "this is no JSON"}
	}
	if said := r.Header.Get("Content-Encoding"); said != "" && said != "identity" {
		return nil, &refusal{http.StatusUnsupportedMediaType, "this is encoded"}
	}
	connection := http.NewResponseController(w)
	// Where there is no such thing as a deadline, as in a test, nobody is slow.
	_ = connection.SetReadDeadline(time.Now().Add(delivery))
	text, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	_ = connection.SetReadDeadline(time.Time{})
	if err != nil {
		return nil, &refusal{http.StatusRequestTimeout, "the body did not come"}
	} else if int64(len(text)) > limit {
		return nil, &refusal{http.StatusRequestEntityTooLarge, fmt.Sprintf("a body of more than %d bytes: send it in parts", limit)}
	}
	return text, nil
}

// permission is what a token of Qdrant's says. One without access would open everything.
type permission struct {
	Expires int64 `json:"exp"`
	Access  any   `json:"access"`
}

type reach struct {
	Collection string `json:"collection"`
	Access     string `json:"access"`
}

// token for the collections of this request and no other; none where Qdrant has no key.
func (v Vectors) token(asked *request, now time.Time) (string, error) {
	if v.Key == "" {
		return "", nil
	}
	said := permission{Expires: now.Add(passage).Unix(), Access: asked.reaches}
	if asked.manages {
		// Qdrant lets nobody else list, make, change or remove a collection.
		said.Access = "m"
	} else if len(asked.reaches) == 0 {
		return "", errors.New("a request without a collection")
	}
	return sign(said, v.Key)
}

// keyOf is the key that Qdrant would look at.
func keyOf(r *http.Request) string {
	if said := r.Header.Values(header); len(said) > 0 {
		return one(said)
	}
	key, _ := strings.CutPrefix(one(r.Header.Values("Authorization")), bearer)
	return key
}

// one is the only value of a header; nothing if there are several.
func one(values []string) string {
	if len(values) != 1 {
		return ""
	}
	return values[0]
}

// deny says no as Qdrant does.
func deny(w http.ResponseWriter, why *refusal) error {
	text, err := json.Marshal(map[string]any{"status": map[string]string{"error": why.why}, "time": 0})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(why.status)
	_, err = w.Write(text)
	return err
}

// answer is what came back, all of it.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if status >= http.StatusOK && a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(text []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if a.body.Len()+len(text) > longest {
		return 0, errors.New("the list of collections is too long")
	}
	return a.body.Write(text)
}

func ask(r *http.Request, next caddyhttp.Handler) (*answer, error) {
	given := &answer{header: make(http.Header)}
	return given, next.ServeHTTP(given, r)
}

// list answers with the collections that are the tenant's.
func (s shelf) list(w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) error {
	given, err := ask(r, next)
	if err != nil {
		return err
	}
	names, err := s.names(given)
	if err != nil {
		return err
	}
	own := make([]map[string]string, 0, len(names))
	for _, name := range names {
		own = append(own, map[string]string{"name": name})
	}
	text, err := json.Marshal(map[string]any{"result": map[string]any{"collections": own}, "status": "ok", "time": 0})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write(text)
	return err
}

// names of those in a list that are the tenant's.
func (s shelf) names(given *answer) ([]string, error) {
	var said struct {
		Result struct {
			Collections []struct {
				Name string `json:"name"`
			} `json:"collections"`
		} `json:"result"`
	}
	if given.status != http.StatusOK || json.Unmarshal(given.body.Bytes(), &said) != nil {
		return nil, &refusal{http.StatusBadGateway, fmt.Sprintf("Qdrant does not say which collections there are: %d", given.status)}
	}
	var own []string
	for _, collection := range said.Result.Collections {
		if s.has(collection.Name) {
			own = append(own, collection.Name)
		}
	}
	return own, nil
}

func parseCollections(h httpcaddyfile.Helper) (caddyhttp.MiddlewareHandler, error) {
	file, err := fileOf(h)
	return &Collections{File: file}, err
}

var (
	_ caddy.Provisioner           = (*Collections)(nil)
	_ caddy.CleanerUpper          = (*Collections)(nil)
	_ caddyhttp.MiddlewareHandler = (*Collections)(nil)
)
