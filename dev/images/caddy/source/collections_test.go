package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

const (
	platforms = "key of the platform that is long enough"
	acmesKey  = "key of acme in its first slot, long enough"
	acmesNext = "key of acme in its second slot"
	rivalsKey = "key of the rival, which is long enough too"
)

func digest(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// shelves is what the operator says: with a key of Qdrant's or without, and whether acme has too much.
func shelves(key string, restrained bool) string {
	return fmt.Sprintf(`{"prefix": "t~", "key": %q, "tenants": {
	  "acme": {"keys": [%q, %q], "restrained": %t}, "rival": {"keys": [%q], "restrained": false}}}`,
		key, digest(acmesKey), digest(acmesNext), restrained, digest(rivalsKey))
}

func collectionsOf(t *testing.T, text string) *Collections {
	t.Helper()
	door := &Collections{File: filepath.Join(t.TempDir(), "vectors.json")}
	if err := os.WriteFile(door.File, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := door.Provision(caddy.Context{Context: context.Background()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = door.Cleanup() })
	return door
}

// got is what Qdrant would get.
type got struct {
	method, uri, body, key string
	header                 http.Header
	length                 int64
}

func (g got) access(t *testing.T) string {
	t.Helper()
	parts := strings.Split(g.key, ".")
	if len(parts) != 3 || parts[2] != raw.EncodeToString(signed(parts[0]+"."+parts[1], platforms)) {
		t.Fatalf("not signed with the platform's key: %s", g.key)
	}
	text, _ := raw.DecodeString(parts[1])
	var said struct {
		Expires int64           `json:"exp"`
		Access  json.RawMessage `json:"access"`
	}
	if err := json.Unmarshal(text, &said); err != nil {
		t.Fatal(err)
	}
	if left := time.Until(time.Unix(said.Expires, 0)); left > passage || left < passage/2 {
		t.Errorf("it is good for %s", left)
	}
	return string(said.Access)
}

// qdrant writes down what it gets, and says which collections there are.
type qdrant struct {
	names []string
	got   []got
}

func (q *qdrant) ServeHTTP(w http.ResponseWriter, r *http.Request) error {
	body, _ := io.ReadAll(r.Body)
	q.got = append(q.got, got{r.Method, r.URL.RequestURI(), string(body), r.Header.Get(header), r.Header, r.ContentLength})
	if r.Method == http.MethodGet && r.URL.Path == root {
		var all []map[string]string
		for _, name := range q.names {
			all = append(all, map[string]string{"name": name})
		}
		return json.NewEncoder(w).Encode(map[string]any{"result": map[string]any{"collections": all}, "status": "ok"})
	}
	_, err := w.Write([]byte(`{"result":true}`))
	return err
}

// asking is a request as a server gets it: its path is what was sent, with no dots resolved.
func asking(method, target, body string) *http.Request {
	request := httptest.NewRequest(http.MethodGet, target, strings.NewReader(body))
	request.Method = method
	request.Header.Set(header, acmesKey)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	return request
}

// seek is the answer, and all that Qdrant got.
func seek(t *testing.T, door *Collections, request *http.Request) (*httptest.ResponseRecorder, []got) {
	t.Helper()
	behind := &qdrant{names: []string{"t~acme~a", "t~acme2~a", "t~rival~a", "kb", "t~acme~", "T~acme~b", "t~acme~b"}}
	given := httptest.NewRecorder()
	if err := door.ServeHTTP(given, request, caddyhttp.HandlerFunc(behind.ServeHTTP)); err != nil {
		t.Fatal(err)
	}
	return given, behind.got
}

func TestWhoComesWithATenantsKeyIsLetInToItsOwn(t *testing.T) {
	door := collectionsOf(t, shelves(platforms, false))
	for _, show := range []func(http.Header){
		func(h http.Header) { h.Set("api-key", acmesKey) },
		func(h http.Header) { h.Set("api-key", acmesNext) },
		func(h http.Header) { h.Set("Authorization", "Bearer "+acmesKey) },
	} {
		request := asking("POST", "/collections/t~acme~a/points/count", `{"exact":true}`)
		request.Header.Del(header)
		show(request.Header)
		_, came := seek(t, door, request)
		if len(came) != 1 {
			t.Fatal("it is not let in")
		}
		if came[0].uri != "/collections/t~acme~a/points/count" || came[0].body != `{"exact":true}` || came[0].length != 14 {
			t.Errorf("it came as %+v", came[0])
		}
		if access := came[0].access(t); access != `[{"collection":"t~acme~a","access":"r"}]` {
			t.Errorf("it may %s", access)
		}
	}
}

func TestNobodyElseIsLetIn(t *testing.T) {
	for _, text := range []string{shelves(platforms, false), shelves("", false)} {
		door := collectionsOf(t, text)
		for name, show := range map[string]func(http.Header){
			"no key":                   func(http.Header) {},
			"an empty key":             func(h http.Header) { h.Set("api-key", "") },
			"another key":              func(h http.Header) { h.Set("api-key", "something") },
			"the platform's key":       func(h http.Header) { h.Set("api-key", platforms) },
			"a digest":                 func(h http.Header) { h.Set("api-key", digest(acmesKey)) },
			"more than a key":          func(h http.Header) { h.Set("api-key", acmesKey+" ") },
			"less than a key":          func(h http.Header) { h.Set("api-key", acmesKey[:20]) },
			"two keys":                 func(h http.Header) { h.Add("api-key", acmesKey); h.Add("api-key", "x") },
			"a key under another name": func(h http.Header) { h.Set("X-Api-Key", acmesKey) },
			"another way":              func(h http.Header) { h.Set("Authorization", "Basic "+acmesKey) },
			"no way":                   func(h http.Header) { h.Set("Authorization", acmesKey[1:]) },
			"a key behind another":     func(h http.Header) { h.Set("api-key", "x"); h.Set("Authorization", "Bearer "+acmesKey) },
			"a token of the platform's": func(h http.Header) {
				token, _ := sign(permission{time.Now().Add(time.Hour).Unix(), "m"}, platforms)
				h.Set("api-key", token)
			},
		} {
			for _, path := range []string{"/collections", "/collections/t~acme~a", "/", "/readyz", "/metrics"} {
				request := asking("GET", path, "")
				request.Header.Del(header)
				show(request.Header)
				if given, came := seek(t, door, request); given.Code != 401 || len(came) > 0 {
					t.Errorf("%s %s: %d, %v", name, path, given.Code, came)
				}
			}
		}
	}
}

func TestARefusalReadsAsQdrantsOwn(t *testing.T) {
	given, _ := seek(t, collectionsOf(t, shelves("", false)), asking("GET", "/collections/kb", ""))
	var said struct {
		Status struct {
			Error string `json:"error"`
		} `json:"status"`
	}
	if err := json.Unmarshal(given.Body.Bytes(), &said); err != nil || !strings.Contains(said.Status.Error, "t~acme~") || given.Code != 403 {
		t.Errorf("%d %s", given.Code, given.Body)
	}
}

// Everything that a tenant may ask for, and what a token has to allow for it.
func TestWhatIsForTenants(t *testing.T) {
	door := collectionsOf(t, shelves(platforms, false))
	r, rw := `[{"collection":"t~acme~a","access":"r"}]`, `[{"collection":"t~acme~a","access":"rw"}]`
	also := `[{"collection":"t~acme~a","access":"r"},{"collection":"t~acme~b","access":"r"}]`
	for _, one := range []struct{ method, tail, body, access string }{
		{"GET", "", "", r},
		{"GET", "/exists", "", r},
		{"PUT", "", `{"vectors":{"size":4,"distance":"Cosine"},"shard_number":1,"replication_factor":1,"on_disk_payload":true}`, `"m"`},
		{"PUT", "?timeout=30", `{"vectors":{"text":{"size":4,"distance":"Dot","hnsw_config":{"m":16}}},"sparse_vectors":{"s":{"index":{"on_disk":true}}}}`, `"m"`},
		{"PATCH", "", `{"hnsw_config":{"ef_construct":200},"params":{"on_disk_payload":true},"optimizers_config":{"indexing_threshold":10000}}`, `"m"`},
		{"DELETE", "", "", `"m"`},
		{"PUT", "/index?wait=true", `{"field_name":"content","field_schema":"text"}`, rw},
		{"PUT", "/index", `{"field_name":"content","field_schema":{"type":"text","tokenizer":"word","lowercase":true}}`, rw},
		{"DELETE", "/index/a.b_c-d", "", rw},
		{"PUT", "/points?wait=true&ordering=strong", `{"points":[{"id":1,"vector":[0.1,2e-3],"payload":{"collection":"kb","model":"x","shard_key":1}}]}`, rw},
		{"PUT", "/points", `{"batch":{"ids":[1],"vectors":[[1,2]],"payloads":[{"lookup_from":{"collection":"kb"}}]}}`, rw},
		{"POST", "/points", `{"ids":[1,"5c56c793-69f3-4fbf-87e6-c4bf54c28c26"],"with_payload":true,"with_vector":false}`, r},
		{"GET", "/points/17", "", r},
		{"GET", "/points/5c56c793-69f3-4fbf-87e6-c4bf54c28c26?consistency=quorum", "", r},
		{"POST", "/points/delete", `{"filter":{"must":[{"key":"city","match":{"value":"London"}}]}}`, rw},
		{"POST", "/points/delete", `{"points":[1,2]}`, rw},
		{"POST", "/points/payload", `{"payload":{"a":1},"points":[1]}`, rw},
		{"PUT", "/points/payload", `{"payload":{"a":1},"filter":{}}`, rw},
		{"POST", "/points/payload/delete", `{"keys":["a"],"points":[1]}`, rw},
		{"POST", "/points/payload/clear", `{"points":[1]}`, rw},
		{"POST", "/points/payload/clear", `{"filter":{}}`, rw},
		{"PUT", "/points/vectors", `{"points":[{"id":1,"vector":{"text":[1]}}]}`, rw},
		{"POST", "/points/vectors/delete", `{"points":[1],"vector":["text"]}`, rw},
		{"POST", "/points/batch", `{"operations":[{"upsert":{"points":[]}},{"delete":{"points":[1]}},{"clear_payload":{"filter":{}}}]}`, rw},
		{"POST", "/points/scroll", `{"limit":10,"offset":null,"with_payload":["a"],"filter":{}}`, r},
		{"POST", "/points/count", `{}`, r},
		{"POST", "/points/search", `{"vector":{"name":"text","vector":[1]},"limit":3,"params":{"hnsw_ef":128},"with_vectors":true}`, r},
		{"POST", "/points/search/batch", `{"searches":[{"vector":[1],"limit":3}]}`, r},
		{"POST", "/points/search/groups", `{"vector":[1],"limit":3,"group_by":"a","group_size":2,"with_lookup":"t~acme~b"}`, also},
		{"POST", "/points/recommend", `{"positive":[1],"negative":[],"limit":3,"lookup_from":{"collection":"t~acme~b","vector":"text"}}`, also},
		{"POST", "/points/recommend/batch", `{"searches":[{"positive":[1],"limit":3}]}`, r},
		{"POST", "/points/recommend/groups", `{"positive":[1],"limit":3,"group_by":"a","group_size":1,"with_lookup":{"collection":"t~acme~b","with_payload":true}}`, also},
		{"POST", "/points/discover", `{"target":[1],"context":[{"positive":1,"negative":2}],"limit":3,"lookup_from":null}`, r},
		{"POST", "/points/discover/batch", `{"searches":[]}`, r},
		{"POST", "/points/query", `{"query":[1,2],"limit":1}`, r},
		{"POST", "/points/query", `{"prefetch":{"query":{"indices":[1],"values":[2]},"using":"s","limit":20},"query":{"fusion":"rrf"},"limit":1}`, r},
		{"POST", "/points/query", `{"prefetch":[{"prefetch":[{"query":7,"lookup_from":{"collection":"t~acme~b"}}],"query":[1]}],"query":[1],"lookup_from":{"collection":"t~acme~a"}}`, also},
		{"POST", "/points/query/batch", `{"searches":[{"query":[1]},{"query":"5c56c793-69f3-4fbf-87e6-c4bf54c28c26","lookup_from":{"collection":"t~acme~b"}}]}`, also},
		{"POST", "/points/query/groups", `{"query":[1],"group_by":"a","with_lookup":{"collection":"t~acme~b"}}`, also},
		{"POST", "/facet", `{"key":"a","limit":10,"exact":false}`, r},
		{"POST", "/points/search/matrix/pairs", `{"sample":10,"limit":2}`, r},
		{"POST", "/points/search/matrix/offsets", `{"sample":10,"limit":2,"using":"text"}`, r},
	} {
		given, came := seek(t, door, asking(one.method, "/collections/t~acme~a"+one.tail, one.body))
		if len(came) == 0 {
			t.Errorf("%s %s %s: %d %s", one.method, one.tail, one.body, given.Code, given.Body)
			continue
		}
		last := came[len(came)-1]
		if access := last.access(t); access != one.access || last.method != one.method {
			t.Errorf("%s %s may %s", one.method, one.tail, access)
		}
		if !same(last.body, one.body) {
			t.Errorf("%s became %s", one.body, last.body)
		}
	}
}

func same(one, other string) bool {
	var a, b any
	if one == "" || other == "" {
		return one == other
	}
	return json.Unmarshal([]byte(one), &a) == nil && json.Unmarshal([]byte(other), &b) == nil && jsonOf(a) == jsonOf(b)
}

func TestWhatIsNot(t *testing.T) {
	for _, key := range []string{platforms, ""} {
		door := collectionsOf(t, shelves(key, false))
		for _, one := range []struct{ method, target, body string }{
			// Collections of others, and names that only look as if they were acme's.
			{"GET", "/collections/kb", ""},
			{"GET", "/collections/t~rival~a", ""},
			{"GET", "/collections/t~acme2~a", ""},
			{"GET", "/collections/t~acme~", ""},
			{"GET", "/collections/t~acme", ""},
			{"GET", "/collections/T~ACME~a", ""},
			{"GET", "/collections/t~аcme~a", ""},
			{"GET", "/collections/t~acme~a%00", ""},
			{"GET", "/collections/t~acme~a%20", ""},
			{"GET", "/collections/t~acme~a%2F..%2Fkb", ""},
			{"GET", "/collections/t~acme~a/../kb", ""},
			{"GET", "/collections/t~acme~a/..", ""},
			{"GET", "/collections/./t~acme~a", ""},
			{"GET", "/collections//t~acme~a", ""},
			{"GET", "//collections/t~acme~a", ""},
			{"GET", "/collections/t~acme~a/", ""},
			{"GET", "/collections/t%257Eacme%257Ea", ""},
			{"GET", "/collections/t~acme~a%252F..", ""},
			{"GET", "/collections/t~acme~a;kb", ""},
			{"GET", "/collections/t~acme~a,kb", ""},
			{"GET", "/collections/t~acme~ab\u200b", ""},
			{"GET", "/collections/t~acme~" + strings.Repeat("a", 200), ""},
			{"DELETE", "/collections/t~rival~a", ""},
			{"PUT", "/collections/t~rival~b", `{"vectors":{"size":4,"distance":"Dot"}}`},
			{"POST", "/collections/t~rival~a/points/scroll", `{}`},
			{"POST", "/collections/kb/points/count", `{}`},
			// Ways that are for no tenant.
			{"GET", "/", ""},
			{"GET", "/dashboard", ""},
			{"GET", "/metrics", ""},
			{"GET", "/telemetry", ""},
			{"GET", "/cluster", ""},
			{"GET", "/aliases", ""},
			{"GET", "/locks", ""},
			{"POST", "/locks", `{}`},
			{"GET", "/issues", ""},
			{"GET", "/snapshots", ""},
			{"POST", "/snapshots", ""},
			{"GET", "/readyz", ""},
			{"GET", "/debugger", ""},
			{"POST", "/collections", `{}`},
			{"POST", "/collections/aliases", `{"actions":[{"create_alias":{"collection_name":"kb","alias_name":"t~acme~a"}}]}`},
			{"GET", "/collections/t~acme~a/aliases", ""},
			{"GET", "/collections/t~acme~a/cluster", ""},
			{"POST", "/collections/t~acme~a/cluster", `{"move_shard":{}}`},
			{"GET", "/collections/t~acme~a/snapshots", ""},
			{"POST", "/collections/t~acme~a/snapshots", ""},
			{"PUT", "/collections/t~acme~a/snapshots/recover", `{"location":"http://elsewhere/x.snapshot"}`},
			{"POST", "/collections/t~acme~a/snapshots/upload", `{}`},
			{"PUT", "/collections/t~acme~a/snapshots/recover?wait=true", `{"location":"file:///x"}`},
			{"PUT", "/collections/t~acme~a/shards", `{"shard_key":"x"}`},
			{"POST", "/collections/t~acme~a/shards/0/snapshots", ""},
			{"POST", "/collections/t~acme~a/shards/delete", `{}`},
			{"PUT", "/collections/t~acme~a/vectors/x", `{}`},
			{"GET", "/collections/t~acme~a/points", ""},
			{"GET", "/collections/t~acme~a/points/..", ""},
			{"GET", "/collections/t~acme~a/points/%2E%2E", ""},
			{"GET", "/collections/t~acme~a/points/count", ""},
			{"GET", "/collections/t~acme~a/points/1/../../../kb", ""},
			{"DELETE", "/collections/t~acme~a/index/..", ""},
			{"DELETE", "/collections/t~acme~a/index/%2e%2e", ""},
			{"DELETE", "/collections/t~acme~a/index/a%2Fb", ""},
			{"OPTIONS", "/collections/t~acme~a", ""},
			{"HEAD", "/collections", ""},
			{"CONNECT", "/collections/t~acme~a", ""},
			{"get", "/collections/t~acme~a", ""},
			{"POST", "/qdrant.Points/Search", ""},
			// Settings.
			{"GET", "/collections?access=m", ""},
			{"GET", "/collections/t~acme~a?api-key=x", ""},
			{"POST", "/collections/t~acme~a/points/count?shard_key=a", `{}`},
			{"POST", "/collections/t~acme~a/points/count?timeout=5&timeout=6", `{}`},
			{"POST", "/collections/t~acme~a/points/count?timeout=99999", `{}`},
			{"POST", "/collections/t~acme~a/points/count?wait=%00", `{}`},
			{"POST", "/collections/t~acme~a/points/count?wait=true;x", `{}`},
			// Collections of others, named in a body.
			{"POST", "/collections/t~acme~a/points/recommend", `{"positive":[1],"limit":1,"lookup_from":{"collection":"kb"}}`},
			{"POST", "/collections/t~acme~a/points/recommend", `{"positive":[1],"limit":1,"lookup_from":{"collection":"t~acme~b","collection":"kb"}}`},
			{"POST", "/collections/t~acme~a/points/recommend", `{"lookup_from":{"collection":"t~acme~b"},"lookup_from":{"collection":"kb"}}`},
			{"POST", "/collections/t~acme~a/points/recommend", `{"lookup_from":"kb"}`},
			{"POST", "/collections/t~acme~a/points/recommend", `{"lookup_from":{"collection":["kb"]}}`},
			{"POST", "/collections/t~acme~a/points/recommend", `{"lookup_from":{"collection":"t~acme~b","shard_key":"x"}}`},
			{"POST", "/collections/t~acme~a/points/recommend", `{"lookup_from":{"Collection":"kb"}}`},
			{"POST", "/collections/t~acme~a/points/recommend", `{"lookup_from":{"collection":"t~acme~b\u0000"}}`},
			{"POST", "/collections/t~acme~a/points/recommend", `{"lookup_from":{"collection":"t~acme~../kb"}}`},
			{"POST", "/collections/t~acme~a/points/recommend/batch", `{"searches":[{"positive":[1]},{"lookup_from":{"collection":"t~rival~a"}}]}`},
			{"POST", "/collections/t~acme~a/points/discover", `{"target":1,"lookup_from":{"collection":"t~rival~a"}}`},
			{"POST", "/collections/t~acme~a/points/discover/batch", `{"searches":[{"lookup_from":{"collection":"t~rival~a"}}]}`},
			{"POST", "/collections/t~acme~a/points/search/groups", `{"vector":[1],"group_by":"a","with_lookup":"t~rival~a"}`},
			{"POST", "/collections/t~acme~a/points/search/groups", `{"with_lookup":{"collection":"kb"}}`},
			{"POST", "/collections/t~acme~a/points/search/groups", `{"with_lookup":["kb"]}`},
			{"POST", "/collections/t~acme~a/points/query", `{"query":1,"lookup_from":{"collection":"kb"}}`},
			{"POST", "/collections/t~acme~a/points/query", `{"prefetch":{"query":1,"lookup_from":{"collection":"kb"}},"query":[1]}`},
			{"POST", "/collections/t~acme~a/points/query", `{"prefetch":[{"prefetch":[{"prefetch":{"lookup_from":{"collection":"kb"}}}]}]}`},
			{"POST", "/collections/t~acme~a/points/query", `{"query":{"nearest":1,"lookup_from":{"collection":"kb"}}}`},
			{"POST", "/collections/t~acme~a/points/query", `{"query":{"recommend":{"positive":[1],"lookup_from":{"collection":"t~acme~b"}}}}`},
			{"POST", "/collections/t~acme~a/points/query", `{"filter":{"must":{"nested":{"with_lookup":"kb"}}}}`},
			{"POST", "/collections/t~acme~a/points/query/batch", `{"searches":[{"prefetch":{"lookup_from":{"collection":"kb"}}}]}`},
			{"POST", "/collections/t~acme~a/points/query/groups", `{"query":[1],"group_by":"a","with_lookup":{"collection":"kb"}}`},
			{"POST", "/collections/t~acme~a/points/query", `{"query":[1],"with_lookup":"t~acme~b"}`},
			// What is dear for all, or not for them.
			{"PUT", "/collections/t~acme~c", `{"vectors":{"size":4,"distance":"Dot"},"init_from":{"collection":"t~rival~a"}}`},
			{"PUT", "/collections/t~acme~c", `{"vectors":{"size":4,"distance":"Dot"},"init_from":{"collection":"t~acme~a"}}`},
			{"PUT", "/collections/t~acme~c", `{"vectors":{"size":4},"shard_number":1000}`},
			{"PUT", "/collections/t~acme~c", `{"vectors":{"size":4},"shard_number":0}`},
			{"PUT", "/collections/t~acme~c", `{"vectors":{"size":4},"shard_number":1.5}`},
			{"PUT", "/collections/t~acme~c", `{"vectors":{"size":4},"shard_number":"1"}`},
			{"PUT", "/collections/t~acme~c", `{"vectors":{"size":4},"replication_factor":50}`},
			{"PUT", "/collections/t~acme~c", `{"vectors":{"size":4},"sharding_method":"custom"}`},
			{"PUT", "/collections/t~acme~c", `{"vectors":{"size":4},"wal_config":{"wal_capacity_mb":1000000}}`},
			{"PUT", "/collections/t~acme~c", `{"vectors":{"size":4},"strict_mode_config":{"enabled":false}}`},
			{"PUT", "/collections/t~acme~c", `{"vectors":{"size":4},"optimizers_config":{"default_segment_number":10000}}`},
			{"PUT", "/collections/t~acme~c", `{"vectors":{"x":{"size":4,"hnsw_config":{"m":100000}}}}`},
			{"PUT", "/collections/t~acme~c", `[]`},
			{"PATCH", "/collections/t~acme~a", `{"params":{"replication_factor":9}}`},
			{"PATCH", "/collections/t~acme~a", `{"strict_mode_config":{"enabled":false}}`},
			{"PUT", "/collections/t~acme~a/points", `{"points":[{"id":1,"vector":{"text":"hello","model":"openai/x"}}]}`},
			{"PUT", "/collections/t~acme~a/points", `{"points":[],"shard_key":"x"}`},
			{"POST", "/collections/t~acme~a/points/query", `{"query":{"text":"hello","model":"x"}}`},
			{"POST", "/collections/t~acme~a/points/scroll", `{"limit":100000000}`},
			{"POST", "/collections/t~acme~a/points/batch", `{"operations":[{"create_alias":{}}]}`},
			{"POST", "/collections/t~acme~a/points/count", `nonsense`},
			{"POST", "/collections/t~acme~a/points/count", `{}{}`},
			{"POST", "/collections/t~acme~a/points/count", `{} x`},
			{"POST", "/collections/t~acme~a/points/count", `{"exact":tru}`},
			{"POST", "/collections/t~acme~a/points/count", `{"exact":true`},
			{"POST", "/collections/t~acme~a/points/count", `{"exact":true,"exact":false}`},
			{"POST", "/collections/t~acme~a/points/count", `{"filter":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `}`},
			{"POST", "/collections/t~acme~a/points/count", `{"filter":"` + strings.Repeat("x", largestOther) + `"}`},
		} {
			given, came := seek(t, door, asking(one.method, one.target, one.body))
			if len(came) > 0 || given.Code < 400 || given.Code > 415 || given.Code == 404 {
				t.Errorf("%s %s %.90s: %d, %+v", one.method, one.target, one.body, given.Code, came)
			}
		}
	}
}

func TestOfALongerBodyThereIsRoomForPoints(t *testing.T) {
	door := collectionsOf(t, shelves("", false))
	points := `{"points":[{"id":1,"vector":[` + strings.Repeat("1,", largestOther) + `1]}]}`
	if _, came := seek(t, door, asking("PUT", "/collections/t~acme~a/points", points)); len(came) != 1 || came[0].body != points {
		t.Error("it is refused, or another")
	}
	points = `{"points":[{"id":1,"vector":[` + strings.Repeat("1,", largestPoints/2) + `1]}]}`
	if given, came := seek(t, door, asking("PUT", "/collections/t~acme~a/points", points)); len(came) != 0 || given.Code != 413 {
		t.Errorf("it is let in: %d", given.Code)
	}
}

func TestOnlyJSONIsRead(t *testing.T) {
	door := collectionsOf(t, shelves("", false))
	for name, said := range map[string][2]string{
		"no kind":            {"Content-Type", ""},
		"a form":             {"Content-Type", "application/x-www-form-urlencoded"},
		"something packed":   {"Content-Encoding", "gzip"},
		"two things at once": {"Content-Type", "application/json, text/plain"},
	} {
		request := asking("POST", "/collections/t~acme~a/points/count", `{}`)
		request.Header.Set(said[0], said[1])
		if given, came := seek(t, door, request); len(came) > 0 || given.Code != 415 {
			t.Errorf("%s: %d", name, given.Code)
		}
	}
}

// Spellings that mean the same are one path, and what goes on is that path.
func TestWhatGoesOnIsWhatWasLookedAt(t *testing.T) {
	door := collectionsOf(t, shelves("", false))
	for _, path := range []string{"/collections/t%7Eacme%7Ea/exists", "/%63ollections/t~acme~a%2Fexists"} {
		if _, came := seek(t, door, asking("GET", path, "")); len(came) != 1 || came[0].uri != "/collections/t~acme~a/exists" {
			t.Errorf("%s came as %+v", path, came)
		}
	}
	_, came := seek(t, door, asking("POST", "/collections/t~acme~a/points/query?wait=%74rue",
		`{"query" : [ 1.0, -2e+3 ],"shard_key":null, "unheard_of":null,"filter":{"must":[{"key":"\u0063<","match":{"text":"\ud800"}}]}}`))
	want := `{"query":[1.0,-2e+3],"filter":{"must":[{"key":"c\u003c","match":{"text":"�"}}]}}`
	if len(came) != 1 || came[0].body != want || came[0].uri != "/collections/t~acme~a/points/query?wait=true" {
		t.Errorf("it came as %+v", came)
	}
}

func TestNoHeaderLeadsElsewhere(t *testing.T) {
	for _, key := range []string{platforms, ""} {
		request := asking("GET", "/collections/t~acme~a", "ignored")
		for name, said := range map[string]string{
			"Authorization": "Bearer x", "Upgrade": "h2c", "Connection": "Upgrade, HTTP2-Settings", "HTTP2-Settings": "AAMAAABkAAQ",
			"Transfer-Encoding": "chunked", "X-Http-Method-Override": "DELETE", "Cookie": "a=b", "User-Agent": "test", "X-Original-Url": "/metrics",
		} {
			request.Header.Set(name, said)
		}
		_, came := seek(t, collectionsOf(t, shelves(key, false)), request)
		if len(came) != 1 || came[0].body != "" || came[0].length != 0 {
			t.Fatalf("it came as %+v", came)
		}
		names := 1
		if key != "" {
			names = 2
		}
		if len(came[0].header) != names || came[0].header.Get("User-Agent") != "test" || came[0].key == acmesKey {
			t.Errorf("it came with %v", came[0].header)
		}
	}
}

func TestAListIsOfItsOwn(t *testing.T) {
	given, came := seek(t, collectionsOf(t, shelves(platforms, false)), asking("GET", "/collections", ""))
	want := `{"result":{"collections":[{"name":"t~acme~a"},{"name":"t~acme~b"}]},"status":"ok","time":0}`
	if given.Body.String() != want || came[0].access(t) != `"m"` {
		t.Errorf("it is told of %s", given.Body)
	}
	if strings.Contains(given.Body.String(), "rival") {
		t.Error("it is told of others")
	}
}

func TestAListThatCannotBeReadIsNotHandedOn(t *testing.T) {
	door := collectionsOf(t, shelves("", false))
	for _, said := range []func(http.ResponseWriter){
		func(w http.ResponseWriter) { w.WriteHeader(500); _, _ = w.Write([]byte("t~rival~a is broken")) },
		func(w http.ResponseWriter) { _, _ = w.Write([]byte(`t~rival~a`)) },
		func(http.ResponseWriter) {},
	} {
		given := httptest.NewRecorder()
		err := door.ServeHTTP(given, asking("GET", "/collections", ""), caddyhttp.HandlerFunc(
			func(w http.ResponseWriter, _ *http.Request) error { said(w); return nil }))
		if err != nil || given.Code != 502 || strings.Contains(given.Body.String(), "rival") {
			t.Errorf("%d %s %v", given.Code, given.Body, err)
		}
	}
}

func TestThereIsAnEndOfCollections(t *testing.T) {
	door := collectionsOf(t, shelves("", false))
	for _, one := range []struct {
		own  int
		made int
	}{{most - 1, 2}, {most, 1}} {
		behind := &qdrant{names: []string{"kb", "t~rival~a"}}
		for n := range one.own {
			behind.names = append(behind.names, fmt.Sprintf("t~acme~%d", n))
		}
		request := asking("PUT", "/collections/t~acme~new", `{"vectors":{"size":4,"distance":"Dot"}}`)
		if err := door.ServeHTTP(httptest.NewRecorder(), request, caddyhttp.HandlerFunc(behind.ServeHTTP)); err != nil {
			t.Fatal(err)
		}
		if len(behind.got) != one.made || behind.got[0].method != "GET" || behind.got[0].body != "" {
			t.Errorf("of %d: %+v", one.own, behind.got)
		}
		if one.made == 2 && behind.got[1].body != `{"vectors":{"size":4,"distance":"Dot"}}` {
			t.Errorf("it came as %+v", behind.got[1])
		}
	}
}

func TestWhoHasTooMuchReadsAndRemoves(t *testing.T) {
	door := collectionsOf(t, shelves(platforms, true))
	for _, one := range []struct {
		method, tail, body string
		let                bool
	}{
		{"GET", "", "", true},
		{"DELETE", "", "", true},
		{"DELETE", "/index/a", "", true},
		{"POST", "/points/scroll", `{}`, true},
		{"POST", "/points/query", `{"query":[1]}`, true},
		{"POST", "/points/delete", `{"points":[1]}`, true},
		{"POST", "/points/delete", `{"filter":{}}`, true},
		{"POST", "/points/payload/clear", `{"points":[1]}`, true},
		{"POST", "/points/payload/delete", `{"keys":["a"],"points":[1]}`, true},
		{"POST", "/points/vectors/delete", `{"vector":["a"],"points":[1]}`, true},
		{"POST", "/points/batch", `{"operations":[{"delete":{"points":[1]}},{"clear_payload":{"points":[1]}}]}`, true},
		{"POST", "/points/batch", `{"operations":[{"delete":{"points":[1]}},{"upsert":{"points":[]}}]}`, false},
		{"POST", "/points/batch", `{"operations":[{"set_payload":{"payload":{}}}]}`, false},
		{"POST", "/points/batch", `{"operations":[{"update_vectors":{"points":[]}}]}`, false},
		{"PUT", "/points", `{"points":[]}`, false},
		{"PUT", "/points/vectors", `{"points":[]}`, false},
		{"POST", "/points/payload", `{"payload":{}}`, false},
		{"PUT", "/points/payload", `{"payload":{}}`, false},
		{"PUT", "/index", `{"field_name":"a","field_schema":"text"}`, false},
		{"PUT", "", `{"vectors":{}}`, false},
		{"PATCH", "", `{}`, false},
	} {
		given, came := seek(t, door, asking(one.method, "/collections/t~acme~a"+one.tail, one.body))
		if (len(came) > 0) != one.let || (!one.let && given.Code != 403) {
			t.Errorf("%s %s %s: %d", one.method, one.tail, one.body, given.Code)
		}
	}
	request := asking("PUT", "/collections/t~rival~a/points", `{"points":[]}`)
	request.Header.Set(header, rivalsKey)
	if _, came := seek(t, door, request); len(came) != 1 {
		t.Error("a neighbour has to suffer for it")
	}
}

func TestATokenAlwaysSaysWhatItIsFor(t *testing.T) {
	vectors := Vectors{Key: platforms}
	if token, err := vectors.token(&request{}, time.Now()); err == nil || token != "" {
		t.Errorf("it opens everything: %s", token)
	}
}

func TestWhatIsUnderWayEndsWithItsTenant(t *testing.T) {
	door := collectionsOf(t, shelves("", false))
	ended := false
	open := caddyhttp.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) error {
		collectionsOf(t, strings.ReplaceAll(shelves("", false), `"acme"`, `"other"`))
		if r.Context().Err() != nil {
			t.Error("it ends too early")
		}
		former := *door
		door.terms = nil
		_ = former.Cleanup()
		<-r.Context().Done()
		ended = true
		return nil
	})
	if err := door.ServeHTTP(httptest.NewRecorder(), asking("GET", "/collections/t~acme~a", ""), open); err != nil || !ended {
		t.Fatal(err)
	}
}

// Who has many requests under way waits for them, and nobody else does.
func TestATenantTakesItsTurns(t *testing.T) {
	door := collectionsOf(t, shelves("", false))
	for range together {
		door.turns["acme"] <- struct{}{}
	}
	rival := asking("GET", "/collections/t~rival~a", "")
	rival.Header.Set(header, rivalsKey)
	if _, came := seek(t, door, rival); len(came) != 1 {
		t.Error("a neighbour waits")
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	behind := &qdrant{}
	err := door.ServeHTTP(httptest.NewRecorder(), asking("GET", "/collections/t~acme~a", "").WithContext(gone), caddyhttp.HandlerFunc(behind.ServeHTTP))
	if err == nil || len(behind.got) != 0 {
		t.Errorf("it does not wait: %v", behind.got)
	}
	<-door.turns["acme"]
	if _, came := seek(t, door, asking("GET", "/collections/t~acme~a", "")); len(came) != 1 {
		t.Error("its turn does not come")
	}
}

func TestWhatIsNoFileOfVectorsIsRefused(t *testing.T) {
	for _, text := range []string{"", "{}", `{"prefix": 1}`, `{"key": "` + platforms + `"}`} {
		door := &Collections{File: filepath.Join(t.TempDir(), "vectors.json")}
		if err := os.WriteFile(door.File, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := door.Provision(caddy.Context{Context: context.Background()}); err == nil || strings.Contains(err.Error(), platforms) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
