package main

import (
	"net/http"
	"sync"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"github.com/prometheus/client_golang/prometheus"
)

// Measure counts what comes in by it: how many requests, and how long each waits for the first byte of its answer. A
// websocket is a request when it opens, and waits for nothing: how long it stays says nothing of who serves it.
//
//	measure <site>
type Measure struct {
	Site string `json:"site"`
}

// siteCounts is what there is to see of requests. It outlives configurations: who compares two readings must find nothing
// that was set back because a host came or went.
type siteCounts struct {
	requests  *prometheus.CounterVec
	responses *prometheus.CounterVec
	waits     *prometheus.HistogramVec
}

var tally = siteCounts{
	prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "generalbots_edge_requests_total", Help: "Requests that came in.",
	}, []string{"site"}),
	prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "generalbots_edge_responses_total", Help: "Answers that began, by the first digit of their status.",
	}, []string{"site", "class"}),
	prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "generalbots_edge_wait_seconds", Help: "Time to the first byte of an answer, websockets left out.",
		Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2, 5, 10, 30},
	}, []string{"site"}),
}

var classes = [...]string{"0xx", "1xx", "2xx", "3xx", "4xx", "5xx"}

func init() {
	caddy.RegisterModule(Measure{})
	httpcaddyfile.RegisterHandlerDirective("measure", parseMeasure)
	httpcaddyfile.RegisterDirectiveOrder("measure", httpcaddyfile.Before, "handle")
}

// CaddyModule tells Caddy of it.
func (Measure) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.measure", New: func() caddy.Module { return new(Measure) }}
}

// Provision shows what was counted among Caddy's own metrics.
func (m *Measure) Provision(ctx caddy.Context) error {
	for _, shown := range []prometheus.Collector{tally.requests, tally.responses, tally.waits, upstreams{}} {
		if err := registerOnce(ctx.GetMetricsRegistry(), shown); err != nil {
			return err
		}
	}
	tally.requests.WithLabelValues(m.Site)
	tally.waits.WithLabelValues(m.Site)
	return nil
}

// ServeHTTP counts the request and hands it on.
func (m *Measure) ServeHTTP(w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) error {
	tally.requests.WithLabelValues(m.Site).Inc()
	if isUpgrade(r) {
		return next.ServeHTTP(w, r)
	}
	begun := time.Now()
	var once sync.Once
	answered := func(status int) {
		once.Do(func() {
			tally.waits.WithLabelValues(m.Site).Observe(time.Since(begun).Seconds())
			tally.responses.WithLabelValues(m.Site, statusClass(status)).Inc()
		})
	}
	err := next.ServeHTTP(&beginning{&caddyhttp.ResponseWriterWrapper{ResponseWriter: w}, answered}, r)
	if err != nil {
		answered(statusOf(err))
	}
	return err
}

// isUpgrade tells whether what begins is no exchange of a request for an answer, by HTTP/1.1 or HTTP/2.
func isUpgrade(r *http.Request) bool {
	return r.Header.Get("Upgrade") != "" || r.Method == http.MethodConnect
}

// beginning tells when an answer begins.
type beginning struct {
	*caddyhttp.ResponseWriterWrapper
	answered func(status int)
}

// WriteHeader tells of all but what only announces an answer.
func (w *beginning) WriteHeader(status int) {
	if status >= http.StatusOK {
		w.answered(status)
	}
	w.ResponseWriterWrapper.WriteHeader(status)
}

func (w *beginning) Write(some []byte) (int, error) {
	w.answered(http.StatusOK)
	return w.ResponseWriterWrapper.Write(some)
}

// statusClass of a status; what is none is 0xx.
func statusClass(status int) string {
	if digit := status / 100; digit > 0 && digit < len(classes) {
		return classes[digit]
	}
	return classes[0]
}

// statusOf is the status that an error becomes.
func statusOf(err error) int {
	if known, ok := err.(caddyhttp.HandlerError); ok {
		return known.StatusCode
	}
	return http.StatusInternalServerError
}

func parseMeasure(h httpcaddyfile.Helper) (caddyhttp.MiddlewareHandler, error) {
	measure := new(Measure)
	h.Next()
	if !h.Args(&measure.Site) || h.NextArg() {
		return nil, h.ArgErr()
	}
	return measure, nil
}

var (
	_ caddy.Provisioner           = (*Measure)(nil)
	_ caddyhttp.MiddlewareHandler = (*Measure)(nil)
)
