package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp/reverseproxy"
)

// CircuitTransport is the transport http, with all of its options, and tells the circuits how requests ended. Where
// the policy found every circuit open it asks nobody and answers itself, at once.
//
//	transport circuit {
//	    <options of http...>
//	}
type CircuitTransport struct {
	reverseproxy.HTTPTransport
}

func init() {
	caddy.RegisterModule(CircuitTransport{})
}

// CaddyModule tells Caddy of it.
func (CircuitTransport) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{
		ID: "http.reverse_proxy.transport.circuit", New: func() caddy.Module { return new(CircuitTransport) },
	}
}

// RoundTrip asks, if it may. What has no entry, as checks of health have none, is no business of circuits.
func (t *CircuitTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	at, is := caddyhttp.GetVar(r.Context(), entered).(entry)
	switch {
	case !is:
		return t.HTTPTransport.RoundTrip(r)
	case at.pass == nil:
		return putOff(r, at.wait), nil
	}
	asked, sent := watched(r)
	answer, err := t.HTTPTransport.RoundTrip(asked)
	return conclude(at, r, sent(), answer, err)
}

// conclude tells the circuit. Nobody's failure is what ends because the client went, or before all had come from it:
// whoever sends slowly, and half, would open the circuits of all others. Caddy would leave the upstream out for that,
// so it gets an answer instead of an error.
func conclude(at entry, r *http.Request, sent bool, answer *http.Response, err error) (*http.Response, error) {
	pass := at.pass
	var unreached reverseproxy.DialError
	switch {
	case err == nil:
		pass.Done(!slices.Contains(at.failing, answer.StatusCode))
	case r.Context().Err() != nil:
		pass.Abandon()
		return nil, context.Canceled
	case errors.As(err, &unreached):
		pass.Unreached(at.patience)
	case !sent:
		pass.Abandon()
		return given(r, http.StatusBadGateway, http.Header{}, "Your request did not arrive.\n"), nil
	default:
		pass.Done(false)
	}
	return answer, err
}

// putOff answers in place of who is not asked.
func putOff(r *http.Request, wait time.Duration) *http.Response {
	if r.Body != nil {
		_ = r.Body.Close()
	}
	later := http.Header{"Retry-After": {retryAfter(wait)}}
	return given(r, http.StatusServiceUnavailable, later, "This service cannot answer at the moment. Please try again later.\n")
}

// given is an answer that is not the upstream's.
func given(r *http.Request, status int, header http.Header, text string) *http.Response {
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Type", "text/plain; charset=utf-8")
	return &http.Response{
		Status: strconv.Itoa(status) + " " + http.StatusText(status), StatusCode: status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        header,
		Body:          io.NopCloser(strings.NewReader(text)),
		ContentLength: int64(len(text)),
		Request:       r,
	}
}

// retryAfter is a time in whole seconds, the next ones up.
func retryAfter(wait time.Duration) string {
	return strconv.Itoa(int((wait + time.Second - 1) / time.Second))
}

// watched is the request, and whether all of its body was sent.
func watched(r *http.Request) (*http.Request, func() bool) {
	if r.Body == nil || r.Body == http.NoBody {
		return r, func() bool { return true }
	}
	body := &sending{ReadCloser: r.Body}
	copied := *r
	copied.Body = body
	return &copied, body.ended.Load
}

// sending is a body that knows when its end was read.
type sending struct {
	io.ReadCloser
	ended atomic.Bool
}

func (s *sending) Read(into []byte) (int, error) {
	n, err := s.ReadCloser.Read(into)
	if err == io.EOF {
		s.ended.Store(true)
	}
	return n, err
}

var (
	_ http.RoundTripper         = (*CircuitTransport)(nil)
	_ caddy.Provisioner         = (*CircuitTransport)(nil)
	_ caddy.CleanerUpper        = (*CircuitTransport)(nil)
	_ reverseproxy.TLSTransport = (*CircuitTransport)(nil)
)
