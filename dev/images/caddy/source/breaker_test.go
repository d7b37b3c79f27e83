package main

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp/reverseproxy"
)

// hand is a clock that goes when it is told to.
type hand struct{ nanoseconds atomic.Int64 }

func (h *hand) now() time.Time       { return time.Unix(1_000_000, h.nanoseconds.Load()) }
func (h *hand) pass(d time.Duration) { h.nanoseconds.Add(int64(d)) }
func usual() Limits                  { return Limits{Threshold: 5, Timeout: 30 * time.Second, HalfOpen: 3} }
func after(n int, b *Breaker, success bool) {
	for range n {
		if done, _, ok := b.Allow(); ok {
			done(success)
		}
	}
}

func expect(t *testing.T, b *Breaker, state State) {
	t.Helper()
	if is := b.State(); is != state {
		t.Fatalf("it is %s, not %s", is, state)
	}
}

func TestFailuresInARowOpenACircuit(t *testing.T) {
	clock := new(hand)
	b := NewBreaker(usual(), clock.now)
	after(4, b, false)
	after(1, b, true)
	after(4, b, false)
	expect(t, b, Closed)
	after(1, b, false)
	expect(t, b, Open)
}

func TestAnOpenCircuitLetsNobodyThroughForItsTime(t *testing.T) {
	clock := new(hand)
	b := NewBreaker(usual(), clock.now)
	after(5, b, false)
	clock.pass(29*time.Second + 999*time.Millisecond)
	if _, wait, ok := b.Allow(); ok || wait != time.Millisecond {
		t.Fatalf("let through %v, wait %s", ok, wait)
	}
	clock.pass(time.Millisecond)
	expect(t, b, HalfOpen)
}

func TestAHalfOpenCircuitLetsThreeTryAtATimeAndClosesWhenTheySucceed(t *testing.T) {
	clock := new(hand)
	b := NewBreaker(usual(), clock.now)
	after(5, b, false)
	clock.pass(30 * time.Second)
	first, _, _ := b.Allow()
	second, _, _ := b.Allow()
	third, _, _ := b.Allow()
	if _, wait, ok := b.Allow(); ok || wait <= 0 {
		t.Fatalf("a fourth is let through %v, or not told to wait: %s", ok, wait)
	}
	first(true)
	first(true)
	second(true)
	expect(t, b, HalfOpen)
	third(true)
	expect(t, b, Closed)
}

func TestOneFailureOpensAHalfOpenCircuitAgain(t *testing.T) {
	clock := new(hand)
	b := NewBreaker(usual(), clock.now)
	after(5, b, false)
	clock.pass(30 * time.Second)
	late, _, _ := b.Allow()
	after(2, b, true)
	after(1, b, false)
	expect(t, b, Open)
	clock.pass(30 * time.Second)
	late(true)
	after(2, b, true)
	expect(t, b, HalfOpen)
	if b.Changes(Open) != 2 || b.Changes(HalfOpen) != 2 || b.Changes(Closed) != 0 {
		t.Fatalf("changes are %v", b.changes)
	}
}

func TestWhoEndsWithoutHavingLearntAnythingMakesRoomForAnother(t *testing.T) {
	clock := new(hand)
	b := NewBreaker(Limits{Threshold: 1, Timeout: time.Second, HalfOpen: 1}, clock.now)
	after(1, b, false)
	clock.pass(time.Second)
	for range 10 {
		pass, _, ok := b.Enter()
		if !ok {
			t.Fatal("nobody may try any more")
		}
		pass.Abandon()
	}
	expect(t, b, HalfOpen)
	pass, _, _ := b.Enter()
	pass.Unreached(0)
	expect(t, b, Open)
}

func TestWhatWasNeverSentDoesNotOpenAClosedCircuit(t *testing.T) {
	b := NewBreaker(usual(), new(hand).now)
	for range 50 {
		pass, _, _ := b.Enter()
		pass.Unreached(0)
	}
	expect(t, b, Closed)
}

func unreachedAfter(b *Breaker, clock *hand, waits ...time.Duration) {
	for _, wait := range waits {
		clock.pass(wait)
		pass, _, _ := b.Enter()
		pass.Unreached(5 * time.Second)
	}
}

func TestWhoIsNotReachedForLongerThanThePatienceHasFailed(t *testing.T) {
	clock := new(hand)
	b := NewBreaker(usual(), clock.now)
	unreachedAfter(b, clock, 0, 2*time.Second, 2*time.Second, 999*time.Millisecond, time.Millisecond, 0, 0, 0)
	expect(t, b, Closed)
	unreachedAfter(b, clock, 0)
	expect(t, b, Open)
}

func TestPatienceBeginsAnewWithASuccessAndAfterAPause(t *testing.T) {
	clock := new(hand)
	b := NewBreaker(usual(), clock.now)
	unreachedAfter(b, clock, 0, 4*time.Second)
	after(1, b, true)
	unreachedAfter(b, clock, time.Second, 0, 0, 0, 0, 0)
	expect(t, b, Closed)
	unreachedAfter(b, clock, time.Hour, 0, 0, 0, 0, 0)
	expect(t, b, Closed)
}

func TestTheMetricsHaveTheNumbersOfTheStates(t *testing.T) {
	if Closed != 0 || Open != 1 || HalfOpen != 2 {
		t.Fatal("they are told as numbers")
	}
}

// model is the rule in the plainest words: what is, and what comes of it.
type model struct {
	state      State
	opened     time.Time
	row        int
	good, out  int
	generation int
}

func (m model) at(now time.Time, l Limits) model {
	if m.state == Open && now.Sub(m.opened) >= l.Timeout {
		return model{state: HalfOpen, generation: m.generation + 1}
	}
	return m
}

func (m model) letsThrough(l Limits) bool {
	return m.state == Closed || m.state == HalfOpen && m.out < l.HalfOpen
}

func (m model) open(now time.Time) model {
	return model{state: Open, opened: now, generation: m.generation + 1}
}

func (m model) ended(how int, now time.Time, l Limits) model {
	m.out--
	failed := how == fails || how == unreached && m.state == HalfOpen
	switch {
	case failed && m.state == HalfOpen, failed && m.row+1 >= l.Threshold:
		return m.open(now)
	case failed:
		m.row++
	case how == succeeds && m.state == HalfOpen && m.good+1 >= l.HalfOpen:
		return model{generation: m.generation + 1}
	case how == succeeds:
		m.row = 0
		m.good++
	}
	return m
}

const (
	succeeds = iota
	fails
	abandons
	unreached
)

type going struct {
	pass       *Pass
	generation int
}

func TestACircuitFollowsItsRuleThroughAnySequence(t *testing.T) {
	for seed := range uint64(3000) {
		chance := rand.New(rand.NewPCG(seed, 9))
		limits := Limits{Threshold: 1 + chance.IntN(5), Timeout: time.Duration(1+chance.IntN(20)) * time.Second,
			HalfOpen: 1 + chance.IntN(4)}
		clock := new(hand)
		b, m := NewBreaker(limits, clock.now), model{}
		var under []going
		bias := chance.IntN(4)
		for step := range 200 {
			m = m.at(clock.now(), limits)
			switch choice := chance.IntN(10); {
			case choice < 4:
				pass, wait, ok := b.Enter()
				if ok != m.letsThrough(limits) || ok != (wait == 0) || ok != (pass != nil) {
					t.Fatalf("seed %d step %d: let through %v with wait %s, by the rule %v", seed, step, ok, wait, !ok)
				}
				if ok {
					m.out++
					under = append(under, going{pass, m.generation})
				}
			case choice < 8 && len(under) > 0:
				one := chance.IntN(len(under))
				how := chance.IntN(4)
				if chance.IntN(4) < bias {
					how = fails
				}
				tells(under[one].pass, how)
				if under[one].generation == m.generation {
					m = m.ended(how, clock.now(), limits)
				}
				if chance.IntN(8) > 0 {
					under = append(under[:one], under[one+1:]...)
				} else {
					under[one].generation = -1
				}
			default:
				clock.pass(time.Duration(chance.IntN(int(limits.Timeout))))
			}
			if m = m.at(clock.now(), limits); b.State() != m.state {
				t.Fatalf("seed %d step %d: it is %s, by the rule %s", seed, step, b.State(), m.state)
			}
		}
	}
}

func tells(pass *Pass, how int) {
	switch how {
	case succeeds, fails:
		pass.Done(how == succeeds)
	case abandons:
		pass.Abandon()
	case unreached:
		pass.Unreached(0)
	}
}

func TestManyAtOnceNeverTryMoreThanMay(t *testing.T) {
	clock := new(hand)
	b := NewBreaker(Limits{Threshold: 1, Timeout: time.Second, HalfOpen: 3}, clock.now)
	for range 200 {
		after(1, b, false)
		clock.pass(time.Second)
		var trying, most atomic.Int64
		var all, entered sync.WaitGroup
		entered.Add(50)
		for range 50 {
			all.Go(func() {
				pass, _, ok := b.Enter()
				if ok {
					trying.Add(1)
				}
				entered.Done()
				entered.Wait()
				most.Store(trying.Load())
				if ok {
					pass.Done(true)
				}
			})
		}
		all.Wait()
		if most.Load() != 3 {
			t.Fatalf("%d try at once", most.Load())
		}
		expect(t, b, Closed)
	}
}

func TestCircuitsOfAnotherConfigurationAreTheSame(t *testing.T) {
	former, _ := HoldCircuits("bots", usual())
	after(5, former.Of("10.0.0.1:8080"), false)
	next, _ := HoldCircuits("bots", Limits{Threshold: 2, Timeout: time.Hour, HalfOpen: 1})
	if err := former.Release(); err != nil {
		t.Fatal(err)
	}
	expect(t, next.Of("10.0.0.1:8080"), Open)
	expect(t, next.Of("10.0.0.2:8080"), Closed)
	if wait := next.Of("10.0.0.1:8080").Refuses(); wait < 59*time.Minute {
		t.Errorf("the next limits do not count: %s", wait)
	}
	if err := next.Release(); err != nil {
		t.Fatal(err)
	}
	last, _ := HoldCircuits("bots", usual())
	defer func() { _ = last.Release() }()
	expect(t, last.Of("10.0.0.1:8080"), Closed)
}

func TestWhatNobodyAsksForIsForgotten(t *testing.T) {
	clock := new(hand)
	all := newCircuits("bots", usual(), clock.now)
	all.Of("10.0.0.2:8080")
	for range 100 {
		after(5, all.Of("10.0.0.1:8080"), false)
		clock.pass(time.Minute)
	}
	all.Of("10.0.0.3:8080")
	if _, is := all.breakers["10.0.0.2:8080"]; is || len(all.breakers) != 2 {
		t.Errorf("known are %v", all.breakers)
	}
	clock.pass(time.Hour)
	all.each(func(address string, _ *Breaker) { t.Errorf("%s is known", address) })
}

// Whoever was let through, and is never sent on, gives its place back when it ends.
func TestAPlaceThatIsNotUsedIsGivenBack(t *testing.T) {
	clock := new(hand)
	policy := &CircuitPolicy{among: reverseproxy.FirstSelection{}, circuits: newCircuits("bots", Limits{Threshold: 1, Timeout: time.Second, HalfOpen: 1}, clock.now)}
	pool := reverseproxy.UpstreamPool{{Dial: "10.0.0.1:8080", Host: new(reverseproxy.Host)}}
	breaker := policy.circuits.Of("10.0.0.1:8080")
	after(1, breaker, false)
	clock.pass(time.Second)
	for range 5 {
		ctx, end := context.WithCancel(context.WithValue(context.Background(), caddyhttp.VarsCtxKey, map[string]any{}))
		request := httptest.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
		policy.Select(pool, request, httptest.NewRecorder())
		if given := caddyhttp.GetVar(ctx, entered).(entry); given.pass == nil {
			t.Fatal("nobody is let through any more")
		}
		end()
		reached(t, func() bool { return breaker.Refuses() == 0 })
	}
}
