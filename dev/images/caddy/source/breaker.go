package main

import (
	"sync"
	"time"
)

// State is how a circuit stands; its number is that of the metric.
type State int

const (
	// Closed lets everything through.
	Closed State = iota
	// Open lets nothing through for a time.
	Open
	// HalfOpen lets a few through, by which it is decided.
	HalfOpen
)

func (s State) String() string { return [...]string{"closed", "open", "half_open"}[s] }

// Limits are when a circuit opens, and when it closes again.
type Limits struct {
	// Threshold is how many failures in a row open it.
	Threshold int
	// Timeout is how long it stays open before somebody may try again.
	Timeout time.Duration
	// HalfOpen is how many may try at a time, and how many have to succeed before it closes.
	HalfOpen int
}

// Breaker keeps those away from a dependency that has failed too often in a row. It is safe for use by many at once.
type Breaker struct {
	lock     sync.Mutex
	now      func() time.Time
	limits   Limits
	state    State
	since    time.Time
	round    uint64 // another after each change: what began in a former one says nothing of this one
	failures int    // in a row, while it is closed
	out      int    // under way, while it is half open
	good     int    // have succeeded, since it is half open
	away     absence
	changes  [3]uint64
	used     time.Time
}

// absence is a time in which nobody was reached: from the first try to the last one, with no long pause between two.
type absence struct{ from, to time.Time }

func (a absence) and(now time.Time, pause time.Duration) absence {
	if a.from.IsZero() || now.Sub(a.to) > pause {
		a.from = now
	}
	return absence{a.from, now}
}

func (a absence) length() time.Duration { return a.to.Sub(a.from) }

// NewBreaker is a closed one; now tells the time.
func NewBreaker(limits Limits, now func() time.Time) *Breaker {
	return &Breaker{now: now, limits: limits, since: now(), used: now()}
}

// Allow says whether a request may be made. If so, whoever makes it has to say how it ended, once. If not, it may be
// tried again after the time that is given; less than that is no use.
func (b *Breaker) Allow() (done func(success bool), retryAfter time.Duration, ok bool) {
	pass, retryAfter, ok := b.Enter()
	if !ok {
		return nil, retryAfter, false
	}
	return pass.Done, 0, true
}

// Enter is Allow for those that may also end without having learnt anything.
func (b *Breaker) Enter() (pass *Pass, retryAfter time.Duration, ok bool) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.used = b.now()
	if wait := b.refuses(); wait > 0 {
		return nil, wait, false
	}
	if b.state == HalfOpen {
		b.out++
	}
	return &Pass{breaker: b, round: b.round, tries: b.state == HalfOpen}, 0, true
}

// Refuses is how long nobody gets through; nothing if somebody would just now.
func (b *Breaker) Refuses() time.Duration {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.refuses()
}

// State is how it stands now: an open one whose time is over is half open.
func (b *Breaker) State() State {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.advance()
	return b.state
}

// Changes is how often it has come to be in this state.
func (b *Breaker) Changes(to State) uint64 {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.advance()
	return b.changes[to]
}

// Limit makes these its limits, whatever its state.
func (b *Breaker) Limit(limits Limits) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.limits = limits
}

// moment is what those wait that come while enough others try.
const moment = time.Second

func (b *Breaker) refuses() time.Duration {
	b.advance()
	switch {
	case b.state == Open:
		return b.since.Add(b.limits.Timeout).Sub(b.now())
	case b.state == HalfOpen && b.out >= b.limits.HalfOpen:
		return moment
	}
	return 0
}

func (b *Breaker) advance() {
	if b.state == Open && !b.now().Before(b.since.Add(b.limits.Timeout)) {
		b.become(HalfOpen)
	}
}

func (b *Breaker) become(state State) {
	b.state, b.since = state, b.now()
	b.failures, b.out, b.good, b.away = 0, 0, 0, absence{}
	b.round++
	b.changes[state]++
}

func (b *Breaker) succeeded() {
	b.failures, b.away = 0, absence{}
	if b.state == HalfOpen {
		b.good++
		if b.good >= b.limits.HalfOpen {
			b.become(Closed)
		}
	}
}

func (b *Breaker) failed() {
	b.failures++
	if b.state == HalfOpen || b.failures >= b.limits.Threshold {
		b.become(Open)
	}
}

func (b *Breaker) unreached(patience time.Duration) {
	if b.state == Closed {
		b.away = b.away.and(b.now(), patience)
	}
	if b.state == HalfOpen || patience > 0 && b.away.length() >= patience {
		b.failed()
	}
}

// Pass is for one request that was let through. It ends once, by whichever comes first.
type Pass struct {
	breaker *Breaker
	round   uint64
	tries   bool // holds one of the few places of a half open one
	ended   bool
}

// Done tells how the request ended.
func (p *Pass) Done(success bool) {
	p.end(func(b *Breaker) {
		if success {
			b.succeeded()
		} else {
			b.failed()
		}
	})
}

// Abandon ends it without anything learnt: whoever asked has gone.
func (p *Pass) Abandon() { p.end(func(*Breaker) {}) }

// Unreached ends it before anything was sent. That is a failure of a half open circuit, and of a closed one if it has
// gone on for as long as the patience there is; without any it never is.
func (p *Pass) Unreached(patience time.Duration) {
	p.end(func(b *Breaker) { b.unreached(patience) })
}

func (p *Pass) end(learn func(*Breaker)) {
	b := p.breaker
	b.lock.Lock()
	defer b.lock.Unlock()
	b.advance()
	if p.ended || p.round != b.round {
		return
	}
	p.ended = true
	if b.state == HalfOpen {
		b.out--
	}
	learn(b)
}
