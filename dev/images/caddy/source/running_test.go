package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig"
	_ "github.com/caddyserver/caddy/v2/modules/standard"
)

// running is Caddy itself with our directives, in this process.
type running struct {
	t    *testing.T
	host string
}

// caddyWith runs the routes of one site, until the test ends.
func caddyWith(t *testing.T, routes string) running {
	t.Helper()
	c := running{t, vacant(t)}
	c.load(routes)
	t.Cleanup(func() { _ = caddy.Stop() })
	return c
}

// load is what a reload of a configuration is.
func (c running) load(routes string) {
	c.t.Helper()
	text := "{\n\tadmin off\n\tauto_https off\n\tpersist_config off\n\tgrace_period 1s\n\tlog {\n\t\tlevel ERROR\n\t}\n}\n" +
		"http://" + c.host + " {\n\thandle /metrics {\n\t\tmetrics\n\t}\n" + routes + "\n}\n"
	config, _, err := caddyconfig.GetAdapter("caddyfile").Adapt([]byte(text), nil)
	if err != nil {
		c.t.Fatalf("%v in\n%s", err, text)
	}
	if err := caddy.Load(config, true); err != nil {
		c.t.Fatal(err)
	}
}

// vacant is an address on which nobody listens.
func vacant(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

// heard is an answer, and how long it took.
type heard struct {
	code   int
	header http.Header
	body   string
	took   time.Duration
}

func (c running) get(path string) heard { return c.ask(http.MethodGet, path, "") }

func (c running) ask(method, path, body string) heard {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, "http://"+c.host+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	began := time.Now()
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return heard{answer.StatusCode, answer.Header, string(text), time.Since(began)}
}

// metric is the value of a series, as a scraper sees it.
func (c running) metric(series string) string {
	c.t.Helper()
	found := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(series) + ` (.*)$`).FindStringSubmatch(c.get("/metrics").body)
	if found == nil {
		return ""
	}
	return found[1]
}
