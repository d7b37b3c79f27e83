package main

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig"
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp/reverseproxy"
)

// CircuitPolicy lets another policy choose among the upstreams whose circuits are not open. If there is none to choose
// because of an open circuit, nobody is asked: the transport of this name answers. Transport and policy go together.
//
//	lb_policy circuit <name> {
//	    threshold <failures>
//	    timeout   <duration>
//	    half_open <requests>
//	    policy    <name> [<arguments...>]
//	    patience  <duration> [<address>]
//	    failing   <statuses...>
//	}
//
// With patience, who could not be reached for so long has failed at each further try; without, never. With an address
// that is only for the one there, whom no other can stand in for. Failing are the answers that count as failures: 502,
// 503 and 504 if nothing else is said. 500 should not be one: it says that one thing went wrong, and whoever knows how
// to make it go wrong would open the circuits of all others.
type CircuitPolicy struct {
	Name      string         `json:"name"`
	Threshold int            `json:"threshold"`
	Timeout   caddy.Duration `json:"timeout"`
	HalfOpen  int            `json:"half_open"`
	Patience  caddy.Duration `json:"patience,omitempty"`
	// Alone is the address that patience is for; nothing if it is for all.
	Alone   string `json:"alone,omitempty"`
	Failing []int  `json:"failing,omitempty"`
	// Among is the policy that chooses.
	Among json.RawMessage `json:"among,omitempty" caddy:"namespace=http.reverse_proxy.selection_policies inline_key=policy"`

	among    reverseproxy.Selector
	circuits *Circuits
}

// entry is what the policy has to say to the transport: either somebody is let through, or nobody is for a time.
type entry struct {
	pass     *Pass
	failing  []int
	patience time.Duration
	wait     time.Duration
}

// entered is where a request carries its entry.
const entered = "generalbots.circuit"

func init() {
	caddy.RegisterModule(CircuitPolicy{})
}

// CaddyModule tells Caddy of it.
func (CircuitPolicy) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{
		ID: "http.reverse_proxy.selection_policies.circuit", New: func() caddy.Module { return new(CircuitPolicy) },
	}
}

// Provision takes the circuits of this name up, with the limits of this configuration.
func (c *CircuitPolicy) Provision(ctx caddy.Context) error {
	among, err := ctx.LoadModule(c, "Among")
	if err != nil {
		return err
	}
	c.among = among.(reverseproxy.Selector)
	if len(c.Failing) == 0 {
		c.Failing = []int{http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}
	}
	if err := registerCircuits(ctx); err != nil {
		return err
	}
	c.circuits, err = HoldCircuits(c.Name, Limits{c.Threshold, time.Duration(c.Timeout), c.HalfOpen})
	return err
}

// Cleanup lets the circuits go.
func (c *CircuitPolicy) Cleanup() error {
	if c.circuits == nil {
		return nil
	}
	return c.circuits.Release()
}

// Select is whom to ask; nobody if nobody is there whatever the circuits say.
func (c *CircuitPolicy) Select(pool reverseproxy.UpstreamPool, r *http.Request, w http.ResponseWriter) *reverseproxy.Upstream {
	for left := c.closed(pool); len(left) > 0; {
		chosen := c.among.Select(left, r, w)
		if chosen == nil {
			break
		}
		if pass, _, ok := c.circuits.Of(chosen.Dial).Enter(); ok {
			enter(r, entry{pass: pass, failing: c.Failing, patience: c.patience(chosen.Dial)})
			return chosen
		}
		left = slices.DeleteFunc(slices.Clone(left), func(u *reverseproxy.Upstream) bool { return u == chosen })
	}
	return c.soonest(pool, r)
}

// patience is that with what is at an address.
func (c *CircuitPolicy) patience(address string) time.Duration {
	if c.Alone != "" && c.Alone != address {
		return 0
	}
	return time.Duration(c.Patience)
}

// closed are those that somebody may ask just now.
func (c *CircuitPolicy) closed(pool reverseproxy.UpstreamPool) reverseproxy.UpstreamPool {
	refuses := func(u *reverseproxy.Upstream) bool { return c.circuits.Of(u.Dial).Refuses() > 0 }
	if !slices.ContainsFunc(pool, refuses) {
		return pool
	}
	return slices.DeleteFunc(slices.Clone(pool), refuses)
}

// soonest is the one that may be asked first, of those that nobody may ask now.
func (c *CircuitPolicy) soonest(pool reverseproxy.UpstreamPool, r *http.Request) *reverseproxy.Upstream {
	var first *reverseproxy.Upstream
	var least time.Duration
	for _, upstream := range pool {
		if wait := c.circuits.Of(upstream.Dial).Refuses(); wait > 0 && (first == nil || wait < least) {
			first, least = upstream, wait
		}
	}
	if first != nil {
		enter(r, entry{wait: least})
	}
	return first
}

// enter gives the request its entry. One that is never used ends with the request.
func enter(r *http.Request, given entry) {
	caddyhttp.SetVar(r.Context(), entered, given)
	if given.pass != nil && given.pass.tries {
		context.AfterFunc(r.Context(), given.pass.Abandon)
	}
}

// UnmarshalCaddyfile reads it.
func (c *CircuitPolicy) UnmarshalCaddyfile(d *caddyfile.Dispenser) error {
	d.Next()
	if !d.AllArgs(&c.Name) {
		return d.ArgErr()
	}
	for d.NextBlock(0) {
		if err := c.option(d); err != nil {
			return err
		}
	}
	if c.Threshold < 1 || c.Timeout <= 0 || c.HalfOpen < 1 || c.Among == nil {
		return d.Err("threshold, timeout, half_open and policy are all needed, and at least 1")
	}
	return nil
}

func (c *CircuitPolicy) option(d *caddyfile.Dispenser) error {
	option := d.Val()
	if !d.NextArg() {
		return d.ArgErr()
	}
	var err error
	switch option {
	case "threshold":
		c.Threshold, err = strconv.Atoi(d.Val())
	case "half_open":
		c.HalfOpen, err = strconv.Atoi(d.Val())
	case "timeout":
		c.Timeout, err = duration(d)
	case "patience":
		if c.Patience, err = duration(d); d.NextArg() {
			c.Alone = d.Val()
		}
	case "failing":
		c.Failing, err = numbers(d)
	case "policy":
		return c.policy(d)
	default:
		return d.Errf("there is no option %s", option)
	}
	if err != nil {
		return d.WrapErr(err)
	}
	return nil
}

func duration(d *caddyfile.Dispenser) (caddy.Duration, error) {
	parsed, err := caddy.ParseDuration(d.Val())
	return caddy.Duration(parsed), err
}

// numbers are all that are left on this line.
func numbers(d *caddyfile.Dispenser) ([]int, error) {
	var all []int
	for _, word := range append([]string{d.Val()}, d.RemainingArgs()...) {
		number, err := strconv.Atoi(word)
		if err != nil {
			return nil, err
		}
		all = append(all, number)
	}
	return all, nil
}

func (c *CircuitPolicy) policy(d *caddyfile.Dispenser) error {
	name := d.Val()
	module, err := caddyfile.UnmarshalModule(d, "http.reverse_proxy.selection_policies."+name)
	if err == nil {
		c.Among = caddyconfig.JSONModuleObject(module, "policy", name, nil)
	}
	return err
}

var (
	_ caddy.Provisioner     = (*CircuitPolicy)(nil)
	_ caddy.CleanerUpper    = (*CircuitPolicy)(nil)
	_ caddyfile.Unmarshaler = (*CircuitPolicy)(nil)
	_ reverseproxy.Selector = (*CircuitPolicy)(nil)
)
