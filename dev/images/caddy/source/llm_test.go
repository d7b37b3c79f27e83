package main

import (
	"bufio"
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/prometheus/client_golang/prometheus"
)

const (
	greeting = `{"model":"gpt","messages":[{"role":"user","content":"hello"}]}`
	chatted  = "/v1/chat/completions"
)

// modelServer is one whose answers change, and that can be cut off and come back at its address.
type modelServer struct {
	t       *testing.T
	address string
	answer  atomic.Pointer[http.HandlerFunc]
	server  *http.Server
	asked   atomic.Int64
}

func newModelServer(t *testing.T, answer http.HandlerFunc) *modelServer {
	t.Helper()
	s := &modelServer{t: t, address: "127.0.0.1:0"}
	s.says(answer)
	s.start()
	t.Cleanup(s.cut)
	return s
}

func (s *modelServer) says(answer http.HandlerFunc) { s.answer.Store(&answer) }

func (s *modelServer) start() {
	s.t.Helper()
	listener, err := net.Listen("tcp", s.address)
	if err != nil {
		s.t.Fatal(err)
	}
	s.address = listener.Addr().String()
	s.server = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		(*s.answer.Load())(w, r)
	})}
	go func(server *http.Server) { _ = server.Serve(listener) }(s.server)
}

// cut ends the listener and all that is under way.
func (s *modelServer) cut() { _ = s.server.Close() }

func (s *modelServer) url() string { return "http://" + s.address }

// echoes answers with who it is and what it was asked.
func echoes(who string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		fmt.Fprintf(w, "%s: %s", who, text)
	}
}

func failsWith(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(status)
		fmt.Fprint(w, "failed")
	}
}

func modelsOf(t *testing.T, m *Models) *httptest.Server {
	t.Helper()
	ctx, end := caddy.NewContext(caddy.Context{Context: context.Background()})
	t.Cleanup(end)
	if err := m.Provision(ctx); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := m.ServeHTTP(w, r, nil); err != nil {
			t.Errorf("the door fails: %s", err)
		}
	}))
	t.Cleanup(func() {
		server.Close()
		if err := m.Cleanup(); err != nil {
			t.Error(err)
		}
	})
	return server
}

func llmLimits() *Limits { return &Limits{Threshold: 3, Timeout: 100 * time.Millisecond, HalfOpen: 2} }

type reply struct {
	status int
	text   string
	header http.Header
}

func askDoor(t *testing.T, to *httptest.Server, path, body string, header http.Header) reply {
	t.Helper()
	request, err := http.NewRequest("POST", to.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for name, values := range header {
		request.Header[name] = values
	}
	answer, err := to.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{answer.StatusCode, string(text), answer.Header}
}

func (s reply) by(t *testing.T, who string) {
	t.Helper()
	if s.status != 200 || !strings.HasPrefix(s.text, who+": ") || s.header.Get(llmHeader) != who {
		t.Fatalf("not answered by the %s: %d %q by %q", who, s.status, s.text, s.header.Get(llmHeader))
	}
}

func TestTheProviderAnswersAsLongAsItDoes(t *testing.T) {
	abroad, local := newModelServer(t, echoes(byProvider)), newModelServer(t, echoes(byFallback))
	door := modelsOf(t, &Models{Provider: abroad.url(), Fallback: local.address, Breaker: llmLimits()})
	got := askDoor(t, door, chatted, greeting, nil)
	got.by(t, byProvider)
	if got.text != "provider: "+greeting || local.asked.Load() != 0 || modelsState() != llmOk {
		t.Errorf("%q, %d to the fallback, state %q", got.text, local.asked.Load(), modelsState())
	}
}

func TestNoRequestFailsWhileTheProviderIsCutUnderLoad(t *testing.T) {
	abroad, local := newModelServer(t, echoes(byProvider)), newModelServer(t, echoes(byFallback))
	door := modelsOf(t, &Models{Provider: abroad.url(), Fallback: local.address, Breaker: llmLimits()})
	stop := make(chan struct{})
	var by [2]atomic.Int64
	var failed atomic.Value
	var clients sync.WaitGroup
	for c := range 8 {
		clients.Add(1)
		go func() {
			defer clients.Done()
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				body := fmt.Sprintf(`{"client":%d,"number":%d}`, c, n)
				answer, err := http.Post(door.URL+chatted, "application/json", strings.NewReader(body))
				if err != nil {
					failed.Store(err.Error())
					return
				}
				text, err := io.ReadAll(answer.Body)
				_ = answer.Body.Close()
				switch {
				case err == nil && string(text) == "provider: "+body:
					by[0].Add(1)
				case err == nil && string(text) == "fallback: "+body:
					by[1].Add(1)
				default:
					failed.Store(fmt.Sprintf("%d %q %v", answer.StatusCode, text, err))
					return
				}
			}
		}()
	}
	more := func(which int) {
		t.Helper()
		from := by[which].Load()
		for end := time.Now().Add(10 * time.Second); by[which].Load() < from+20; time.Sleep(time.Millisecond) {
			if time.Now().After(end) || failed.Load() != nil {
				close(stop)
				t.Fatalf("no answers of %d: %v", which, failed.Load())
			}
		}
	}
	for range 3 {
		more(0)
		// A provider that sees its clients out: what it had begun to answer is not asked again.
		abroad.says(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
		more(1)
		abroad.cut()
		more(1)
		if state := modelsState(); state != llmFallback {
			t.Errorf("while it is cut the state is %q", state)
		}
		abroad.says(echoes(byProvider))
		abroad.start()
		more(0)
	}
	close(stop)
	clients.Wait()
	if why := failed.Load(); why != nil {
		t.Fatalf("a request failed: %v", why)
	}
	if state := modelsState(); state != llmOk {
		t.Errorf("when it is back the state is %q", state)
	}
}

func TestAnOpenCircuitAsksTheProviderNothing(t *testing.T) {
	abroad, local := newModelServer(t, failsWith(500)), newModelServer(t, echoes(byFallback))
	limits := &Limits{Threshold: 3, Timeout: time.Hour, HalfOpen: 1}
	door := modelsOf(t, &Models{Provider: abroad.url(), Fallback: local.address, Breaker: limits})
	for range 10 {
		askDoor(t, door, chatted, greeting, nil).by(t, byFallback)
	}
	if abroad.asked.Load() != 3 {
		t.Errorf("the provider was asked %d times", abroad.asked.Load())
	}
	if llmMetric(t, llmStandsIn, "", "") != 1 {
		t.Error("the metric does not say that the fallback is in use")
	}
}

func TestACircuitStaysAsItIsWhenTheConfigurationChanges(t *testing.T) {
	abroad, local := newModelServer(t, failsWith(500)), newModelServer(t, echoes(byFallback))
	limits := Limits{Threshold: 1, Timeout: time.Hour, HalfOpen: 1}
	first := modelsOf(t, &Models{Provider: abroad.url(), Fallback: local.address, Breaker: &limits})
	askDoor(t, first, chatted, greeting, nil).by(t, byFallback)
	second := modelsOf(t, &Models{Provider: abroad.url(), Fallback: local.address, Breaker: &limits})
	first.Close()
	askDoor(t, second, chatted, greeting, nil).by(t, byFallback)
	if abroad.asked.Load() != 1 {
		t.Errorf("the provider was asked %d times", abroad.asked.Load())
	}
}

func TestWithoutAProviderTheClustersOwnModelAnswers(t *testing.T) {
	local := newModelServer(t, echoes(byFallback))
	door := modelsOf(t, &Models{Fallback: local.address})
	askDoor(t, door, chatted, greeting, nil).by(t, byFallback)
	if modelsState() != llmOk {
		t.Errorf("the state is %q", modelsState())
	}
	local.cut()
	got := askDoor(t, door, chatted, greeting, nil)
	if got.status != 503 || got.header.Get("Retry-After") == "" || modelsState() != llmDown {
		t.Errorf("%d %v, state %q", got.status, got.header, modelsState())
	}
}

func TestTheKeyIsTheProvidersToSeeAndNobodyElses(t *testing.T) {
	shown := make(chan http.Header, 2)
	tells := func(w http.ResponseWriter, r *http.Request) { shown <- r.Header.Clone(); fmt.Fprint(w, "x") }
	abroad, local := newModelServer(t, tells), newModelServer(t, tells)
	door := modelsOf(t, &Models{Provider: abroad.url(), Fallback: local.address})
	secrets := http.Header{"Authorization": {"Bearer sk-secret"}, "X-Api-Key": {"sk-secret"}, "Api-Key": {"sk-secret"},
		"Cookie": {"session=sk-secret"}, "Openai-Organization": {"sk-secret"}, "X-Forwarded-For": {"10.1.2.3"}}
	askDoor(t, door, chatted, greeting, secrets)
	to := <-shown
	if to.Get("Authorization") != "Bearer sk-secret" || to.Get("X-Api-Key") != "sk-secret" {
		t.Errorf("the provider was shown no key: %v", to)
	}
	if to.Get("X-Forwarded-For") != "" {
		t.Error("the provider was shown where the pod is")
	}
	abroad.cut()
	askDoor(t, door, chatted, greeting, secrets)
	if to := <-shown; strings.Contains(fmt.Sprint(to), "sk-secret") {
		t.Errorf("the fallback was shown a key: %v", to)
	}
}

func TestAProviderThatFailsIsStoodInFor(t *testing.T) {
	for _, one := range []struct {
		name   string
		answer http.HandlerFunc
		opens  bool
	}{
		{"500", failsWith(500), true},
		{"503", failsWith(503), true},
		{"429", failsWith(429), false},
		{"silence", func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
		}, true},
		{"an end without an answer", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, true},
	} {
		t.Run(one.name, func(t *testing.T) {
			abroad, local := newModelServer(t, one.answer), newModelServer(t, echoes(byFallback))
			m := &Models{Provider: abroad.url(), Fallback: local.address,
				Timeout: caddy.Duration(50 * time.Millisecond), Breaker: &Limits{Threshold: 2, Timeout: time.Hour, HalfOpen: 1}}
			door := modelsOf(t, m)
			for range 3 {
				if got := askDoor(t, door, chatted, greeting, nil); got.text != "fallback: "+greeting {
					t.Fatalf("%d %q", got.status, got.text)
				}
			}
			if opened := m.circuits.Of(m.Provider).State() == Open; opened != one.opens {
				t.Errorf("the circuit is open: %t", opened)
			}
		})
	}
}

func TestWhatIsTheClientsFaultIsToldAsItIs(t *testing.T) {
	for _, status := range []int{400, 401, 403, 404, 413, 422} {
		abroad, local := newModelServer(t, failsWith(status)), newModelServer(t, echoes(byFallback))
		m := &Models{Provider: abroad.url(), Fallback: local.address, Breaker: &Limits{Threshold: 1, Timeout: time.Hour, HalfOpen: 1}}
		door := modelsOf(t, m)
		got := askDoor(t, door, chatted, greeting, nil)
		if got.status != status || got.text != "failed" || m.circuits.Of(m.Provider).State() != Closed {
			t.Errorf("%d became %d %q", status, got.status, got.text)
		}
	}
}

func TestWhoGoesAwayOpensNoCircuit(t *testing.T) {
	came := make(chan struct{})
	abroad := newModelServer(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		came <- struct{}{}
		<-r.Context().Done()
	})
	local := newModelServer(t, echoes(byFallback))
	m := &Models{Provider: abroad.url(), Fallback: local.address, Breaker: &Limits{Threshold: 1, Timeout: time.Hour, HalfOpen: 1}}
	door := modelsOf(t, m)
	lasting, leave := context.WithCancel(context.Background())
	request, err := http.NewRequestWithContext(lasting, "POST", door.URL+chatted, strings.NewReader(greeting))
	if err != nil {
		t.Fatal(err)
	}
	gone := make(chan error)
	go func() {
		_, err := http.DefaultClient.Do(request)
		gone <- err
	}()
	<-came
	leave()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	door.Close()
	if m.circuits.Of(m.Provider).State() != Closed || local.asked.Load() != 0 {
		t.Errorf("the circuit is %s, the fallback was asked %d times", m.circuits.Of(m.Provider).State(), local.asked.Load())
	}
}

func TestAnswersComeWordByWord(t *testing.T) {
	for _, who := range []string{byProvider, byFallback} {
		next := make(chan string)
		stream := func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			for word := range next {
				fmt.Fprintf(w, "data: %s\n\n", word)
				_ = http.NewResponseController(w).Flush()
			}
		}
		server := newModelServer(t, stream)
		m := &Models{Provider: server.url()}
		if who == byFallback {
			m = &Models{Fallback: server.address}
		}
		door := modelsOf(t, m)
		answer := make(chan *http.Response)
		go func() {
			got, err := http.Post(door.URL+chatted, "application/json", strings.NewReader(`{"stream":true}`))
			if err != nil {
				t.Error(err)
			}
			answer <- got
		}()
		next <- "one"
		got := <-answer
		lines := bufio.NewReader(got.Body)
		for _, word := range []string{"one", "two", "three"} {
			if word != "one" {
				next <- word
			}
			line, err := lines.ReadString('\n')
			if err != nil || line != "data: "+word+"\n" {
				t.Fatalf("%s: %q %v", who, line, err)
			}
			_, _ = lines.ReadString('\n')
		}
		close(next)
		if rest, err := io.ReadAll(lines); err != nil || len(rest) != 0 || got.Header.Get("Content-Type") != "text/event-stream" {
			t.Errorf("%s: %q %v", who, rest, err)
		}
	}
}

func TestAnAnswerThatBreaksOffDoesNotLookWhole(t *testing.T) {
	local := newModelServer(t, echoes(byFallback))
	abroad := newModelServer(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "half of ")
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
	door := modelsOf(t, &Models{Provider: abroad.url(), Fallback: local.address})
	answer, err := http.Post(door.URL+chatted, "application/json", strings.NewReader(greeting))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if string(text) != "half of " || err == nil {
		t.Errorf("%q %v", text, err)
	}
	if local.asked.Load() != 0 {
		t.Error("what had begun was asked again")
	}
}

func TestWhatIsTooMuchToBeKeptIsAskedOnce(t *testing.T) {
	abroad, local := newModelServer(t, echoes(byProvider)), newModelServer(t, echoes(byFallback))
	door := modelsOf(t, &Models{Provider: abroad.url(), Fallback: local.address})
	large := strings.Repeat("x", largestQuestion+1)
	if got := askDoor(t, door, chatted, large, nil); got.text != "provider: "+large {
		t.Errorf("%d, %d bytes", got.status, len(got.text))
	}
	unsized, err := http.Post(door.URL+chatted, "application/json", struct{ io.Reader }{strings.NewReader(large)})
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unsized.Body)
	if err != nil || string(text) != "provider: "+large {
		t.Errorf("without a length: %d bytes, %v", len(text), err)
	}
	abroad.says(failsWith(500))
	if got := askDoor(t, door, chatted, large, nil); got.status != 500 || got.header.Get("Retry-After") == "" {
		t.Errorf("%d %v", got.status, got.header)
	}
	abroad.cut()
	if got := askDoor(t, door, chatted, large, nil); got.status != 200 && got.status != 502 {
		t.Errorf("%d %s", got.status, got.text)
	}
	if local.asked.Load() > 1 {
		t.Error("the fallback was asked what had been sent in part")
	}
	if keptQuestions.Load() != 0 {
		t.Errorf("%d bytes are kept for nobody", keptQuestions.Load())
	}
}

func TestNoMoreIsKeptThanThereIsRoomFor(t *testing.T) {
	abroad := newModelServer(t, echoes(byProvider))
	door := modelsOf(t, &Models{Provider: abroad.url()})
	keptQuestions.Add(mostKept)
	askDoor(t, door, chatted, greeting, nil).by(t, byProvider)
	keptQuestions.Add(-mostKept)
	askDoor(t, door, chatted, greeting, nil).by(t, byProvider)
	if keptQuestions.Load() != 0 {
		t.Errorf("%d bytes are kept for nobody", keptQuestions.Load())
	}
}

func TestABodyThatNeverComesOpensNoCircuit(t *testing.T) {
	abroad, local := newModelServer(t, echoes(byProvider)), newModelServer(t, echoes(byFallback))
	m := &Models{Provider: abroad.url(), Fallback: local.address, Breaker: &Limits{Threshold: 1, Timeout: time.Hour, HalfOpen: 1}}
	door := modelsOf(t, m)
	for _, length := range []int{100, largestQuestion + 100} {
		connection, err := net.Dial("tcp", door.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(connection, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n{", chatted, length)
		_ = connection.(*net.TCPConn).CloseWrite()
		_, _ = io.ReadAll(connection)
		_ = connection.Close()
	}
	if state := m.circuits.Of(m.Provider).State(); state != Closed {
		t.Errorf("the circuit is %s", state)
	}
	askDoor(t, door, chatted, greeting, nil).by(t, byProvider)
	if keptQuestions.Load() != 0 {
		t.Errorf("%d bytes are kept for nobody", keptQuestions.Load())
	}
}

func TestTheFallbackIsAskedForNothingButModels(t *testing.T) {
	abroad, local := newModelServer(t, failsWith(500)), newModelServer(t, echoes(byFallback))
	door := modelsOf(t, &Models{Provider: abroad.url(), Fallback: local.address})
	for _, path := range []string{"/slots", "/props", "/v1/slots", "/slots/0?action=save", "/v1/chat/completions/../../slots",
		"/v1/%2e%2e/slots", "/v1/chat/completions?x=1", "/lora-adapters", "/v1//chat/completions", "/"} {
		if got := askDoor(t, door, path, greeting, nil); got.status != 500 && got.status != 400 {
			t.Errorf("%s: %d %q", path, got.status, got.text)
		}
	}
	if local.asked.Load() != 0 {
		t.Errorf("the fallback was asked %d times", local.asked.Load())
	}
	for _, path := range []string{chatted, "/v1/completions", "/v1/embeddings"} {
		askDoor(t, door, path, greeting, nil).by(t, byFallback)
	}
}

func TestAProviderBehindAPathIsFoundThere(t *testing.T) {
	abroad := newModelServer(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s %s at %s", r.Method, r.RequestURI, r.Host)
	})
	door := modelsOf(t, &Models{Provider: abroad.url() + "/openai/"})
	got := askDoor(t, door, "/v1/chat/completions?api-version=2&x=%2F", greeting, nil)
	if got.text != "POST /openai/v1/chat/completions?api-version=2&x=%2F at "+abroad.address {
		t.Error(got.text)
	}
	for _, path := range []string{"/../../admin", "/v1/%2e%2e/%2E%2E/%2e%2e/admin", "/v1/..%2f..%2fadmin"} {
		if got := askDoor(t, door, path, greeting, nil); got.status != 400 {
			t.Errorf("out of its path: %d %s", got.status, got.text)
		}
	}
}

func TestAProviderIsTrustedByItsAuthority(t *testing.T) {
	abroad := httptest.NewTLSServer(echoes(byProvider))
	t.Cleanup(abroad.Close)
	local := newModelServer(t, echoes(byFallback))
	trust := filepath.Join(t.TempDir(), "ca.crt")
	block := &pem.Block{Type: "CERTIFICATE", Bytes: abroad.Certificate().Raw}
	if err := os.WriteFile(trust, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	askDoor(t, modelsOf(t, &Models{Provider: abroad.URL, Trust: trust, Fallback: local.address}), chatted, greeting, nil).by(t, byProvider)
	askDoor(t, modelsOf(t, &Models{Provider: abroad.URL, Fallback: local.address}), chatted, greeting, nil).by(t, byFallback)
}

func TestWhatBothSaidIsTold(t *testing.T) {
	abroad := newModelServer(t, failsWith(529))
	local := newModelServer(t, failsWith(503))
	door := modelsOf(t, &Models{Provider: abroad.url(), Fallback: local.address})
	got := askDoor(t, door, chatted, greeting, nil)
	if got.status != 529 || got.text != "failed" || got.header.Get("Retry-After") == "" || modelsState() != llmDown {
		t.Errorf("%d %q %v, state %q", got.status, got.text, got.header, modelsState())
	}
	local.says(failsWith(400))
	if got := askDoor(t, door, chatted, greeting, nil); got.status != 400 || got.header.Get(llmHeader) != byFallback {
		t.Errorf("%d by %q", got.status, got.header.Get(llmHeader))
	}
}

// llmMetric is what a metric says, of these labels if it has any.
func llmMetric(t *testing.T, metric prometheus.Collector, who, code string) float64 {
	t.Helper()
	registry := prometheus.NewRegistry()
	registry.MustRegister(metric)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, one := range family.GetMetric() {
			labels := map[string]string{}
			for _, label := range one.GetLabel() {
				labels[label.GetName()] = label.GetValue()
			}
			if labels["to"] == who && labels["code"] == code {
				return one.GetCounter().GetValue() + one.GetGauge().GetValue()
			}
		}
	}
	return 0
}

func TestAnswersAreCountedByWhoGaveThem(t *testing.T) {
	abroad, local := newModelServer(t, echoes(byProvider)), newModelServer(t, echoes(byFallback))
	door := modelsOf(t, &Models{Provider: abroad.url(), Fallback: local.address})
	codes := map[string]string{byProvider: "200", byFallback: "200", byNobody: "502"}
	was := map[string]float64{}
	for who, code := range codes {
		was[who] = llmMetric(t, llmRequests, who, code)
	}
	askDoor(t, door, chatted, greeting, nil)
	abroad.cut()
	askDoor(t, door, chatted, greeting, nil)
	local.cut()
	if got := askDoor(t, door, chatted, greeting, nil); got.status != 502 || !strings.Contains(got.text, `"error"`) {
		t.Errorf("%d %s", got.status, got.text)
	}
	for who, code := range codes {
		if now := llmMetric(t, llmRequests, who, code); now != was[who]+1 {
			t.Errorf("%s %s: from %g to %g", who, code, was[who], now)
		}
	}
}

func TestModelsAreReadFromACaddyfile(t *testing.T) {
	read := func(text string) (*Models, error) {
		h := httpcaddyfile.Helper{Dispenser: caddyfile.NewTestDispenser(text)}
		made, err := parseModels(h)
		if err != nil {
			return nil, err
		}
		return made.(*Models), nil
	}
	m, err := read("models {\n provider https://x.example\n trust /ca.crt\n fallback llm:8080\n timeout 45s\n breaker 5 30s 3\n}")
	if err != nil {
		t.Fatal(err)
	}
	if m.Provider != "https://x.example" || m.Trust != "/ca.crt" || m.Fallback != "llm:8080" ||
		time.Duration(m.Timeout) != 45*time.Second || *m.Breaker != (Limits{Threshold: 5, Timeout: 30 * time.Second, HalfOpen: 3}) {
		t.Errorf("%+v", m)
	}
	for _, wrong := range []string{"models x", "models {\n what 1\n}", "models {\n provider\n}", "models {\n breaker 5 30s\n}",
		"models {\n breaker a 30s 3\n}", "models {\n timeout never\n}", "models {\n provider a b\n}"} {
		if _, err := read(wrong); err == nil {
			t.Errorf("taken: %s", wrong)
		}
	}
	if err := new(Models).Provision(caddy.Context{Context: context.Background()}); err == nil {
		t.Error("a door to nowhere is taken")
	}
}
