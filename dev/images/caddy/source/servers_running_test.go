package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime/pprof"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
)

// host is a bot server whose websockets stay open, and that counts how often it was asked for its health.
type host struct {
	*httptest.Server
	asked  atomic.Int64
	checks atomic.Int64
	sick   atomic.Bool
	kept   atomic.Int64 // connections
	ends   chan struct{}
	once   sync.Once
}

func hostOf(t *testing.T) *host {
	t.Helper()
	p := &host{ends: make(chan struct{})}
	p.Server = httptest.NewUnstartedServer(p)
	inner := p.Config.ConnState
	p.Config.ConnState = func(of net.Conn, is http.ConnState) {
		switch is {
		case http.StateNew:
			p.kept.Add(1)
		case http.StateClosed, http.StateHijacked:
			p.kept.Add(-1)
		}
		if inner != nil {
			inner(of, is)
		}
	}
	p.Start()
	t.Cleanup(func() { p.end(); p.Close() })
	return p
}

// end ends its websockets.
func (p *host) end() { p.once.Do(func() { close(p.ends) }) }

func (p *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/api/health":
		p.checks.Add(1)
		if p.sick.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		return
	case r.Header.Get("Upgrade") != "":
		held, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(held, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
		<-p.ends
		_ = held.Close()
		return
	}
	p.asked.Add(1)
	_, _ = io.Copy(io.Discard, r.Body)
	_, _ = io.WriteString(w, p.address())
}

func (p *host) address() string { return p.Listener.Addr().String() }

func addressesOf(all []*host) (addresses []string) {
	for _, one := range all {
		addresses = append(addresses, one.address())
	}
	return addresses
}

// followed is what the operator writes before bot servers that a file names.
func followed(file, service, interval, remark string) string {
	route := func(policy string) string {
		return fmt.Sprintf(`
		reverse_proxy {
			dynamic servers %s {
				otherwise %s
				health_uri /api/health
				health_interval %s
				health_timeout 6s
			}
			lb_policy circuit bots {
				threshold 5
				timeout 30s
				half_open 3
				policy %s
			}
			lb_retries 2
			lb_try_duration 5s
			lb_try_interval 100ms
			fail_duration 30s
			stream_close_delay 720h
			transport circuit {
				dial_timeout 2s
				keepalive 1s
			}
		}`, file, service, interval, policy)
	}
	return fmt.Sprintf(`
	measure bots
	handle /remark {
		respond "%s"
	}
	handle /ws* {%s
	}
	handle {%s
	}
	handle_errors {
		@unsent expression `+"`{err.status_code} == 503 || {err.message}.startsWith(\"dial tcp \")`"+`
		handle @unsent {
			reverse_proxy %s {
				lb_try_duration 5s
				lb_try_interval 100ms
			}
		}
	}`, remark, route("cookie lb secret"), route("round_robin"), service)
}

// force waits until a file of servers is in force.
func (c running) force(p *projected, revision string) {
	c.t.Helper()
	series := fmt.Sprintf(`generalbots_edge_servers_info{file="%s",revision="%s"}`, p.file(), revision)
	reached(c.t, func() bool { return c.metric(series) == "1" })
}

func (c running) answers(p *projected, well *host, as string) {
	c.t.Helper()
	series := fmt.Sprintf(`generalbots_edge_server_up{file="%s",upstream="%s"}`, p.file(), well.address())
	reached(c.t, func() bool { return c.metric(series) == as })
}

// crowd are clients by HTTP/1.1 that keep their connections, which are idle most of the time.
type crowd struct {
	opened, answered, wrong atomic.Int64
	turns                   []atomic.Int64
	trouble                 atomic.Value
	stop                    atomic.Bool
	all                     sync.WaitGroup
}

func (c running) crowd(number int) *crowd {
	together := &crowd{turns: make([]atomic.Int64, number)}
	for i := range number {
		dialer := new(net.Dialer)
		client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				together.opened.Add(1)
				return dialer.DialContext(ctx, network, address)
			},
		}}
		together.all.Go(func() {
			defer client.CloseIdleConnections()
			for turn := i; !together.stop.Load(); turn++ {
				together.ask(client, "http://"+c.host+"/any", turn)
				together.turns[i].Add(1)
				time.Sleep(idleFor)
			}
		})
	}
	return together
}

const idleFor = 50 * time.Millisecond

// ask is a GET or a POST; the latter nobody on the way may repeat.
func (c *crowd) ask(client *http.Client, url string, turn int) {
	request, _ := http.NewRequest(http.MethodGet, url, nil)
	if turn%2 > 0 {
		request, _ = http.NewRequest(http.MethodPost, url, strings.NewReader("something"))
	}
	answer, err := client.Do(request)
	if err != nil {
		c.trouble.Store(err.Error())
		c.wrong.Add(1)
		return
	}
	defer func() { _ = answer.Body.Close() }()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != http.StatusOK {
		c.trouble.Store(fmt.Sprintf("%d %v", answer.StatusCode, err))
		c.wrong.Add(1)
	}
	c.answered.Add(1)
}

// goOn waits until each has begun and ended another request: no server was chosen before any more.
func (c *crowd) goOn(t *testing.T) {
	t.Helper()
	before := make([]int64, len(c.turns))
	for i := range c.turns {
		before[i] = c.turns[i].Load()
	}
	for i := range c.turns {
		reached(t, func() bool { return c.turns[i].Load() > before[i]+1 })
	}
}

// end is when all have had their answers.
func (c *crowd) end() {
	c.stop.Store(true)
	c.all.Wait()
}

// leave is what a bot server does that was told to end.
func (p *host) leave(t *testing.T) {
	t.Helper()
	patience, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := p.Config.Shutdown(patience); err != nil {
		t.Error(err)
	}
}

// One bot server, then five, then one again, and some more: nobody's connection ends, nobody has to ask again, and who
// has left gets nothing more and may go.
func TestBotServersComeAndGoAndNoConnectionOfAClientEnds(t *testing.T) {
	service, folder := hostOf(t), projectedIn(t)
	stays := hostOf(t)
	revision := folder.name(stays.address())
	c := caddyWith(t, followed(folder.file(), service.address(), "50ms", ""))
	c.force(folder, revision)
	const clients = 200
	crowd := c.crowd(clients)
	for range 2 {
		all := []*host{stays}
		for range 4 {
			all = append(all, hostOf(t))
			c.force(folder, folder.name(addressesOf(all)...))
		}
		latest := all[4]
		reached(t, func() bool { return latest.asked.Load() > 20 })
		for left := 4; left > 0; left-- {
			c.force(folder, folder.name(addressesOf(all[:left])...))
		}
		crowd.goOn(t)
		for _, gone := range all[1:] {
			gone.leave(t)
		}
	}
	crowd.end()
	if opened, wrong := crowd.opened.Load(), crowd.wrong.Load(); opened != clients || wrong != 0 {
		t.Errorf("%d connections were opened, %d of %d requests went wrong: %v",
			opened, wrong, crowd.answered.Load(), crowd.trouble.Load())
	}
	if service.asked.Load() != 0 {
		t.Errorf("the Service was asked %d times", service.asked.Load())
	}
	t.Logf("%d requests on %d connections", crowd.answered.Load(), crowd.opened.Load())
}

// A reload closes connections that are idle, which is why none is made: if it did not, this test would prove nothing.
func TestAReloadEndsConnectionsThatAChangeOfTheFileDoesNot(t *testing.T) {
	service, folder, bot := hostOf(t), projectedIn(t), hostOf(t)
	revision := folder.name(bot.address())
	c := caddyWith(t, followed(folder.file(), service.address(), "1h", ""))
	c.force(folder, revision)
	opened := new(crowd)
	client := &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			opened.opened.Add(1)
			return new(net.Dialer).DialContext(ctx, network, address)
		},
	}}
	defer client.CloseIdleConnections()
	opened.ask(client, "http://"+c.host+"/any", 0)
	c.force(folder, folder.name(bot.address(), hostOf(t).address()))
	opened.ask(client, "http://"+c.host+"/any", 0)
	if opened.opened.Load() != 1 {
		t.Error("a change of the file has ended a connection")
	}
	c.load(followed(folder.file(), service.address(), "1h", "again"))
	opened.ask(client, "http://"+c.host+"/any", 0)
	if opened.opened.Load() == 1 && opened.wrong.Load() == 0 {
		t.Error("a reload ends none")
	}
}

func TestAWebsocketStaysAndIsCountedWhenItsServerHasLeftTheFile(t *testing.T) {
	service, folder, one, two := hostOf(t), projectedIn(t), hostOf(t), hostOf(t)
	revision := folder.name(one.address())
	c := caddyWith(t, followed(folder.file(), service.address(), "50ms", ""))
	c.force(folder, revision)
	opened := upgrading(t, c.host)
	defer func() { _ = opened.Close() }()
	open := fmt.Sprintf(`generalbots_edge_upstream_open{upstream="%s"}`, one.address())
	reached(t, func() bool { return c.metric(open) == "1" })
	c.force(folder, folder.name(one.address(), two.address()))
	if c.metric(open) != "1" {
		t.Errorf("%s are open", c.metric(open))
	}
	c.force(folder, folder.name(two.address()))
	if c.metric(open) != "1" {
		t.Errorf("%s are open", c.metric(open))
	}
	c.load(followed(folder.file(), service.address(), "50ms", "again"))
	if c.metric(open) != "1" {
		t.Errorf("%s are open", c.metric(open))
	}
	_ = opened.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
	if _, err := opened.Read(make([]byte, 1)); err == nil || !err.(net.Error).Timeout() {
		t.Errorf("it has ended: %v", err)
	}
	_ = opened.Close()
	one.end()
	reached(t, func() bool { return c.metric(open) == "0" })
}

// A pod that drains waits for its last connection: one that a gateway keeps for nothing would hold it up.
func TestNoConnectionIsKeptToAServerThatHasLeftTheFile(t *testing.T) {
	service, folder, one, two := hostOf(t), projectedIn(t), hostOf(t), hostOf(t)
	revision := folder.name(one.address())
	c := caddyWith(t, followed(folder.file(), service.address(), "50ms", ""))
	c.force(folder, revision)
	c.get("/")
	if one.kept.Load() == 0 {
		t.Error("none is kept at all")
	}
	c.force(folder, folder.name(two.address()))
	reached(t, func() bool { return one.kept.Load() == 0 })
}

// Its name is its address, in a file as in a configuration: who has a cookie of before stays where it is.
func TestASessionStaysWithItsServerByTheSameCookieAsEver(t *testing.T) {
	service, folder := hostOf(t), projectedIn(t)
	all := []*host{hostOf(t), hostOf(t), hostOf(t)}
	revision := folder.name(addressesOf(all)...)
	c := caddyWith(t, followed(folder.file(), service.address(), "1h", ""))
	c.force(folder, revision)
	for _, bot := range all {
		code := hmac.New(sha256.New, []byte("secret"))
		code.Write([]byte(bot.address()))
		request, _ := http.NewRequest(http.MethodGet, "http://"+c.host+"/ws", nil)
		request.AddCookie(&http.Cookie{Name: "lb", Value: hex.EncodeToString(code.Sum(nil))})
		for range 5 {
			answer, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := io.ReadAll(answer.Body)
			_ = answer.Body.Close()
			if string(text) != bot.address() || len(answer.Cookies()) != 0 {
				t.Errorf("%s instead of %s, %v", text, bot.address(), answer.Cookies())
			}
		}
	}
}

func TestWhoIsNotWellIsLeftOutUntilItIs(t *testing.T) {
	service, folder, one, two := hostOf(t), projectedIn(t), hostOf(t), hostOf(t)
	revision := folder.name(one.address(), two.address())
	c := caddyWith(t, followed(folder.file(), service.address(), "20ms", ""))
	c.force(folder, revision)
	one.sick.Store(true)
	c.answers(folder, one, "0")
	before := one.asked.Load()
	for range 10 {
		if answer := c.get("/"); answer.code != 200 || answer.body != two.address() {
			t.Errorf("%d %s", answer.code, answer.body)
		}
	}
	if one.asked.Load() != before {
		t.Error("it is asked all the same")
	}
	c.load(followed(folder.file(), service.address(), "20ms", "again"))
	c.answers(folder, one, "0")
	one.sick.Store(false)
	c.answers(folder, one, "1")
	reached(t, func() bool { return c.get("/").body == one.address() })
}

func TestIfNoneIsWellAllAreAsked(t *testing.T) {
	service, folder, one, two := hostOf(t), projectedIn(t), hostOf(t), hostOf(t)
	one.sick.Store(true)
	two.sick.Store(true)
	folder.name(one.address(), two.address())
	c := caddyWith(t, followed(folder.file(), service.address(), "20ms", ""))
	c.answers(folder, one, "0")
	c.answers(folder, two, "0")
	for range 10 {
		if answer := c.get("/"); answer.code != 200 {
			t.Errorf("%d", answer.code)
		}
	}
	if one.asked.Load() == 0 || two.asked.Load() == 0 || service.asked.Load() != 0 {
		t.Errorf("%d %d %d", one.asked.Load(), two.asked.Load(), service.asked.Load())
	}
}

func TestWithoutAServerTheServiceIsAsked(t *testing.T) {
	service, folder, bot := hostOf(t), projectedIn(t), hostOf(t)
	c := caddyWith(t, followed(folder.file(), service.address(), "20ms", ""))
	asks := func(whom *host) {
		t.Helper()
		for _, path := range []string{"/", "/ws"} {
			if answer := c.get(path); answer.code != 200 || answer.body != whom.address() {
				t.Errorf("%s: %d %s", path, answer.code, answer.body)
			}
		}
	}
	asks(service)
	c.force(folder, folder.name())
	asks(service)
	c.force(folder, folder.name(bot.address()))
	asks(bot)
	c.force(folder, folder.name())
	asks(service)
}

// All that the file names are away, and it does not know of another one yet.
func TestIfNobodyCanBeReachedTheServiceIsAsked(t *testing.T) {
	service, folder, away := hostOf(t), projectedIn(t), vacant(t)
	revision := folder.name(away)
	c := caddyWith(t, followed(folder.file(), service.address(), "20ms", ""))
	c.force(folder, revision)
	for range 5 {
		if answer := c.ask(http.MethodPost, "/", "text"); answer.code != 200 || answer.body != service.address() {
			t.Errorf("%d %s", answer.code, answer.body)
		}
	}
}

// The Service has nobody for a moment: whoever comes then waits for it, as long as it takes to try again.
func TestAServiceThatComesBackIsFoundWhileTheFileIsEmpty(t *testing.T) {
	folder, away := projectedIn(t), vacant(t)
	revision := folder.name()
	c := caddyWith(t, followed(folder.file(), away, "20ms", ""))
	c.force(folder, revision)
	if answer := c.get("/"); answer.code != http.StatusBadGateway {
		t.Errorf("%d", answer.code)
	}
	listener, err := net.Listen("tcp", away)
	if err != nil {
		t.Fatal(err)
	}
	back := &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})}
	go func() { _ = back.Serve(listener) }()
	t.Cleanup(func() { _ = back.Close() })
	if answer := c.get("/"); answer.code != http.StatusOK {
		t.Errorf("%d", answer.code)
	}
}

func TestAFileThatCannotBeReadChangesNothing(t *testing.T) {
	service, folder, bot := hostOf(t), projectedIn(t), hostOf(t)
	revision := folder.name(bot.address())
	c := caddyWith(t, followed(folder.file(), service.address(), "1h", ""))
	c.force(folder, revision)
	for _, text := range []string{"", "# revision 0123456789ab\nnonsense\n", bot.address() + "\n"} {
		folder.write(text)
		for range 5 {
			if answer := c.get("/"); answer.body != bot.address() {
				t.Errorf("%q: %d %s", text, answer.code, answer.body)
			}
		}
		c.force(folder, revision)
	}
	c.load(followed(folder.file(), service.address(), "1h", "again"))
	c.force(folder, revision)
	c.force(folder, folder.name(bot.address(), service.address()))
}

// Two routes lead to it, and a reload makes four for a moment: one question all the same.
func TestAServerIsAskedForItsHealthOnceForAllRoutes(t *testing.T) {
	service, folder, bot, other := hostOf(t), projectedIn(t), hostOf(t), hostOf(t)
	revision := folder.name(bot.address())
	c := caddyWith(t, followed(folder.file(), service.address(), "1h", ""))
	c.force(folder, revision)
	reached(t, func() bool { return bot.checks.Load() > 0 })
	c.load(followed(folder.file(), service.address(), "1h", "again"))
	c.force(folder, folder.name(bot.address(), other.address()))
	reached(t, func() bool { return other.checks.Load() > 0 })
	if bot.checks.Load() != 1 || other.checks.Load() != 1 {
		t.Errorf("%d %d", bot.checks.Load(), other.checks.Load())
	}
}

func TestWhoHasLeftTheFileIsAskedForItsHealthNoMore(t *testing.T) {
	service, folder, stays, leaves := hostOf(t), projectedIn(t), hostOf(t), hostOf(t)
	revision := folder.name(stays.address(), leaves.address())
	c := caddyWith(t, followed(folder.file(), service.address(), "10ms", ""))
	c.force(folder, revision)
	reached(t, func() bool { return leaves.checks.Load() > 1 })
	c.force(folder, folder.name(stays.address()))
	after, meanwhile := leaves.checks.Load(), stays.checks.Load()
	reached(t, func() bool { return stays.checks.Load() > meanwhile+10 })
	if leaves.checks.Load() > after+1 { // one may have been under way
		t.Errorf("%d times", leaves.checks.Load()-after)
	}
}

func TestNothingIsLeftRunningWhenCaddyStops(t *testing.T) {
	service, folder, bot := hostOf(t), projectedIn(t), hostOf(t)
	revision := folder.name(bot.address())
	c := caddyWith(t, followed(folder.file(), service.address(), "20ms", ""))
	c.force(folder, revision)
	if !strings.Contains(goroutines(t), "(*roll).follow") || !strings.Contains(goroutines(t), "(*roll).check") {
		t.Error("this test looks for something else")
	}
	if err := caddy.Stop(); err != nil {
		t.Fatal(err)
	}
	if left := goroutines(t); strings.Contains(left, "(*roll)") || strings.Contains(left, "fsnotify") {
		t.Error(left)
	}
}

func goroutines(t *testing.T) string {
	t.Helper()
	var text bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&text, 1); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
