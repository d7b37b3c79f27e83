package main

import (
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp/reverseproxy"
)

// Servers are upstreams that a file names. A change of the file is no change of the configuration: nothing is loaded
// again, and no connection of a client is closed. All who name the same file have its list and its checks in common,
// by the settings of whoever came last.
//
//	dynamic servers <file> {
//	    otherwise       <host:port>
//	    health_uri      <path>
//	    health_interval <duration>
//	    health_timeout  <duration>
//	}
type Servers struct {
	// File is where they are named; its folder must be there.
	File string `json:"file"`
	// Otherwise is asked while the file names nobody.
	Otherwise string `json:"otherwise,omitempty"`
	// HealthURI is what each is asked now and then; without it nobody is left out.
	HealthURI      string         `json:"health_uri,omitempty"`
	HealthInterval caddy.Duration `json:"health_interval,omitempty"`
	HealthTimeout  caddy.Duration `json:"health_timeout,omitempty"`

	roll *roll
}

const (
	usualInterval = 10 * time.Second
	usualTimeout  = 5 * time.Second
)

func init() {
	caddy.RegisterModule(Servers{})
}

// CaddyModule tells Caddy of it.
func (Servers) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.reverse_proxy.upstreams.servers", New: func() caddy.Module { return new(Servers) }}
}

// Provision takes the list of this file up, or reads it for the first time.
func (s *Servers) Provision(ctx caddy.Context) error {
	if err := registerOnce(ctx.GetMetricsRegistry(), rollMetrics{}); err != nil {
		return err
	}
	var err error
	s.roll, err = holdRoll(s.File, checking{s.HealthURI, s.interval(), s.timeout(), ctx.Logger()})
	return err
}

func (s *Servers) interval() time.Duration {
	if s.HealthInterval > 0 {
		return time.Duration(s.HealthInterval)
	}
	return usualInterval
}

func (s *Servers) timeout() time.Duration {
	if s.HealthTimeout > 0 {
		return time.Duration(s.HealthTimeout)
	}
	return usualTimeout
}

// Cleanup lets the list go. What is still under way may go on asking it.
func (s *Servers) Cleanup() error {
	if s.roll == nil {
		return nil
	}
	return s.roll.release()
}

// GetUpstreams are those that may be asked now. They are made anew each time, as Caddy writes on them.
func (s *Servers) GetUpstreams(*http.Request) ([]*reverseproxy.Upstream, error) {
	addresses := s.roll.serving()
	if len(addresses) == 0 && s.Otherwise != "" {
		addresses = []string{s.Otherwise}
	}
	upstreams := make([]*reverseproxy.Upstream, len(addresses))
	for i, address := range addresses {
		upstreams[i] = &reverseproxy.Upstream{Dial: address}
	}
	return upstreams, nil
}

// UnmarshalCaddyfile reads it.
func (s *Servers) UnmarshalCaddyfile(d *caddyfile.Dispenser) error {
	d.Next()
	if !d.AllArgs(&s.File) {
		return d.ArgErr()
	}
	for d.NextBlock(0) {
		option, value := d.Val(), ""
		if !d.AllArgs(&value) {
			return d.ArgErr()
		}
		if err := s.option(d, option, value); err != nil {
			return err
		}
	}
	return nil
}

func (s *Servers) option(d *caddyfile.Dispenser, option, value string) error {
	switch option {
	case "otherwise":
		if host, port, err := net.SplitHostPort(value); err != nil || host == "" || port == "" {
			return d.Errf("otherwise is host and port, and not %s", value)
		}
		s.Otherwise = value
	case "health_uri":
		if !strings.HasPrefix(value, "/") {
			return d.Errf("health_uri begins with a slash, and not as %s", value)
		}
		s.HealthURI = value
	case "health_interval":
		return readTime(d, &s.HealthInterval)
	case "health_timeout":
		return readTime(d, &s.HealthTimeout)
	default:
		return d.Errf("there is no option %s", option)
	}
	return nil
}

func readTime(d *caddyfile.Dispenser, into *caddy.Duration) error {
	read, err := duration(d)
	if err != nil {
		return d.WrapErr(err)
	}
	if read <= 0 {
		return d.Errf("%s is no time to wait", d.Val())
	}
	*into = read
	return nil
}

var (
	_ caddy.Provisioner           = (*Servers)(nil)
	_ caddy.CleanerUpper          = (*Servers)(nil)
	_ caddyfile.Unmarshaler       = (*Servers)(nil)
	_ reverseproxy.UpstreamSource = (*Servers)(nil)
)
