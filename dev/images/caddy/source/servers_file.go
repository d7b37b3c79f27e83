package main

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// named is what a file of servers says.
type named struct {
	revision  string
	addresses []string
}

// heading is the first line of such a file: whoever wrote it finds by it who has taken it.
var heading = regexp.MustCompile(`^# revision ([0-9a-f]{12})$`)

// parseServers reads a file of servers: its revision, then an address and a port a line. It is taken as a whole or not
// at all: what is only half there would leave servers out that serve.
func parseServers(text string) (named, error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	first := heading.FindStringSubmatch(lines[0])
	if first == nil {
		return named{}, errors.New(`the first line is no "# revision " with twelve digits`)
	}
	addresses := lines[1:]
	for i, address := range addresses {
		if err := checkServer(address); err != nil {
			return named{}, fmt.Errorf("line %d: %w", i+2, err)
		}
		if slices.Contains(addresses[:i], address) {
			return named{}, fmt.Errorf("line %d: %s is there twice", i+2, address)
		}
	}
	return named{first[1], addresses}, nil
}

// checkServer lets only addresses pass: in a name Caddy would look for placeholders.
func checkServer(address string) error {
	parsed, err := netip.ParseAddrPort(address)
	switch {
	case err != nil:
		return fmt.Errorf("%q is no address and port", address)
	case parsed.Port() == 0 || parsed.Addr().Zone() != "" || parsed.Addr().IsUnspecified():
		return fmt.Errorf("%q leads nowhere", address)
	}
	return nil
}
