package main

import (
	"context"
	"net/http"
	"sync"
	"time"
)

const (
	// StatusOK is of what answers as it should.
	StatusOK = "ok"
	// StatusFallback is of what something else stands in for.
	StatusFallback = "fallback"
	// StatusError is of what does not answer in time, or not as it should.
	StatusError = "error"
	// StatusDisabled is of what is not there and is not meant to be.
	StatusDisabled = "disabled"

	// waited is how long each is waited for; all are asked at the same time.
	waited = time.Second
	// fresh is how old what is told may be.
	fresh = 2 * time.Second
)

// check asks one dependency; the error is for nobody to see.
type check func(context.Context) error

// checks are what is asked in a round.
type checks struct{ database, cache, vectordb, llm check }

// result is what one check came to.
type result struct {
	Status  string `json:"status"`
	Latency int64  `json:"latency_ms"`
}

// report is what a round came to.
type report struct {
	Database result `json:"database"`
	Cache    result `json:"cache"`
	Vectordb result `json:"vectordb"`
	LLM      result `json:"llm"`
}

// told is a report as everybody may see it.
type told struct {
	Status  string `json:"status"`
	Version string `json:"version"`
	Checks  report `json:"checks"`
}

func (r report) told(version string) told { return told{r.status(), version, r} }

// status is the rule: nothing works without the database, and everything works somehow without the others.
func (r report) status() string {
	switch {
	case r.Database.fails():
		return "unhealthy"
	case r.Cache.fails() || r.Vectordb.fails() || r.LLM.fails():
		return "degraded"
	}
	return "healthy"
}

func (r report) code() int {
	if r.Database.fails() {
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}

func (r result) fails() bool { return r.Status == StatusError || r.Status == StatusFallback }

// rounds measure when somebody asks, once for all who ask at the same time, and not again while that is fresh.
type rounds struct {
	checks checks
	now    func() time.Time
	lock   sync.Mutex
	began  time.Time
	ended  chan struct{} // closed when the last round has ended
	found  *report       // of the last one
}

func newRounds(checks checks, now func() time.Time) *rounds { return &rounds{checks: checks, now: now} }

// Destruct has nothing to end: a round ends by itself.
func (*rounds) Destruct() error { return nil }

// last is a report that is fresh. Whoever cannot wait for it gets an error.
func (r *rounds) last(ctx context.Context) (report, error) {
	r.lock.Lock()
	if r.ended == nil || r.isOver() && r.now().Sub(r.began) >= fresh {
		r.began, r.ended, r.found = r.now(), make(chan struct{}), new(report)
		go r.run(r.ended, r.found)
	}
	ended, found := r.ended, r.found
	r.lock.Unlock()
	select {
	case <-ended:
		return *found, nil
	case <-ctx.Done():
		return report{}, ctx.Err()
	}
}

func (r *rounds) isOver() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

func (r *rounds) run(ended chan struct{}, found *report) {
	defer close(ended)
	var all sync.WaitGroup
	for into, one := range map[*result]check{
		&found.Database: r.checks.database, &found.Cache: r.checks.cache, &found.Vectordb: r.checks.vectordb,
	} {
		all.Go(func() { *into = measured(one) })
	}
	all.Go(func() { found.LLM = withState(measured(r.checks.llm)) })
	all.Wait()
}

// measured asks one of them, and does not wait any longer than it may.
func measured(one check) result {
	if one == nil {
		return result{Status: StatusDisabled}
	}
	ctx, cancel := context.WithTimeout(context.Background(), waited)
	defer cancel()
	began := time.Now()
	err := one(ctx)
	took := (time.Since(began) + time.Millisecond - 1).Milliseconds()
	if err != nil {
		return result{StatusError, took}
	}
	return result{StatusOK, took}
}

// withState is what is measured, unless somebody knows better: what stands in answers too.
func withState(found result) result {
	if state := llmState.Load(); state != nil {
		says := (*state)()
		if says == StatusFallback || (says != "" && found.Status != StatusError) {
			found.Status = says
		}
	}
	return found
}
