package main

import (
	"strconv"
	"strings"

	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

func parseLimit(h httpcaddyfile.Helper) (caddyhttp.MiddlewareHandler, error) {
	limit := &Limit{By: byIP, Gateways: 1}
	h.Next()
	if h.NextArg() {
		return nil, h.ArgErr()
	}
	for h.NextBlock(0) {
		if err := limit.parse(h.Dispenser); err != nil {
			return nil, err
		}
	}
	return limit, nil
}

// parse reads one line of the block.
func (l *Limit) parse(d *caddyfile.Dispenser) error {
	option, given := d.Val(), d.RemainingArgs()
	switch {
	case option == "by" && len(given) == 1 && (given[0] == byIP || given[0] == byTenant):
		l.By = given[0]
	case option == "by" && len(given) == 2 && given[0] == byUser:
		l.By, l.Key = byUser, given[1]
	case option == "valkey" && len(given) == 1:
		l.Valkey = given[0]
	case option == "gateways" && len(given) == 1:
		return whole(d, given[0], 1, &l.Gateways)
	case option == "zone" && len(given) >= 4:
		return l.parseZone(d, given)
	default:
		return d.Errf("cannot be read: %s %s", option, strings.Join(given, " "))
	}
	return nil
}

func (l *Limit) parseZone(d *caddyfile.Dispenser, given []string) error {
	zone := Zone{Name: given[0], Paths: given[4:]}
	for i, field := range []struct {
		least int
		into  *int
	}{{1, &zone.Requests}, {1, &zone.Window}, {0, &zone.Burst}} {
		if err := whole(d, given[i+1], field.least, field.into); err != nil {
			return err
		}
	}
	l.Zones = append(l.Zones, zone)
	return nil
}

func whole(d *caddyfile.Dispenser, text string, least int, into *int) error {
	value, err := strconv.Atoi(text)
	if err != nil || value < least {
		return d.Errf("no whole number of at least %d: %s", least, text)
	}
	*into = value
	return nil
}
