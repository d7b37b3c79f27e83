package main

import (
	"sync"
	"time"

	"github.com/caddyserver/caddy/v2"
)

// Circuits are the breakers of one name, by what they lead to. All handlers of the name have them in common, those of a
// former configuration and those of the next one: a change of the configuration closes none.
type Circuits struct {
	name     string
	now      func() time.Time
	lock     sync.RWMutex
	limits   Limits
	breakers map[string]*Breaker
}

// forgotten is how long nobody has asked for what is not there any more.
const forgotten = 15 * time.Minute

// circuits counts who uses each name.
var circuits = caddy.NewUsagePool()

// HoldCircuits takes those of a name up, or begins them; these limits are theirs from now on. Whoever holds them calls
// Release once, in its Cleanup.
func HoldCircuits(name string, limits Limits) (*Circuits, error) {
	held, _, err := circuits.LoadOrNew(name, func() (caddy.Destructor, error) {
		return newCircuits(name, limits, time.Now), nil
	})
	if err != nil {
		return nil, err
	}
	all := held.(*Circuits)
	all.limit(limits)
	return all, nil
}

func newCircuits(name string, limits Limits, now func() time.Time) *Circuits {
	return &Circuits{name: name, now: now, limits: limits, breakers: make(map[string]*Breaker)}
}

// Release lets them go; with the last one who held them they are forgotten.
func (c *Circuits) Release() error {
	_, err := circuits.Delete(c.name)
	return err
}

// Destruct has nothing to end.
func (c *Circuits) Destruct() error { return nil }

// Of is the breaker of what is at an address.
func (c *Circuits) Of(address string) *Breaker {
	c.lock.RLock()
	breaker, is := c.breakers[address]
	c.lock.RUnlock()
	if is {
		return breaker
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	if breaker, is := c.breakers[address]; is {
		return breaker
	}
	c.forget()
	breaker = NewBreaker(c.limits, c.now)
	c.breakers[address] = breaker
	return breaker
}

// forget drops what nobody has asked for a long time: pods come and go, and so do their addresses.
func (c *Circuits) forget() {
	for address, breaker := range c.breakers {
		if breaker.idle() > forgotten+c.limits.Timeout {
			delete(c.breakers, address)
		}
	}
}

func (c *Circuits) limit(limits Limits) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.limits = limits
	for _, breaker := range c.breakers {
		breaker.Limit(limits)
	}
}

func (b *Breaker) idle() time.Duration {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.now().Sub(b.used)
}

// each shows every breaker there is.
func (c *Circuits) each(show func(address string, breaker *Breaker)) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.forget()
	for address, breaker := range c.breakers {
		show(address, breaker)
	}
}
