package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
)

// listening is a server that speaks to each connection by this function.
func listening(t *testing.T, speak func(net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = connection.Close() }()
				speak(connection)
			}()
		}
	}()
	return listener.Addr().String()
}

const wantsPassword = "R\x00\x00\x00\x17\x00\x00\x00\nSCRAM-SHA-256\x00\x00"

// databaseThat answers a start with this, in the clear.
func databaseThat(t *testing.T, says string) string {
	return listening(t, func(c net.Conn) { startedWith(c, c, "N", says) })
}

func startedWith(c net.Conn, then io.ReadWriter, secured, says string) {
	_, _ = io.ReadFull(c, make([]byte, 8))
	_, _ = io.WriteString(c, secured)
	head := make([]byte, 8)
	if _, err := io.ReadFull(then, head); err == nil {
		_, _ = io.ReadFull(then, make([]byte, int(head[3])-8))
		_, _ = io.WriteString(then, says)
	}
}

func problem(code, text string) string {
	said := "SFATAL\x00C" + code + "\x00M" + text + "\x00\x00"
	return "E\x00\x00\x00" + string(rune(len(said)+4)) + said
}

// cacheThat answers every command with this.
func cacheThat(t *testing.T, says ...string) string {
	return listening(t, func(c net.Conn) { commandsOf(c, says) })
}

func commandsOf(c io.ReadWriter, says []string) {
	lines := bufio.NewScanner(c)
	for said := 0; lines.Scan(); {
		if regexp.MustCompile(`^(AUTH|PING)$`).MatchString(lines.Text()) {
			_, _ = io.WriteString(c, says[min(said, len(says)-1)]+"\r\n")
			said++
		}
	}
}

func webThat(t *testing.T, status int) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(status) }))
	t.Cleanup(s.Close)
	return s.URL
}

func neverAnswering(t *testing.T) string {
	t.Helper()
	over := make(chan struct{})
	t.Cleanup(func() { close(over) })
	return listening(t, func(net.Conn) { <-over })
}

// asksFor is the site of a bot host.
func asksFor(database, cache, vectordb, llm string) string {
	return fmt.Sprintf(`
	@health path /health
	handle @health {
		health {
			version 6.1.0
			database %s
			cache %s
			vectordb %s
			llm %s
		}
	}
	handle {
		respond "the bot server's" 200
	}`, database, cache, vectordb, llm)
}

func shapeOf(t *testing.T, body string) told {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.DisallowUnknownFields()
	var said told
	if err := decoder.Decode(&said); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return said
}

func TestHealthHasTheShapeThatIsAskedFor(t *testing.T) {
	c := caddyWith(t, asksFor(databaseThat(t, wantsPassword), cacheThat(t, "+PONG"), webThat(t, 200), webThat(t, 401)))
	answer := c.get("/health")
	shape := `^\{"status":"healthy","version":"6\.1\.0","checks":\{"database":\{"status":"ok","latency_ms":\d+\},` +
		`"cache":\{"status":"ok","latency_ms":\d+\},"vectordb":\{"status":"ok","latency_ms":\d+\},` +
		`"llm":\{"status":"ok","latency_ms":\d+\}\}\}\n$`
	if !regexp.MustCompile(shape).MatchString(answer.body) || answer.code != 200 {
		t.Errorf("%d %s", answer.code, answer.body)
	}
	if answer.header.Get("Cache-Control") != "no-store" || answer.header.Get("Content-Type") != "application/json" {
		t.Errorf("%v", answer.header)
	}
	for _, latency := range []result{shapeOf(t, answer.body).Checks.Database, shapeOf(t, answer.body).Checks.LLM} {
		if latency.Latency < 1 || latency.Latency > 900 {
			t.Errorf("it says it took %d ms", latency.Latency)
		}
	}
	head := c.ask(http.MethodHead, "/health", "")
	if head.code != 200 || head.body != "" || head.header.Get("Content-Length") != fmt.Sprint(len(answer.body)) {
		t.Errorf("%d %v %q", head.code, head.header, head.body)
	}
}

func TestOtherMethodsAndPathsAreNotAnswered(t *testing.T) {
	c := caddyWith(t, asksFor(databaseThat(t, wantsPassword), cacheThat(t, "+PONG"), webThat(t, 200), webThat(t, 200)))
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"} {
		if answer := c.ask(method, "/health", ""); answer.code != 405 || answer.body != "" || answer.header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d %s", method, answer.code, answer.body)
		}
	}
	for _, path := range []string{"/health/x", "/api/health", "/healthz"} {
		if answer := c.get(path); answer.body != "the bot server's" {
			t.Errorf("%s: %s", path, answer.body)
		}
	}
}

func TestTheRuleOfHealth(t *testing.T) {
	none, away, ok := result{Status: StatusDisabled}, result{Status: StatusError}, result{Status: StatusOK}
	instead := result{Status: StatusFallback}
	for _, one := range []struct {
		report report
		status string
		code   int
	}{
		{report{ok, ok, ok, ok}, "healthy", 200},
		{report{ok, none, none, none}, "healthy", 200},
		{report{ok, away, ok, ok}, "degraded", 200},
		{report{ok, ok, away, ok}, "degraded", 200},
		{report{ok, ok, ok, away}, "degraded", 200},
		{report{ok, ok, ok, instead}, "degraded", 200},
		{report{ok, instead, none, none}, "degraded", 200},
		{report{away, ok, ok, ok}, "unhealthy", 503},
		{report{away, away, away, away}, "unhealthy", 503},
	} {
		if one.report.status() != one.status || one.report.code() != one.code {
			t.Errorf("%v is %s", one.report, one.report.status())
		}
	}
}

// What each of them says when it is well, and when it is not.
func TestADependencyIsKnownByItsAnswer(t *testing.T) {
	gone := vacant(t)
	for name, one := range map[string]struct {
		ask  check
		well bool
	}{
		"a database that wants a password":    {(&Dependency{At: databaseThat(t, wantsPassword)}).database, true},
		"a database that lets nobody in":      {(&Dependency{At: databaseThat(t, problem("28000", "no entry"))}).database, true},
		"a database that starts":              {(&Dependency{At: databaseThat(t, problem("57P03", "starting up"))}).database, false},
		"a database that is full":             {(&Dependency{At: databaseThat(t, problem("53300", "C28000 clients"))}).database, false},
		"a pooler without a database":         {(&Dependency{At: databaseThat(t, problem("08P01", "login has been failing"))}).database, false},
		"a database that hangs up":            {(&Dependency{At: databaseThat(t, "")}).database, false},
		"a database that says too much":       {(&Dependency{At: databaseThat(t, "R\x7f\xff\xff\xffmuch")}).database, false},
		"a database that says nothing":        {(&Dependency{At: databaseThat(t, "R\x00\x00\x00\x00")}).database, false},
		"a web server for a database":         {(&Dependency{At: strings.TrimPrefix(webThat(t, 200), "http://")}).database, false},
		"a database that is away":             {(&Dependency{At: gone}).database, false},
		"a database that never answers":       {(&Dependency{At: neverAnswering(t)}).database, false},
		"a cache that answers":                {(&Dependency{At: cacheThat(t, "+PONG")}).cache, true},
		"a cache that wants a password":       {(&Dependency{At: cacheThat(t, "-NOAUTH Authentication required.")}).cache, true},
		"a cache that loads":                  {(&Dependency{At: cacheThat(t, "-LOADING Redis is loading")}).cache, false},
		"a cache that says something else":    {(&Dependency{At: cacheThat(t, "+OK")}).cache, false},
		"a cache that never ends its line":    {(&Dependency{At: cacheThat(t, "+PONG"+strings.Repeat("x", 9000))}).cache, false},
		"a cache that is away":                {(&Dependency{At: gone}).cache, false},
		"a cache that never answers":          {(&Dependency{At: neverAnswering(t)}).cache, false},
		"vectors that are ready":              {(&Dependency{At: webThat(t, 200)}).vectors, true},
		"vectors that are not":                {(&Dependency{At: webThat(t, 503)}).vectors, false},
		"vectors that are elsewhere":          {(&Dependency{At: webThat(t, 404)}).vectors, false},
		"vectors that are away":               {(&Dependency{At: "http://" + gone}).vectors, false},
		"vectors that never answer":           {(&Dependency{At: "http://" + neverAnswering(t)}).vectors, false},
		"language models that want a key":     {(&Dependency{At: webThat(t, 401)}).models, true},
		"language models that lead elsewhere": {(&Dependency{At: webThat(t, 302)}).models, true},
		"language models that fail":           {(&Dependency{At: webThat(t, 502)}).models, false},
		"language models that are away":       {(&Dependency{At: "http://" + gone}).models, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			if found := measured(one.ask); (found.Status == StatusOK) != one.well {
				t.Errorf("it is %s", found.Status)
			}
			if took := time.Since(began); took > 1500*time.Millisecond {
				t.Errorf("it took %s", took)
			}
		})
	}
}

// A PgBouncer of somebody's, before a database that is there: DATABASE is its address.
func TestARealDatabaseAnswers(t *testing.T) {
	address := os.Getenv("DATABASE")
	if address == "" {
		t.Skip("there is none")
	}
	if found := measured((&Dependency{At: address}).database); found.Status != StatusOK {
		t.Errorf("it is %v", found)
	}
}

func TestOverTLS(t *testing.T) {
	web := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(web.Close)
	folder := t.TempDir()
	authority, password := filepath.Join(folder, "ca.crt"), filepath.Join(folder, "password")
	signed := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw})
	if errors.Join(os.WriteFile(authority, signed, 0o600), os.WriteFile(password, []byte("secret\n"), 0o600)) != nil {
		t.Fatal("no files")
	}
	var heard atomic.Value
	cache := listening(t, func(c net.Conn) {
		secured := tls.Server(c, web.TLS)
		var said strings.Builder
		commandsOf(struct {
			io.Reader
			io.Writer
		}{io.TeeReader(secured, &said), secured}, []string{"+OK", "+PONG"})
		if strings.Contains(said.String(), "AUTH") {
			heard.Store(said.String())
		}
	})
	database := listening(t, func(c net.Conn) { startedWith(c, tls.Server(c, web.TLS), "S", wantsPassword) })
	for name, one := range map[string]struct {
		ask  check
		well bool
	}{
		"vectors":                                 {(&Dependency{At: web.URL, CA: authority}).vectors, true},
		"vectors that anybody signed":             {(&Dependency{At: web.URL}).vectors, true},
		"vectors that somebody else signed":       {(&Dependency{At: web.URL, CA: password}).vectors, false},
		"a database":                              {(&Dependency{At: database}).database, true},
		"a cache without a password":              {(&Dependency{At: cache, TLS: true}).cache, false},
		"a cache that nobody knows":               {(&Dependency{At: cache, TLS: true, User: "edge", PasswordFile: password}).cache, false},
		"a cache in the clear":                    {(&Dependency{At: cache}).cache, false},
		"a cache whose password is not there yet": {(&Dependency{At: cache, TLS: true, CA: authority, PasswordFile: folder}).cache, false},
		"a cache": {(&Dependency{At: cache, TLS: true, CA: authority, User: "edge", PasswordFile: password}).cache, true},
	} {
		if found := measured(one.ask); (found.Status == StatusOK) != one.well {
			t.Errorf("%s is %s", name, found.Status)
		}
	}
	reached(t, func() bool {
		said, _ := heard.Load().(string)
		return said == "*3\r\n$4\r\nAUTH\r\n$4\r\nedge\r\n$6\r\nsecret\r\n*1\r\n$4\r\nPING\r\n"
	})
}

func TestNothingInternalIsTold(t *testing.T) {
	address := databaseThat(t, problem("08P01", "no such host demo-postgres-rw"))
	for _, site := range []string{
		asksFor(address, cacheThat(t, "-ERR secret"), webThat(t, 500), "http://demo-llm.invalid/"),
		asksFor("demo-postgres.invalid:5432", vacant(t), "https://"+vacant(t), "http://"+vacant(t)),
	} {
		c := caddyWith(t, site)
		answer := c.get("/health")
		said := shapeOf(t, answer.body)
		if answer.code != 503 || said.Status != "unhealthy" || said.Checks.Database.Status != "error" || said.Checks.LLM.Status != "error" {
			t.Errorf("%d %s", answer.code, answer.body)
		}
		all := fmt.Sprint(answer.header, answer.body)
		if found := regexp.MustCompile(`demo|invalid|127\.0|secret|host|\d{5}`).FindString(strings.ReplaceAll(all, c.host, "")); found != "" {
			t.Errorf("it says %s in %s", found, all)
		}
		_ = caddy.Stop()
	}
}

func TestAnythingSlowIsNotWaitedForLonger(t *testing.T) {
	stuck := neverAnswering(t)
	c := caddyWith(t, asksFor(stuck, stuck, "http://"+stuck, "http://"+stuck))
	answer := c.get("/health")
	if answer.code != 503 || answer.took < 900*time.Millisecond || answer.took > 1800*time.Millisecond {
		t.Errorf("%d after %s", answer.code, answer.took)
	}
	if took := shapeOf(t, answer.body).Checks.Cache.Latency; took < 900 {
		t.Errorf("it says it took %d ms", took)
	}
}

func TestManyAskAndOneRoundIsMade(t *testing.T) {
	var rounds atomic.Int64
	database := listening(t, func(c net.Conn) {
		rounds.Add(1)
		time.Sleep(100 * time.Millisecond)
		startedWith(c, c, "N", wantsPassword)
	})
	site := asksFor(database, cacheThat(t, "+PONG"), webThat(t, 200), webThat(t, 200))
	c := caddyWith(t, site)
	var all sync.WaitGroup
	for range 200 {
		all.Go(func() {
			if answer := c.get("/health"); answer.code != 200 {
				t.Errorf("%d", answer.code)
			}
		})
	}
	all.Wait()
	c.load(site + "\n\thandle /more {\n\t\trespond 200\n\t}")
	c.get("/health")
	if rounds.Load() != 1 {
		t.Errorf("%d rounds are made", rounds.Load())
	}
}

func TestWhatIsToldIsNeverOlderThanTwoSeconds(t *testing.T) {
	clock := new(hand)
	var asked atomic.Int64
	r := newRounds(checks{database: func(context.Context) error { asked.Add(1); return nil }}, clock.now)
	for _, step := range []struct {
		passes time.Duration
		rounds int64
	}{{0, 1}, {1999 * time.Millisecond, 1}, {time.Millisecond, 2}, {time.Second, 2}, {time.Hour, 3}} {
		clock.pass(step.passes)
		if _, err := r.last(context.Background()); err != nil {
			t.Fatal(err)
		}
		if asked.Load() != step.rounds {
			t.Errorf("after %s more it was asked %d times", step.passes, asked.Load())
		}
	}
}

// However long it takes.
func TestNoRoundBeginsBeforeTheLastHasEnded(t *testing.T) {
	clock, over := new(hand), make(chan struct{})
	var asked atomic.Int64
	r := newRounds(checks{database: func(context.Context) error { asked.Add(1); <-over; return nil }}, clock.now)
	gone, leave := context.WithCancel(context.Background())
	leave()
	for range 5 {
		_, _ = r.last(gone)
		clock.pass(time.Hour)
	}
	reached(t, func() bool { return asked.Load() > 0 })
	close(over)
	if _, err := r.last(context.Background()); err != nil || asked.Load() > 2 {
		t.Errorf("it was asked %d times", asked.Load())
	}
}

// Who goes away does not take the round with it that others wait for.
func TestWhoGoesAwayEndsNoRound(t *testing.T) {
	over := make(chan struct{})
	r := newRounds(checks{database: func(context.Context) error { <-over; return nil }}, time.Now)
	gone, leave := context.WithCancel(context.Background())
	leave()
	if _, err := r.last(gone); err == nil {
		t.Error("it has waited")
	}
	close(over)
	if found, err := r.last(context.Background()); err != nil || found.Database.Status != StatusOK {
		t.Errorf("%v %v", found, err)
	}
}

func TestWhatStandsInIsTold(t *testing.T) {
	t.Cleanup(func() { llmState.Store(nil) })
	all := checks{llm: func(context.Context) error { return nil }}
	ask := func() result {
		found, err := newRounds(all, time.Now).last(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return found.LLM
	}
	for says, status := range map[string]string{"": StatusOK, StatusOK: StatusOK, StatusFallback: StatusFallback, StatusError: StatusError} {
		registerLLMState(func() string { return says })
		if found := ask(); found.Status != status {
			t.Errorf("%q is told as %s", says, found.Status)
		}
	}
	registerLLMState(func() string { return StatusOK })
	all.llm = func(context.Context) error { return errors.New("away") }
	if found := ask(); found.Status != StatusError {
		t.Errorf("what is away is told as %s", found.Status)
	}
}

func TestWhatIsNotThereIsDisabled(t *testing.T) {
	c := caddyWith(t, "\thandle /health {\n\t\thealth {\n\t\t\tversion 6.1.0\n\t\t\tdatabase "+databaseThat(t, wantsPassword)+"\n\t\t}\n\t}")
	answer := c.get("/health")
	if !strings.Contains(answer.body, `"cache":{"status":"disabled","latency_ms":0},"vectordb":{"status":"disabled","latency_ms":0}`) ||
		shapeOf(t, answer.body).Status != "healthy" {
		t.Errorf("%s", answer.body)
	}
}
