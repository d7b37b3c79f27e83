package main

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"
	"sync/atomic"

	"github.com/caddyserver/caddy/v2"
	"github.com/prometheus/client_golang/prometheus"
)

// Who answers, as a label and as a header.
const (
	byProvider = "provider"
	byFallback = "fallback"
	// byNobody did: the answer is of the gateway's own.
	byNobody = "none"
	// llmHeader is the header that says so.
	llmHeader = "X-Generalbots-Llm"
)

// passAnswer gives an answer on as it comes, word by word if that is how it comes. One that breaks off breaks off for who
// asked, too: it must not look whole.
func passAnswer(w http.ResponseWriter, answer *http.Response, who string) error {
	defer answer.Body.Close()
	countAnswer(who, answer.StatusCode)
	for name, values := range portable(answer.Header) {
		w.Header()[name] = values
	}
	w.Header().Set(llmHeader, who)
	w.WriteHeader(answer.StatusCode)
	connection, some := http.NewResponseController(w), make([]byte, 32<<10)
	for {
		n, err := answer.Body.Read(some)
		if n > 0 {
			if _, gone := w.Write(some[:n]); gone != nil {
				return nil
			}
			_ = connection.Flush()
		}
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			panic(http.ErrAbortHandler)
		}
	}
}

// sayOutage tells that nobody answers, in the form in which servers of models do, or gives what the provider said of it.
func sayOutage(w http.ResponseWriter, out *outage) error {
	if out.again > 0 {
		if out.answer == nil || out.answer.Header.Get("Retry-After") == "" {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(out.again.Seconds()))))
		}
	}
	if out.answer != nil {
		return passAnswer(w, out.answer, byProvider)
	}
	countAnswer(byNobody, out.status)
	text, err := json.Marshal(map[string]any{"error": map[string]any{
		"message": out.why, "type": "unavailable_error", "code": out.status}})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(out.status)
	_, err = w.Write(text)
	return err
}

// llmSight is what all configurations know of the models: one handler begins before the former ends.
type llmSight struct {
	circuit           atomic.Pointer[Breaker]
	hasProvider       atomic.Bool
	hasFallback       atomic.Bool
	missed, localDown atomic.Bool
}

var (
	// llmSights counts who uses it.
	llmSights = caddy.NewUsagePool()
	// seenModels is the one that somebody uses.
	seenModels atomic.Pointer[llmSight]

	llmRequests = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "generalbots_edge_llm_requests_total",
		Help: "Requests to language models, by who answered them and how: provider, fallback, none.",
	}, []string{"to", "code"})
	llmStandsIn = prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "generalbots_edge_llm_fallback",
		Help: "Whether the cluster's own model stands in for the provider just now.",
	}, func() float64 {
		if modelsState() == llmFallback {
			return 1
		}
		return 0
	})
)

// What modelsState says.
const (
	llmOk       = "ok"
	llmFallback = "fallback"
	llmDown     = "down"
)

// modelsState says how language models are: ok, fallback while the cluster's own stands in for the provider, down if
// byNobody answers; nothing where there is no door to any.
func modelsState() string {
	s := seenModels.Load()
	if s == nil {
		return ""
	}
	local := s.hasFallback.Load() && !s.localDown.Load()
	switch {
	case !s.hasProvider.Load() && local, s.hasProvider.Load() && s.providerAnswers():
		return llmOk
	case s.hasProvider.Load() && local:
		return llmFallback
	}
	return llmDown
}

// providerAnswers says so by the circuit, or by the last answer where there is none.
func (s *llmSight) providerAnswers() bool {
	if circuit := s.circuit.Load(); circuit != nil {
		return circuit.State() == Closed
	}
	return !s.missed.Load()
}

// Destruct: nobody looks any more.
func (s *llmSight) Destruct() error {
	seenModels.CompareAndSwap(s, nil)
	return nil
}

func lookAtModels(m *Models) (*llmSight, error) {
	held, _, err := llmSights.LoadOrNew(llm, func() (caddy.Destructor, error) { return new(llmSight), nil })
	if err != nil {
		return nil, err
	}
	s := held.(*llmSight)
	s.hasProvider.Store(m.provider != nil)
	s.hasFallback.Store(m.Fallback != "")
	s.circuit.Store(nil)
	if m.circuits != nil {
		s.circuit.Store(m.circuits.Of(m.Provider))
	}
	seenModels.Store(s)
	return s, nil
}

// /health tells by whom models answer: nobody does is an error there.
func init() {
	registerLLMState(func() string {
		if says := modelsState(); says != llmDown {
			return says
		}
		return StatusError
	})
}

func lookAway() error {
	_, err := llmSights.Delete(llm)
	return err
}

func registerModels(ctx caddy.Context) error {
	return errors.Join(registerOnce(ctx.GetMetricsRegistry(), llmRequests), registerOnce(ctx.GetMetricsRegistry(), llmStandsIn))
}

func countAnswer(who string, status int) {
	llmRequests.WithLabelValues(who, strconv.Itoa(status)).Inc()
}
