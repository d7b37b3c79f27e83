package main

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// shelf is what the names of a tenant's collections begin with.
type shelf string

// request is what goes on to Qdrant.
type request struct {
	method, path, query string
	body                []byte
	// reaches are the collections that it is about, and what it does to each.
	reaches []reach
	// manages says that it is about collections themselves, which takes more than any of them.
	manages bool
}

type kind int

const (
	reads kind = iota
	adds
	removes
)

// route is what a tenant may ask for.
type route struct {
	kind kind
	// manages: see request.
	manages bool
	// body is what may be said; nil if nothing is.
	body shape
	// points says that the body may hold many.
	points bool
}

const (
	root   = "/collections"
	header = "Api-Key"
)

var (
	// behind the prefix: letters of which none means anything in an address.
	behind = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,128}$`)

	// identity of a point: a number or a UUID.
	identity = regexp.MustCompile(`^([0-9]{1,20}|[0-9A-Fa-f-]{32,36})$`)

	// indexed field of a payload, as a part of an address.
	indexed = regexp.MustCompile(`^[A-Za-z0-9_.\[\]-]{1,128}$`)

	// known settings of a query.
	known = map[string]*regexp.Regexp{
		"wait":        regexp.MustCompile(`^(true|false)$`),
		"ordering":    regexp.MustCompile(`^(weak|medium|strong)$`),
		"consistency": regexp.MustCompile(`^([1-9]|majority|quorum|all)$`),
		"timeout":     regexp.MustCompile(`^[1-9][0-9]{0,2}$`),
	}

	// routes by method and what follows the name of the collection. Not among them, and so refused: snapshots, of which
	// one is fetched from wherever somebody says; shards, peers and aliases, which are about more than one collection;
	// and whatever a later Qdrant has.
	routes = map[string]route{
		"GET ":        {kind: reads},
		"GET /exists": {kind: reads},
		"PUT ":        {kind: adds, manages: true, body: creation},
		"PATCH ":      {kind: adds, manages: true, body: change},
		"DELETE ":     {kind: removes, manages: true},

		"PUT /index":         {kind: adds, body: index},
		"DELETE /index/{}":   {kind: removes},
		"POST /facet":        {kind: reads, body: facet},
		"GET /points/{}":     {kind: reads},
		"PUT /points":        {kind: adds, body: upsert, points: true},
		"POST /points":       {kind: reads, body: retrieval},
		"POST /points/batch": {kind: removes, body: operations, points: true},

		"POST /points/delete":          {kind: removes, body: selection},
		"PUT /points/vectors":          {kind: adds, body: vectors, points: true},
		"POST /points/vectors/delete":  {kind: removes, body: lessVectors},
		"POST /points/payload":         {kind: adds, body: payloads, points: true},
		"PUT /points/payload":          {kind: adds, body: payloads, points: true},
		"POST /points/payload/delete":  {kind: removes, body: lessPayload},
		"POST /points/payload/clear":   {kind: removes, body: selection},
		"POST /points/scroll":          {kind: reads, body: scroll},
		"POST /points/count":           {kind: reads, body: count},
		"POST /points/search":          {kind: reads, body: search},
		"POST /points/search/batch":    {kind: reads, body: several(search), points: true},
		"POST /points/search/groups":   {kind: reads, body: searchGroups},
		"POST /points/recommend":       {kind: reads, body: recommend},
		"POST /points/recommend/batch": {kind: reads, body: several(recommend), points: true},

		"POST /points/recommend/groups":      {kind: reads, body: recommendGroups},
		"POST /points/discover":              {kind: reads, body: discover},
		"POST /points/discover/batch":        {kind: reads, body: several(discover), points: true},
		"POST /points/query":                 {kind: reads, body: query, points: true},
		"POST /points/query/batch":           {kind: reads, body: several(query), points: true},
		"POST /points/query/groups":          {kind: reads, body: queryGroups, points: true},
		"POST /points/search/matrix/pairs":   {kind: reads, body: matrix},
		"POST /points/search/matrix/offsets": {kind: reads, body: matrix},
	}
)

func (r route) limit() int64 {
	if r.points {
		return largestPoints
	}
	return largestOther
}

// find is the route of a request, by its path as Go has decoded it once. What goes on is that path, encoded anew.
func (s shelf) find(r *http.Request) (*request, route, error) {
	asked := &request{method: r.Method, path: r.URL.Path}
	var err error
	if asked.query, err = settled(r.URL.RawQuery); err != nil {
		return nil, route{}, err
	}
	if r.URL.Opaque != "" {
		return nil, route{}, elsewhere()
	}
	if asked.path == root && r.Method == http.MethodGet {
		asked.manages = true
		return asked, route{manages: true}, nil
	}
	rest, ok := strings.CutPrefix(asked.path, root+"/")
	if !ok {
		return nil, route{}, elsewhere()
	}
	name, tail, more := strings.Cut(rest, "/")
	if more {
		tail = "/" + tail
	}
	found, known := routes[r.Method+" "+pattern(tail)]
	if !known {
		return nil, route{}, elsewhere()
	}
	if !s.has(name) {
		return nil, route{}, s.outside()
	}
	asked.manages = found.manages
	access := "rw"
	if found.kind == reads {
		access = "r"
	}
	asked.reaches = []reach{{name, access}}
	return asked, found, nil
}

// pattern is what follows the name of a collection, without the name of a point or a field.
func pattern(tail string) string {
	for beginning, names := range map[string]*regexp.Regexp{"/points/": identity, "/index/": indexed} {
		if rest, ok := strings.CutPrefix(tail, beginning); ok && names.MatchString(rest) && rest != "." && rest != ".." {
			return beginning + "{}"
		}
	}
	return tail
}

// settled is a query as it was understood: known settings, each once, as Qdrant spells them.
func settled(query string) (string, error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return "", &refusal{http.StatusBadRequest, "the query cannot be read"}
	}
	for name, said := range values {
		spelled, ok := known[name]
		if !ok || len(said) != 1 || !spelled.MatchString(said[0]) {
			return "", forbidden("no tenant sets " + printable(name))
		}
	}
	return values.Encode(), nil
}

func (q *request) also(name string) {
	if q.reaches[0].Collection != name {
		q.reaches = append(q.reaches, reach{name, "r"})
	}
}

func (q *request) lists() bool { return q.path == root }

func (q *request) creates() bool { return q.manages && q.method == http.MethodPut }

// write makes of a request what was understood of it, and nothing else: no header of a client's that leads to another
// protocol or says who it is.
func (q *request) write(r *http.Request, token string) {
	kept := make(http.Header)
	for _, name := range []string{"Accept", "User-Agent"} {
		if said := r.Header.Get(name); said != "" {
			kept.Set(name, said)
		}
	}
	if token != "" {
		kept.Set(header, token)
	}
	r.Method = q.method
	r.URL.Path, r.URL.RawPath, r.URL.RawQuery = q.path, "", q.query
	r.URL.Fragment, r.URL.RawFragment, r.URL.ForceQuery = "", "", false
	r.Body, r.ContentLength = http.NoBody, 0
	if q.body != nil {
		kept.Set("Content-Type", "application/json")
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(q.body)), int64(len(q.body))
	}
	r.Header, r.Trailer, r.TransferEncoding = kept, nil, nil
}

// has says whether a collection is the tenant's, byte by byte.
func (s shelf) has(name string) bool {
	rest, ok := strings.CutPrefix(name, string(s))
	return ok && behind.MatchString(rest)
}

func (s shelf) outside() error {
	return forbidden("a collection's name has to begin with " + string(s) + " and go on with letters, digits, _ . or -")
}

func elsewhere() error { return forbidden("this is not for tenants") }
