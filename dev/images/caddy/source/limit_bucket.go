package main

import (
	linked "container/list"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// mostBuckets is how many buckets a gateway has of its own, those that were used last: some 20 MB.
const mostBuckets = 50_000

// claim is a token of somebody's bucket.
type claim struct {
	zone Zone
	who  string
}

// verdict is what became of some claims: all of them were granted, or none.
type verdict struct {
	// refused is the claim that has to wait longest; -1 if they were granted.
	refused int
	// wait is after which all could be granted.
	wait time.Duration
	// left is how many tokens each bucket has now, and full when it has all again.
	left []int
	full []time.Duration
}

func granted(claims []claim) verdict {
	return verdict{refused: -1, left: make([]int, len(claims)), full: make([]time.Duration, len(claims))}
}

// volume is how many tokens a full bucket has.
func (z Zone) volume() int { return z.Requests + z.Burst }

// interval is in which one token comes in.
func (z Zone) interval() time.Duration {
	return time.Duration(z.Window) * time.Second / time.Duration(z.Requests)
}

// bucket is its name. Whoever reads it cannot tell of whom it is without the secret; of another limit it is another bucket.
func (c claim) bucket(secret []byte) string {
	mac := hmac.New(sha256.New, secret)
	_, _ = fmt.Fprintf(mac, "%s %d %d %d %s", c.zone.Name, c.zone.Requests, c.zone.Window, c.zone.Burst, c.who)
	return prefix + raw.EncodeToString(mac.Sum(nil)[:16])
}

// own are the buckets of this gateway alone.
type own struct {
	gateways int
	most     int
	now      func() time.Time

	mutex sync.Mutex
	known map[string]*linked.Element
	order *linked.List
}

// held is one of them.
type held struct {
	name    string
	limiter *rate.Limiter
}

func ownBuckets(gateways int) *own {
	return &own{gateways: gateways, most: mostBuckets, now: time.Now, known: map[string]*linked.Element{}, order: linked.New()}
}

// take grants what this gateway's share has. Nobody can tell which gateway a client comes to, so each has as much.
func (o *own) take(claims []claim) verdict {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	now, said := o.now(), granted(claims)
	limiters := make([]*rate.Limiter, len(claims))
	for i, claim := range claims {
		limiters[i] = o.limiter(claim)
		if wait := missing(limiters[i], now, 1); wait > said.wait {
			said.refused, said.wait = i, wait
		}
	}
	for i, limiter := range limiters {
		if said.refused < 0 {
			limiter.AllowN(now, 1)
		}
		said.left[i] = int(max(0, limiter.TokensAt(now)))
		said.full[i] = missing(limiter, now, limiter.Burst())
	}
	return said
}

// missing is how long it takes until there are as many tokens.
func missing(limiter *rate.Limiter, now time.Time, tokens int) time.Duration {
	lacking := float64(tokens) - limiter.TokensAt(now)
	return time.Duration(max(0, lacking) / float64(limiter.Limit()) * float64(time.Second))
}

func (o *own) limiter(c claim) *rate.Limiter {
	name := strconv.Itoa(c.zone.Requests) + "/" + strconv.Itoa(c.zone.Window) + "/" + strconv.Itoa(c.zone.Burst) + " " + c.zone.Name + " " + c.who
	if element, ok := o.known[name]; ok {
		o.order.MoveToFront(element)
		return element.Value.(*held).limiter
	}
	if o.order.Len() >= o.most {
		oldest := o.order.Back()
		delete(o.known, o.order.Remove(oldest).(*held).name)
	}
	pace := float64(c.zone.Requests) / float64(c.zone.Window) / float64(o.gateways)
	limiter := rate.NewLimiter(rate.Limit(pace), max(1, c.zone.volume()/o.gateways))
	o.known[name] = o.order.PushFront(&held{name, limiter})
	return limiter
}
