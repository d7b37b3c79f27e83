package main

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// BenchmarkLimit prints what the limits add to a request: with the buckets in a Valkey on this machine, and with its own.
// Run by: go test -run none -bench Limit
func BenchmarkLimit(b *testing.B) {
	b.Run("valkey", func(b *testing.B) { added(b, startedValkey(b).gateway()) })
	b.Run("own", func(b *testing.B) { added(b, &lender{own: ownBuckets(2)}) })
}

func added(b *testing.B, from *lender) {
	zones := []Zone{{Name: "all", Requests: 1_000_000, Window: 1}, {Name: "chat", Requests: 1_000_000, Window: 1, Paths: []string{"/ws"}}}
	limit := &Limit{By: byIP, Zones: zones, lender: from}
	nothing := caddyhttp.HandlerFunc(func(http.ResponseWriter, *http.Request) error { return nil })
	vars := map[string]any{"tenant": "acme", "requestsPerMinute": 10_000_000}
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		request := visitor(fmt.Sprintf("192.0.2.%d", i%256), "/ws", vars)
		began := time.Now()
		if err := limit.ServeHTTP(discarding{}, request, nothing); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	for _, percentile := range []int{50, 99} {
		b.ReportMetric(float64(took[len(took)*percentile/100].Nanoseconds())/1e6, fmt.Sprintf("p%d-ms", percentile))
	}
}

// discarding is an answer that nobody reads.
type discarding struct{}

func (discarding) Header() http.Header         { return http.Header{} }
func (discarding) Write(b []byte) (int, error) { return len(b), nil }
func (discarding) WriteHeader(int)             {}
