package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"go.uber.org/zap"
)

// checking is how servers are asked whether they are well.
type checking struct {
	path     string
	interval time.Duration
	timeout  time.Duration
	logger   *zap.Logger
}

// checked is a server that is asked for its health, once for all routes that lead to it. Until it was asked for the
// first time it is well.
type checked struct {
	address string
	sick    atomic.Bool
	end     context.CancelFunc
}

// mostRead is how much of an answer is read: who cannot even send that is not well.
const mostRead = 64 << 10

// caller opens a connection for each check, as a client of the server would, and keeps none that its end would wait for.
var caller = &http.Client{
	Transport:     &http.Transport{DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// begin has a server checked until its end.
func (r *roll) begin(ctx context.Context, address string) *checked {
	one := &checked{address: address}
	ctx, one.end = context.WithCancel(ctx)
	r.running.Go(func() { r.check(ctx, one) })
	return one
}

func (r *roll) check(ctx context.Context, one *checked) {
	for {
		by := r.checks.Load()
		if by.path != "" {
			one.learn(ctx, by)
		} else {
			one.sick.Store(false)
		}
		next := time.NewTimer(by.interval)
		select {
		case <-ctx.Done():
			next.Stop()
			return
		case <-next.C:
		}
	}
}

// learn asks once. What comes of a question that was broken off says nothing.
func (c *checked) learn(ctx context.Context, by *checking) {
	trouble := c.ask(ctx, by)
	if ctx.Err() != nil || c.sick.Swap(trouble != nil) == (trouble != nil) {
		return
	}
	if trouble != nil {
		by.logger.Warn("a server is not well", zap.String("server", c.address), zap.Error(trouble))
	} else {
		by.logger.Info("a server is well again", zap.String("server", c.address))
	}
}

func (c *checked) ask(ctx context.Context, by *checking) error {
	ctx, cancel := context.WithTimeout(ctx, by.timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.address+by.path, nil)
	if err != nil {
		return err
	}
	answer, err := caller.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("it answered %d", answer.StatusCode)
	}
	_, err = io.Copy(io.Discard, io.LimitReader(answer.Body, mostRead))
	return err
}
