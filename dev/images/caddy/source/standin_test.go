package main

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

const program = "../../../../operator/src/test/resources/e2e/stand-in-qdrant.py"

// standIn is the address of a stand-in for Qdrant that follows what was measured of 1.18.3, or of the server itself that
// QDRANT names, whose key is that of the platform here.
func standIn(t *testing.T) *url.URL {
	t.Helper()
	address := os.Getenv("QDRANT")
	if address == "" {
		python, err := exec.LookPath("python3")
		if err != nil {
			t.Skip("there is no Python")
		}
		running := exec.Command(python, program)
		running.Env = append(os.Environ(), "QDRANT__SERVICE__API_KEY="+platforms)
		said, err := running.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := running.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = running.Process.Kill(); _ = running.Wait() })
		port, err := bufio.NewReader(said).ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		address = "http://127.0.0.1:" + strings.TrimSpace(port)
	}
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// By the contract of Qdrant 1.18.3: what the door signs opens what it is for, and nothing beside.
func TestQdrantTakesWhatTheDoorSigns(t *testing.T) {
	to := standIn(t)
	forward := httputil.NewSingleHostReverseProxy(to)
	var shown string
	next := caddyhttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		shown = r.Header.Get(header)
		forward.ServeHTTP(w, r)
		return nil
	})
	door := collectionsOf(t, shelves(platforms, false))
	for _, one := range []struct {
		method, target, body string
		code                 int
		says                 string
	}{
		{"PUT", "/collections/t~acme~a", `{"vectors":{"size":2,"distance":"Cosine"}}`, 200, "true"},
		{"PUT", "/collections/t~acme~a", `{"vectors":{"size":2,"distance":"Cosine"}}`, 409, "already exists"},
		{"PUT", "/collections/t~acme~b", `{"vectors":{"size":2,"distance":"Cosine"}}`, 200, "true"},
		{"GET", "/collections", "", 200, "t~acme~b"},
		{"PUT", "/collections/t~acme~a/points?wait=true", `{"points":[{"id":1,"vector":[1,0]},{"id":2,"vector":[0,1]}]}`, 200, "completed"},
		{"PUT", "/collections/t~acme~b/points?wait=true", `{"points":[{"id":7,"vector":[0,1]}]}`, 200, "completed"},
		{"POST", "/collections/t~acme~a/points/count", `{"exact":true}`, 200, `2`},
		{"POST", "/collections/t~acme~a/points/query", `{"query":7,"limit":1,"lookup_from":{"collection":"t~acme~b"}}`, 200, "points"},
		{"PUT", "/collections/t~acme~a/index?wait=true", `{"field_name":"x","field_schema":"keyword"}`, 200, "completed"},
		{"PATCH", "/collections/t~acme~a", `{"hnsw_config":{"m":8}}`, 200, "true"},
		{"POST", "/collections/t~acme~a/points/delete?wait=true", `{"points":[1]}`, 200, "completed"},
		{"DELETE", "/collections/t~acme~b", "", 200, "true"},
		{"DELETE", "/collections/t~acme~b", "", 200, "false"},
	} {
		given := httptest.NewRecorder()
		if err := door.ServeHTTP(given, asking(one.method, one.target, one.body), next); err != nil {
			t.Fatal(err)
		}
		if given.Code != one.code || !strings.Contains(given.Body.String(), one.says) {
			t.Errorf("%s %s: %d %s", one.method, one.target, given.Code, given.Body)
		}
	}
	given := httptest.NewRecorder()
	if err := door.ServeHTTP(given, asking("POST", "/collections/t~acme~a/points/count", `{}`), next); err != nil {
		t.Fatal(err)
	}
	for path, code := range map[string]int{
		"/collections/t~acme~a/points/count": 200, "/collections/t~rival~a/points/count": 403, "/collections/t~acme~b/points/count": 403,
	} {
		request, err := http.NewRequest(http.MethodPost, to.String()+path, strings.NewReader(`{}`))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set(header, shown)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode != code {
			t.Errorf("%s: %d %s", path, answer.StatusCode, text)
		}
	}
}
