package main

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	_ "embed"
	"errors"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/redis/go-redis/v9"
	"go.uber.org/zap"
)

const (
	prefix = "edge:"
	// limitPatience is how long a request waits for Valkey.
	limitPatience = 50 * time.Millisecond
	// pause is after which a Valkey that was away is asked again; by nobody's request.
	pause = time.Second
	// connections that are open at least, and at most: one more for each request that is answered at the same moment.
	leastConnections, mostConnections = 4, 64
)

// Tokens of several buckets in one round trip, of all of them or of none.
//
//go:embed limit.lua
var limitScript string

// silent is for what the client says of every connection that it cannot open: that Valkey is away is said once.
type silent struct{}

func (silent) Printf(context.Context, string, ...any) {}

func init() { redis.SetLogger(silent{}) }

// shared are buckets in Valkey, by its clock.
type shared struct {
	client *redis.Client
	script *redis.Script
	secret []byte
	away   atomic.Bool
	ended  context.Context
	end    context.CancelFunc
}

// open begins without it: nobody waits until it is there.
func open(address, authority string) (*shared, error) {
	options, err := redis.ParseURL(strings.TrimSpace(address))
	if err != nil {
		return nil, errors.New("the address of Valkey cannot be read") // the cause would say its password
	}
	if err := trust(options, authority); err != nil {
		return nil, err
	}
	options.Protocol = 2
	options.DisableIdentity = true
	options.MaxRetries = -1
	options.DialerRetries = 1
	options.ContextTimeoutEnabled = true
	options.ReadTimeout, options.WriteTimeout, options.PoolTimeout = limitPatience, limitPatience, limitPatience
	options.DialTimeout = pause
	options.MinIdleConns, options.PoolSize = leastConnections, mostConnections
	secret := sha256.Sum256([]byte(address))
	opened := &shared{client: redis.NewClient(options), script: redis.NewScript(limitScript), secret: secret[:]}
	opened.ended, opened.end = context.WithCancel(context.Background())
	opened.away.Store(true)
	go opened.come()
	return opened, nil
}

func trust(options *redis.Options, authority string) error {
	if options.TLSConfig == nil || authority == "" {
		return nil
	}
	options.TLSConfig.MinVersion = tls.VersionTLS12
	options.TLSConfig.RootCAs = x509.NewCertPool()
	if !options.TLSConfig.RootCAs.AppendCertsFromPEM([]byte(authority)) {
		return errors.New("the authority of Valkey is no certificate")
	}
	return nil
}

func (s *shared) close() error {
	s.end()
	return s.client.Close()
}

// take says nothing while Valkey is away. It is after the first that waited in vain: those after it do not wait at all.
func (s *shared) take(claims []claim) (verdict, bool) {
	if s.away.Load() {
		return verdict{}, false
	}
	said, err := s.ask(claims)
	if err != nil {
		s.leave(err)
	}
	return said, err == nil
}

// ask does not end with the request: that a client goes away says nothing of Valkey.
func (s *shared) ask(claims []claim) (verdict, error) {
	within, end := context.WithTimeout(s.ended, limitPatience)
	defer end()
	keys, values := make([]string, len(claims)), make([]any, 0, 2*len(claims))
	for i, claim := range claims {
		keys[i] = claim.bucket(s.secret)
		values = append(values, claim.zone.volume(), microseconds(claim.zone))
	}
	numbers, err := s.script.Run(within, s.client, keys, values...).Int64Slice()
	if err != nil {
		return verdict{}, err
	}
	return read64(claims, numbers)
}

// microseconds in which one token comes in, with their fraction.
func microseconds(z Zone) string {
	return strconv.FormatFloat(float64(z.Window)*1e6/float64(z.Requests), 'f', 6, 64)
}

// read64 is what the script says: which claim waits longest and how long, then of each bucket what is left and when it is full.
func read64(claims []claim, numbers []int64) (verdict, error) {
	said := granted(claims)
	if len(numbers) != 2+2*len(claims) || numbers[0] < 0 || numbers[0] > int64(len(claims)) {
		return said, errors.New("Valkey answered what was not asked")
	}
	said.refused, said.wait = int(numbers[0])-1, time.Duration(numbers[1])*time.Microsecond
	for i := range claims {
		said.left[i] = int(numbers[2+2*i])
		said.full[i] = time.Duration(numbers[3+2*i]) * time.Microsecond
	}
	return said, nil
}

func (s *shared) leave(why error) {
	if s.ended.Err() == nil && s.away.CompareAndSwap(false, true) {
		leavings.Inc()
		sharing.Set(0)
		caddy.Log().Named("limit").Warn("Valkey does not answer, each gateway has its own buckets", zap.Error(why))
		go s.come()
	}
}

// come asks until there is an answer: one that takes a token, as a replica could not.
func (s *shared) come() {
	nobody := []claim{{zone: Zone{Name: "probe", Requests: 1_000_000, Window: 1}}}
	for {
		_, err := s.ask(nobody)
		if err == nil {
			s.away.Store(false)
			sharing.Set(1)
			caddy.Log().Named("limit").Info("all gateways share the buckets in Valkey")
			return
		}
		select {
		case <-s.ended.Done():
			return
		case <-time.After(pause):
		}
	}
}
