package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig"
)

// caddyBefore runs Caddy before a server, and is where it listens. Caddy keeps one configuration for the process.
func caddyBefore(t *testing.T, server string) (at string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at = listener.Addr().String()
	_ = listener.Close()
	take(t, at, server, "")
	t.Cleanup(func() { _ = caddy.Stop() })
	return at
}

// take hands Caddy a configuration, which is another one with another remark.
func take(t *testing.T, at, server, remark string) {
	t.Helper()
	text := fmt.Sprintf(`{
		admin off
		persist_config off
		auto_https off
	}
	http://%s {
		bind 127.0.0.1
		handle /metrics {
			metrics
		}
		handle /remark {
			respond "%s"
		}
		handle {
			measure bots
			reverse_proxy %s {
				stream_close_delay 1h
			}
		}
	}`, at, remark, server)
	adapted, _, err := caddyconfig.GetAdapter("caddyfile").Adapt([]byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := caddy.Load(adapted, true); err != nil {
		t.Fatal(err)
	}
}

func fetched(t *testing.T, url string) string {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// shows waits for a line among the metrics: what is open is told as soon as the server has it.
func shows(t *testing.T, at, line string) {
	t.Helper()
	var text string
	for until := time.Now().Add(5 * time.Second); time.Now().Before(until); {
		text = fetched(t, "http://"+at+"/metrics")
		if strings.Contains(text, line+"\n") {
			return
		}
	}
	t.Fatalf("%s is not in\n%s", line, text)
}

// upgrading begins what a websocket begins with, and never ends it.
func upgrading(t *testing.T, at string) net.Conn {
	t.Helper()
	opened, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = fmt.Fprintf(opened, "GET /ws HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", at)
	said, err := bufio.NewReader(opened).ReadString('\n')
	if err != nil || !strings.Contains(said, "101") {
		t.Fatalf("%s %v", said, err)
	}
	return opened
}

func TestWhatComesInIsCounted(t *testing.T) {
	ends := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Upgrade") != "":
			held, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				panic(err)
			}
			_, _ = io.WriteString(held, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
			<-ends
			_ = held.Close()
		case r.URL.Path == "/slow":
			w.WriteHeader(http.StatusOK)
			_ = http.NewResponseController(w).Flush()
			time.Sleep(200 * time.Millisecond) // the body comes late, which is no waiting for the answer
		default:
			w.WriteHeader(http.StatusTeapot)
		}
	}))
	t.Cleanup(server.Close)
	upstream := strings.TrimPrefix(server.URL, "http://")
	at := caddyBefore(t, upstream)
	begun := countOf(t, at, `generalbots_edge_requests_total{site="bots"}`)
	waits := countOf(t, at, `generalbots_edge_wait_seconds_count{site="bots"}`)
	quick := countOf(t, at, `generalbots_edge_wait_seconds_bucket{site="bots",le="0.1"}`)

	fetched(t, "http://"+at+"/any")
	fetched(t, "http://"+at+"/slow")
	opened := upgrading(t, at)
	shows(t, at, fmt.Sprintf(`generalbots_edge_upstream_open{upstream="%s"} 1`, upstream))
	shows(t, at, fmt.Sprintf(`generalbots_edge_requests_total{site="bots"} %d`, begun+3))
	shows(t, at, fmt.Sprintf(`generalbots_edge_wait_seconds_count{site="bots"} %d`, waits+2))
	shows(t, at, fmt.Sprintf(`generalbots_edge_wait_seconds_bucket{site="bots",le="0.1"} %d`, quick+2))
	shows(t, at, `generalbots_edge_responses_total{class="4xx",site="bots"} 1`)

	take(t, at, upstream, "again")
	shows(t, at, fmt.Sprintf(`generalbots_edge_requests_total{site="bots"} %d`, begun+3))
	shows(t, at, fmt.Sprintf(`generalbots_edge_upstream_open{upstream="%s"} 1`, upstream))
	take(t, at, "127.0.0.1:1", "without")
	shows(t, at, fmt.Sprintf(`generalbots_edge_upstream_open{upstream="%s"} 1`, upstream))

	close(ends)
	_ = opened.Close()
	take(t, at, upstream, "back")
	shows(t, at, fmt.Sprintf(`generalbots_edge_upstream_open{upstream="%s"} 0`, upstream))
}

func TestWhatNobodyAnswersIsCountedAsTheErrorItBecomes(t *testing.T) {
	at := caddyBefore(t, "127.0.0.1:1")
	fetched(t, "http://"+at+"/any")
	shows(t, at, `generalbots_edge_responses_total{class="5xx",site="bots"} 1`)
}

// countOf is what a metric says now; nothing is 0.
func countOf(t *testing.T, at, name string) (value int) {
	t.Helper()
	for _, line := range strings.Split(fetched(t, "http://"+at+"/metrics"), "\n") {
		if rest, ok := strings.CutPrefix(line, name+" "); ok {
			_, _ = fmt.Sscan(rest, &value)
		}
	}
	return value
}
