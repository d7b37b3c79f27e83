package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
)

// server is a bot server that can be told to fail.
type server struct {
	*httptest.Server
	status atomic.Int64
	asked  atomic.Int64
}

func serverOf(t *testing.T) *server {
	t.Helper()
	s := new(server)
	s.status.Store(http.StatusOK)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/health" {
			return
		}
		s.asked.Add(1)
		status := int(s.status.Load())
		switch {
		case status < 0:
			panic(http.ErrAbortHandler)
		case r.URL.Path == "/slow":
			<-r.Context().Done()
		case strings.HasPrefix(r.URL.Path, "/ws") && status == http.StatusOK:
			upgrade(w)
			return
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, "from "+r.Host)
	}))
	t.Cleanup(s.Close)
	return s
}

// upgrade answers as a server of websockets, and ends rudely.
func upgrade(w http.ResponseWriter) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_, _ = io.WriteString(connection, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello")
		_ = connection.(*net.TCPConn).SetLinger(0)
		_ = connection.Close()
	}
}

func (s *server) address() string { return s.Listener.Addr().String() }

// bots is what the operator writes before bot servers.
func bots(service *server, timeout string, servers ...*server) string {
	var all []string
	for _, s := range servers {
		all = append(all, s.address())
	}
	return fmt.Sprintf(`
	handle {
		reverse_proxy %s {
			lb_policy circuit bots {
				threshold 5
				timeout %s
				half_open 3
				policy round_robin
			}
			lb_retries 2
			lb_try_duration 5s
			lb_try_interval 100ms
			health_uri /api/health
			health_interval 1s
			fail_duration 1s
			stream_close_delay 720h
			transport circuit {
				dial_timeout 2s
			}
		}
	}
	handle_errors {
		@unsent expression `+"`{err.status_code} == 503 || {err.message}.startsWith(\"dial tcp \")`"+`
		handle @unsent {
			reverse_proxy %s
		}
	}`, strings.Join(all, " "), timeout, service.address())
}

// since is a clock for circuits that a test moves on.
func since(t *testing.T, name string) *hand {
	t.Helper()
	clock := new(hand)
	circuits.LoadOrStore(name, newCircuits(name, usual(), clock.now))
	t.Cleanup(func() { _, _ = circuits.Delete(name) })
	return clock
}

func state(upstream *server) string {
	return `generalbots_edge_circuit_state{name="bots",upstream="` + upstream.address() + `"}`
}

func fail(c running, times int) {
	for range times {
		c.get("/")
	}
}

func TestAnOpenCircuitAnswersAtOnceAndAsksNobody(t *testing.T) {
	clock, bot, service := since(t, "bots"), serverOf(t), serverOf(t)
	c := caddyWith(t, bots(service, "30s", bot))
	bot.status.Store(503)
	fail(c, 5)
	clock.pass(8500 * time.Millisecond)
	answer := c.get("/")
	if answer.code != 503 || answer.header.Get("Retry-After") != "22" || answer.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", answer.code, answer.header)
	}
	if posted := c.ask(http.MethodPost, "/", "text"); posted.code != 503 || posted.header.Get("Retry-After") != "22" {
		t.Errorf("%d %v", posted.code, posted.header)
	}
	if answer.took > 90*time.Millisecond {
		t.Errorf("it took %s", answer.took)
	}
	if bot.asked.Load() != 5 || service.asked.Load() != 0 {
		t.Errorf("asked are %d and %d", bot.asked.Load(), service.asked.Load())
	}
	if is := c.metric(state(bot)); is != "1" {
		t.Errorf("the metric says %q", is)
	}
}

func TestACircuitClosesAfterThreeHaveSucceeded(t *testing.T) {
	clock, bot, service := since(t, "bots"), serverOf(t), serverOf(t)
	c := caddyWith(t, bots(service, "30s", bot))
	bot.status.Store(502)
	fail(c, 5)
	clock.pass(30 * time.Second)
	if is := c.metric(state(bot)); is != "2" {
		t.Errorf("the metric says %q", is)
	}
	c.get("/")
	if is := c.metric(state(bot)); is != "1" {
		t.Errorf("after a failure the metric says %q", is)
	}
	bot.status.Store(200)
	clock.pass(30 * time.Second)
	for range 3 {
		if answer := c.get("/"); answer.code != 200 {
			t.Errorf("%d", answer.code)
		}
	}
	if is := c.metric(state(bot)); is != "0" {
		t.Errorf("the metric says %q", is)
	}
	for to, times := range map[string]string{"open": "2", "half_open": "2", "closed": "1"} {
		series := `generalbots_edge_circuit_transitions_total{name="bots",to="` + to + `",upstream="` + bot.address() + `"}`
		if is := c.metric(series); is != times {
			t.Errorf("to %s: %q", to, is)
		}
	}
}

func TestAnotherBotServerIsAskedAtOnceInPlaceOfOneWithAnOpenCircuit(t *testing.T) {
	since(t, "bots")
	bad, good, service := serverOf(t), serverOf(t), serverOf(t)
	c := caddyWith(t, bots(service, "30s", bad, good))
	bad.status.Store(504)
	fail(c, 10)
	before := bad.asked.Load()
	for range 20 {
		if answer := c.get("/"); answer.code != 200 || answer.took > 90*time.Millisecond {
			t.Errorf("%d after %s", answer.code, answer.took)
		}
	}
	if before != 5 || bad.asked.Load() != 5 || service.asked.Load() != 0 {
		t.Errorf("asked are %d, then %d and %d", before, bad.asked.Load(), service.asked.Load())
	}
}

func TestConnectionsThatBreakOpenACircuit(t *testing.T) {
	since(t, "bots")
	bot, service := serverOf(t), serverOf(t)
	c := caddyWith(t, strings.Replace(bots(service, "30s", bot), "fail_duration 1s", "", 1))
	bot.status.Store(-1)
	for range 5 {
		if answer := c.ask(http.MethodPost, "/", "text"); answer.code != 502 {
			t.Errorf("%d", answer.code)
		}
	}
	if is := c.metric(state(bot)); is != "1" {
		t.Errorf("the metric says %q", is)
	}
}

func TestWhatIsNoFailureOpensNoCircuit(t *testing.T) {
	since(t, "bots")
	bot, service := serverOf(t), serverOf(t)
	c := caddyWith(t, bots(service, "30s", bot))
	for _, status := range []int64{500, 501, 404, 429} {
		bot.status.Store(status)
		fail(c, 10)
	}
	bot.status.Store(200)
	for range 10 {
		gone(t, c, "GET /slow HTTP/1.1\r\nHost: "+c.host+"\r\n\r\n", bot)
		gone(t, c, "POST / HTTP/1.1\r\nHost: "+c.host+"\r\nContent-Length: 100000\r\n\r\n"+half, bot)
	}
	if is := c.metric(state(bot)); is != "0" {
		t.Errorf("the metric says %q", is)
	}
	if service.asked.Load() != 0 {
		t.Error("it is left out")
	}
}

// half is as much of a body as goes on at once.
var half = strings.Repeat("half", 10_000)

// gone is a client that goes away in the middle.
func gone(t *testing.T, c running, says string, bot *server) {
	t.Helper()
	before := bot.asked.Load()
	connection, err := net.Dial("tcp", c.host)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(connection, says)
	reached(t, func() bool { return bot.asked.Load() > before })
	_ = connection.Close()
}

// A body that does not come as a whole: a bot server that ends such a request is not to blame.
func TestWhoSendsHalfOpensNoCircuit(t *testing.T) {
	since(t, "bots")
	bot, service := serverOf(t), serverOf(t)
	c := caddyWith(t, bots(service, "30s", bot))
	bot.status.Store(-1)
	for range 10 {
		before := bot.asked.Load()
		connection, err := net.Dial("tcp", c.host)
		if err != nil {
			t.Fatal(err)
		}
		_ = connection.SetDeadline(time.Now().Add(5 * time.Second))
		_, _ = io.WriteString(connection, "POST / HTTP/1.1\r\nHost: "+c.host+"\r\nContent-Length: 100000000\r\n\r\n"+half)
		reached(t, func() bool { return bot.asked.Load() > before })
		_, _ = io.WriteString(connection, half)
		line, _ := bufio.NewReader(connection).ReadString('\n')
		if !strings.Contains(line, " 502 ") {
			t.Errorf("it is answered %q", line)
		}
		_ = connection.Close()
	}
	if is := c.metric(state(bot)); is != "0" || service.asked.Load() != 0 {
		t.Errorf("the metric says %q, or it is left out", is)
	}
}

func TestWebsocketsAreSuccessesWhateverBecomesOfThem(t *testing.T) {
	clock, bot, service := since(t, "bots"), serverOf(t), serverOf(t)
	c := caddyWith(t, bots(service, "30s", bot))
	bot.status.Store(503)
	fail(c, 5)
	bot.status.Store(200)
	clock.pass(30 * time.Second)
	for range 10 {
		connection, err := net.Dial("tcp", c.host)
		if err != nil {
			t.Fatal(err)
		}
		_ = connection.SetDeadline(time.Now().Add(5 * time.Second))
		_, _ = io.WriteString(connection, "GET /ws HTTP/1.1\r\nHost: "+c.host+"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
		said, _ := io.ReadAll(connection)
		if !strings.Contains(string(said), "101 Switching") {
			t.Errorf("it is answered %q", said)
		}
		_ = connection.Close()
	}
	if is := c.metric(state(bot)); is != "0" {
		t.Errorf("the metric says %q", is)
	}
}

// A bot server that is away for a moment: nothing was sent, and the Service is the last resort as ever.
func TestWhoCannotBeReachedIsLeftToTheService(t *testing.T) {
	since(t, "bots")
	bot, service := serverOf(t), serverOf(t)
	c := caddyWith(t, bots(service, "30s", bot))
	bot.Close()
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if answer := c.get("/"); answer.code != 200 {
				t.Errorf("%d", answer.code)
			}
		})
	}
	all.Wait()
	if is := c.metric(state(bot)); is != "0" {
		t.Errorf("the metric says %q", is)
	}
}

// services is what the operator writes before a Service.
func services(service *server, patience string) string {
	return fmt.Sprintf(`
	reverse_proxy %s {
		lb_policy circuit files {
			threshold 5
			timeout 30s
			half_open 3
			patience %s
			failing 502 504
			policy first
		}
		lb_try_duration 5s
		lb_try_interval 100ms
		transport circuit {
			dial_timeout 2s
		}
	}`, service.address(), patience)
}

// Nobody waits for what is known to be away: the first to come wait in vain, the others are told at once.
func TestAServiceThatIsAwayIsLeftAloneOnceThePatienceIsOver(t *testing.T) {
	service := serverOf(t)
	c := caddyWith(t, services(service, "300ms"))
	service.Close()
	first := c.get("/")
	if first.code != 503 || first.took < 300*time.Millisecond || first.took > 3*time.Second {
		t.Errorf("the first: %d after %s", first.code, first.took)
	}
	next := c.get("/")
	if next.code != 503 || next.header.Get("Retry-After") == "" || next.took > 50*time.Millisecond {
		t.Errorf("the next: %d after %s, Retry-After %q", next.code, next.took, next.header.Get("Retry-After"))
	}
}

// Bot servers are many, and one that is not reached is no failure; the Service in their place is the only one there is.
func TestPatienceMayBeForOneAddressAlone(t *testing.T) {
	bot, service := serverOf(t), serverOf(t)
	routes := func(upstream *server) string {
		return strings.Replace(services(upstream, "300ms "+service.address()), "circuit files", "circuit alone", 1)
	}
	c := caddyWith(t, routes(bot))
	bot.Close()
	if answer := c.get("/"); answer.code != 502 || answer.took < 4*time.Second {
		t.Errorf("a bot server: %d after %s", answer.code, answer.took)
	}
	service.Close()
	c.load(routes(service))
	if answer := c.get("/"); answer.code != 503 || answer.took > 3*time.Second {
		t.Errorf("the Service: %d after %s", answer.code, answer.took)
	}
}

func TestAnAnswerThatConcernsOneAloneOpensNoCircuit(t *testing.T) {
	since(t, "files")
	service := serverOf(t)
	c := caddyWith(t, services(service, "5s"))
	service.status.Store(503)
	fail(c, 20)
	service.status.Store(200)
	if answer := c.get("/"); answer.code != 200 {
		t.Errorf("%d", answer.code)
	}
	service.status.Store(502)
	fail(c, 5)
	service.status.Store(200)
	if answer := c.get("/"); answer.code != 503 {
		t.Errorf("%d with an open circuit", answer.code)
	}
}

func TestAReloadClosesNoCircuit(t *testing.T) {
	clock, bot, service := since(t, "bots"), serverOf(t), serverOf(t)
	c := caddyWith(t, bots(service, "30s", bot))
	bot.status.Store(503)
	fail(c, 5)
	asked := bot.asked.Load()
	for _, timeout := range []string{"40s", "50s"} {
		c.load(bots(service, timeout, bot))
	}
	if answer := c.get("/"); answer.code != 503 || answer.header.Get("Retry-After") != "50" || bot.asked.Load() != asked {
		t.Errorf("%d %v", answer.code, answer.header)
	}
	if is := c.metric(state(bot)); is != "1" {
		t.Errorf("the metric says %q", is)
	}
	if uses, _ := circuits.References("bots"); uses != 2 {
		t.Errorf("%d hold them", uses)
	}
	clock.pass(50 * time.Second)
	bot.status.Store(200)
	if answer := c.get("/"); answer.code != 200 {
		t.Errorf("%d", answer.code)
	}
	if err := caddy.Stop(); err != nil {
		t.Fatal(err)
	}
	if uses, _ := circuits.References("bots"); uses != 1 {
		t.Errorf("%d hold them", uses)
	}
}

// Many come in the very moment in which three may try.
func TestNoMoreThanThreeTryAtATime(t *testing.T) {
	clock, service := since(t, "bots"), serverOf(t)
	var tried atomic.Int64
	others := make(chan struct{})
	bot := &server{Server: httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/fail" {
			w.WriteHeader(503)
		} else if r.URL.Path == "/slow" {
			tried.Add(1)
			<-others
		}
	}))}
	t.Cleanup(bot.Close)
	c := caddyWith(t, bots(service, "30s", bot))
	for range 5 {
		c.get("/fail")
	}
	clock.pass(30 * time.Second)
	var refused atomic.Int64
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			answer := c.get("/slow")
			if answer.code == 503 && answer.header.Get("Retry-After") == "1" && refused.Add(1) == 37 {
				close(others)
			}
		})
	}
	all.Wait()
	if tried.Load() != 3 || service.asked.Load() != 0 {
		t.Errorf("%d tried", tried.Load())
	}
	if is := c.metric(state(bot)); is != "0" {
		t.Errorf("the metric says %q", is)
	}
}

// A bot server that never answers: those who wait for it hold their places, and going away gives them back.
func TestWhoGoesAwayGivesItsPlaceBack(t *testing.T) {
	clock, bot, service := since(t, "bots"), serverOf(t), serverOf(t)
	c := caddyWith(t, bots(service, "30s", bot))
	bot.status.Store(503)
	fail(c, 5)
	clock.pass(30 * time.Second)
	bot.status.Store(200)
	for range 6 {
		ctx, cancel := context.WithCancel(context.Background())
		before := bot.asked.Load()
		request, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.host+"/slow", nil)
		ended := make(chan struct{})
		go func() { _, _ = http.DefaultClient.Do(request); close(ended) }()
		reached(t, func() bool { return bot.asked.Load() > before })
		cancel()
		<-ended
	}
}

func reached(t *testing.T, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never comes to that")
		}
	}
}
