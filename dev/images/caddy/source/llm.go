package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// Models is the way of bot servers to a language model. It leads to a provider, and to a model of the cluster's own as
// long as the provider does not answer: a request whose answer has not begun is asked again there, so that who asked
// need not know. Nothing that the provider was shown, a key above all, is shown to the other.
//
//	models [<matcher>] {
//		provider <url>
//		trust <file>
//		fallback <host:port>
//		timeout <duration>
//		breaker <threshold> <timeout> <half-open requests>
//	}
type Models struct {
	// Provider is the address before /v1; empty if there is none, and everything is the other's to answer.
	Provider string `json:"provider,omitempty"`
	// Trust is a file with the authorities of the provider; those of the system if it is empty.
	Trust string `json:"trust,omitempty"`
	// Fallback is where the cluster's own model answers; empty if there is none.
	Fallback string `json:"fallback,omitempty"`
	// Timeout is how long the provider may take to begin its answer.
	Timeout caddy.Duration `json:"timeout,omitempty"`
	// Breaker is when the provider is left alone; never if there is none.
	Breaker *Limits `json:"breaker,omitempty"`

	provider *url.URL
	abroad   *http.Transport
	local    *http.Transport
	circuits *Circuits
	sight    *llmSight
}

const (
	// llmPatience is how long a provider may take to begin an answer of which nothing is said: a long one that is not
	// streamed begins when it is whole.
	llmPatience = 60 * time.Second
	// soon is when to try again what failed without anybody saying how long that will last.
	llmSoon = time.Second
	// llm is what circuits and sights are called.
	llm = "llm"
)

func init() {
	caddy.RegisterModule(Models{})
	httpcaddyfile.RegisterHandlerDirective("models", parseModels)
	httpcaddyfile.RegisterDirectiveOrder("models", httpcaddyfile.Before, "handle")
}

// CaddyModule tells Caddy of it.
func (Models) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.models", New: func() caddy.Module { return new(Models) }}
}

// Provision takes up the circuit: how it stands outlives a change of the configuration.
func (m *Models) Provision(ctx caddy.Context) error {
	if m.Provider == "" && m.Fallback == "" {
		return errors.New("models: there is neither a provider nor a fallback")
	}
	if m.Timeout == 0 {
		m.Timeout = caddy.Duration(llmPatience)
	}
	var err error
	if m.Provider != "" {
		if m.provider, err = url.Parse(m.Provider); err != nil {
			return err
		}
		if m.provider.Path == "" {
			// What is joined to nothing would be relative.
			m.provider.Path = "/"
		}
		if m.abroad, err = providerTransport(m.Trust); err != nil {
			return err
		}
	}
	m.local = llmTransport()
	if m.Breaker != nil && m.provider != nil {
		if m.circuits, err = HoldCircuits(llm, *m.Breaker); err != nil {
			return err
		}
		if err := registerCircuits(ctx); err != nil {
			return err
		}
	}
	if m.sight, err = lookAtModels(m); err != nil {
		return err
	}
	return registerModels(ctx)
}

// Cleanup lets go what Provision took; an answer under way goes on.
func (m *Models) Cleanup() error {
	var all []error
	if m.circuits != nil {
		all = append(all, m.circuits.Release())
	}
	if m.sight != nil {
		all = append(all, lookAway())
	}
	for _, t := range []*http.Transport{m.abroad, m.local} {
		if t != nil {
			t.CloseIdleConnections()
		}
	}
	return errors.Join(all...)
}

// outage is why the provider's answer is not the one to give.
type outage struct {
	status int
	why    string
	// again is when it is worth to ask again.
	again time.Duration
	// answer is what the provider said instead, to be given if nobody says better.
	answer *http.Response
}

// ServeHTTP answers by the provider, or by the other.
func (m *Models) ServeHTTP(w http.ResponseWriter, r *http.Request, _ caddyhttp.Handler) error {
	asked, err := takeQuestion(w, r)
	var refused *refusal
	if errors.As(err, &refused) {
		return sayOutage(w, &outage{status: refused.status, why: refused.why})
	} else if err != nil {
		return err
	}
	defer asked.drop()
	if m.provider == nil {
		return m.answerLocally(w, asked, &outage{status: http.StatusServiceUnavailable, again: llmSoon,
			why: "no provider of language models is configured"})
	}
	answer, out := m.ask(asked)
	switch {
	case r.Context().Err() != nil:
		// Whoever asked has gone.
		discardAnswers(answer, out)
		return nil
	case out != nil:
		return m.answerLocally(w, asked, out)
	}
	asked.drop()
	return passAnswer(w, answer, byProvider)
}

// ask asks the provider. That it has had enough of who asks is an outage of one request, and none of the provider.
func (m *Models) ask(asked *question) (*http.Response, *outage) {
	passed, wait, ok := m.enter()
	if !ok {
		return nil, &outage{status: http.StatusServiceUnavailable, again: wait, why: "the language model's circuit is open"}
	}
	answer, err := m.reach(asked)
	switch {
	case err != nil && asked.isOver():
		passed.Abandon()
		return nil, &outage{status: http.StatusBadRequest, why: "the body did not come"}
	case errors.Is(err, context.DeadlineExceeded):
		passed.Done(false)
		return nil, m.missed(&outage{status: http.StatusGatewayTimeout, why: "the provider did not begin to answer in time"})
	case err != nil:
		passed.Done(false)
		return nil, m.missed(&outage{status: http.StatusBadGateway, why: "the provider cannot be reached"})
	case answer.StatusCode >= http.StatusInternalServerError:
		passed.Done(false)
		return nil, m.missed(&outage{answer: answer})
	}
	passed.Done(true)
	m.sight.missed.Store(false)
	if answer.StatusCode == http.StatusTooManyRequests {
		return nil, &outage{answer: answer}
	}
	return answer, nil
}

func (m *Models) missed(out *outage) *outage {
	m.sight.missed.Store(true)
	out.again = llmSoon
	return out
}

// enter asks the circuit, if there is one.
func (m *Models) enter() (*Pass, time.Duration, bool) {
	if m.circuits == nil {
		return NewBreaker(Limits{Threshold: 1}, time.Now).Enter()
	}
	return m.circuits.Of(m.Provider).Enter()
}

// reach waits for the beginning of an answer, which ends with the request it is for.
func (m *Models) reach(asked *question) (*http.Response, error) {
	lasting, end := context.WithCancelCause(asked.request.Context())
	late := time.AfterFunc(time.Duration(m.Timeout), func() { end(context.DeadlineExceeded) })
	answer, err := m.abroad.RoundTrip(asked.abroad(lasting, m.provider))
	if !late.Stop() && err == nil {
		_ = answer.Body.Close()
		err = context.DeadlineExceeded
	}
	if err != nil {
		if cause := context.Cause(lasting); cause != nil {
			err = cause
		}
		end(nil)
		return nil, err
	}
	answer.Body = &endingBody{answer.Body, func() { end(nil) }}
	return answer, nil
}

// answerLocally asks the cluster's own model, if it can be asked this; else it is told what the provider lacks.
func (m *Models) answerLocally(w http.ResponseWriter, asked *question, out *outage) error {
	if m.Fallback == "" || !asked.isForAnybody() || !asked.canBeSent() {
		return sayOutage(w, out)
	}
	answer, err := m.local.RoundTrip(asked.local(m.Fallback))
	if asked.request.Context().Err() != nil {
		discardAnswers(answer, out)
		return nil
	}
	down := err != nil || answer.StatusCode == http.StatusServiceUnavailable
	m.sight.localDown.Store(down)
	if down {
		discardAnswers(answer, nil)
		if out.again == 0 {
			out.again = llmSoon
		}
		return sayOutage(w, out)
	}
	discardAnswers(nil, out)
	asked.drop()
	return passAnswer(w, answer, byFallback)
}

// discardAnswers closes what nobody is given.
func discardAnswers(answer *http.Response, out *outage) {
	if answer != nil {
		_ = answer.Body.Close()
	}
	if out != nil && out.answer != nil {
		_ = out.answer.Body.Close()
	}
}

func parseModels(h httpcaddyfile.Helper) (caddyhttp.MiddlewareHandler, error) {
	m := new(Models)
	h.Next()
	if h.NextArg() {
		return nil, h.ArgErr()
	}
	for h.NextBlock(0) {
		if err := m.set(h); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *Models) set(h httpcaddyfile.Helper) error {
	name, values := h.Val(), h.RemainingArgs()
	if name == "breaker" && len(values) == 3 {
		return m.setBreaker(h, values)
	}
	if len(values) != 1 {
		return h.ArgErr()
	}
	var err error
	switch name {
	case "provider":
		m.Provider = values[0]
	case "trust":
		m.Trust = values[0]
	case "fallback":
		m.Fallback = values[0]
	case "timeout":
		var limit time.Duration
		limit, err = caddy.ParseDuration(values[0])
		m.Timeout = caddy.Duration(limit)
	default:
		return h.Errf("models knows no %s", name)
	}
	return err
}

func (m *Models) setBreaker(h httpcaddyfile.Helper, values []string) error {
	threshold, err := strconv.Atoi(values[0])
	if err != nil {
		return h.WrapErr(err)
	}
	timeout, err := caddy.ParseDuration(values[1])
	if err != nil {
		return h.WrapErr(err)
	}
	halfOpen, err := strconv.Atoi(values[2])
	if err != nil {
		return h.WrapErr(err)
	}
	m.Breaker = &Limits{Threshold: threshold, Timeout: timeout, HalfOpen: halfOpen}
	return nil
}

var (
	_ caddy.Provisioner           = (*Models)(nil)
	_ caddy.CleanerUpper          = (*Models)(nil)
	_ caddyhttp.MiddlewareHandler = (*Models)(nil)
)
