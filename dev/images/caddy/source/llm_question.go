package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// largestQuestion is how much of a request is kept, so that it can be asked twice.
	largestQuestion = 1 << 20
	// mostKept is how much of all requests is kept at a time; what is beyond that is asked once.
	mostKept = 64 << 20
)

// keptQuestions is how much is.
var keptQuestions atomic.Int64

// question is a request that may be asked twice.
type question struct {
	request *http.Request
	// body is all of it, or nothing if it is too much to be kept; it is sent as it comes then, once.
	body  []byte
	whole bool
	// rest is what is sent as it comes.
	rest *streamedBody
	size int64
	once sync.Once
}

// takeQuestion reads a request's body, unless it is too much to be kept.
func takeQuestion(w http.ResponseWriter, r *http.Request) (*question, error) {
	asked := &question{request: r}
	if slices.Contains(strings.Split(r.URL.Path, "/"), "..") {
		return nil, &refusal{http.StatusBadRequest, "this path leads out of the provider's"}
	}
	if r.Body == nil || r.Body == http.NoBody {
		asked.whole = true
		return asked, nil
	}
	asked.size = r.ContentLength
	if asked.size < 0 {
		asked.size = largestQuestion
	}
	if asked.size > largestQuestion || !keepQuestion(asked.size) {
		asked.size = 0
		asked.rest = &streamedBody{from: r.Body}
		return asked, nil
	}
	connection := http.NewResponseController(w)
	// Where there is no such thing as a deadline, as in a test, nobody is slow.
	_ = connection.SetReadDeadline(time.Now().Add(delivery))
	text, err := io.ReadAll(io.LimitReader(r.Body, largestQuestion+1))
	_ = connection.SetReadDeadline(time.Time{})
	if err != nil {
		asked.drop()
		return nil, &refusal{http.StatusRequestTimeout, "the body did not come"}
	}
	if len(text) > largestQuestion {
		asked.drop()
		asked.rest = &streamedBody{from: io.MultiReader(bytes.NewReader(text), r.Body)}
		return asked, nil
	}
	asked.body, asked.whole = text, true
	return asked, nil
}

func keepQuestion(size int64) bool {
	if keptQuestions.Add(size) > mostKept {
		keptQuestions.Add(-size)
		return false
	}
	return true
}

// drop forgets what was kept: nobody asks it again.
func (q *question) drop() {
	q.once.Do(func() {
		keptQuestions.Add(-q.size)
		q.body = nil
	})
}

// canBeSent says whether nothing of it is lost yet.
func (q *question) canBeSent() bool { return q.whole || !q.rest.begun.Load() }

// isOver says whether it is the one who asks that failed, and not who was asked.
func (q *question) isOver() bool {
	return q.request.Context().Err() != nil || (q.rest != nil && q.rest.failed.Load())
}

// isForAnybody says whether it is asked in the words that servers of models have in common.
func (q *question) isForAnybody() bool {
	switch q.request.Method + " " + q.request.URL.Path {
	case "POST /v1/chat/completions", "POST /v1/completions", "POST /v1/embeddings", "GET /v1/models":
		return q.request.URL.RawQuery == ""
	}
	return false
}

// hopHeaders are the headers that are about one connection.
var hopHeaders = []string{"Connection", "Proxy-Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Te",
	"Trailer", "Transfer-Encoding", "Upgrade"}

// pathHeaders are those that tell where a request has been.
var pathHeaders = []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"}

// abroad is what the provider is asked: all that was said, the key too.
func (q *question) abroad(lasting context.Context, provider *url.URL) *http.Request {
	target := provider.JoinPath(q.request.URL.EscapedPath())
	target.RawQuery = q.request.URL.RawQuery
	asking := q.to(lasting, target)
	asking.Header = portable(q.request.Header)
	for _, name := range pathHeaders {
		asking.Header.Del(name)
	}
	return asking
}

// local is what the cluster's own model is asked: the question, and nothing that is the provider's to know.
func (q *question) local(address string) *http.Request {
	asking := q.to(q.request.Context(), &url.URL{Scheme: "http", Host: address, Path: q.request.URL.Path})
	for _, name := range []string{"Accept", "Content-Type", "User-Agent"} {
		if said := q.request.Header.Get(name); said != "" {
			asking.Header.Set(name, said)
		}
	}
	return asking
}

func (q *question) to(lasting context.Context, target *url.URL) *http.Request {
	asking := &http.Request{Method: q.request.Method, URL: target, Host: target.Host, Header: make(http.Header),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	switch {
	case !q.whole:
		asking.Body, asking.ContentLength = q.rest, q.request.ContentLength
	case len(q.body) > 0:
		text := q.body
		asking.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
		asking.Body, _ = asking.GetBody()
		asking.ContentLength = int64(len(text))
	}
	return asking.WithContext(lasting)
}

// portable is a copy without what is about one connection.
func portable(all http.Header) http.Header {
	copied := all.Clone()
	for _, line := range all.Values("Connection") {
		for name := range strings.SplitSeq(line, ",") {
			copied.Del(strings.TrimSpace(name))
		}
	}
	for _, name := range hopHeaders {
		copied.Del(name)
	}
	return copied
}

// streamedBody is a body that is sent as it comes.
type streamedBody struct {
	from          io.Reader
	begun, failed atomic.Bool
}

func (i *streamedBody) Read(into []byte) (int, error) {
	i.begun.Store(true)
	n, err := i.from.Read(into)
	if err != nil && !errors.Is(err, io.EOF) {
		i.failed.Store(true)
	}
	return n, err
}

// Close leaves it to the server whose it is.
func (i *streamedBody) Close() error { return nil }

// ending is the body of an answer that ends something with it.
type endingBody struct {
	io.ReadCloser
	end func()
}

func (e *endingBody) Close() error {
	defer e.end()
	return e.ReadCloser.Close()
}

func providerTransport(trust string) (*http.Transport, error) {
	made := llmTransport()
	made.ForceAttemptHTTP2 = true
	if trust == "" {
		return made, nil
	}
	text, err := os.ReadFile(trust)
	if err != nil {
		return nil, err
	}
	authorities := x509.NewCertPool()
	if !authorities.AppendCertsFromPEM(text) {
		return nil, errors.New(trust + " has no certificate")
	}
	made.TLSClientConfig = &tls.Config{RootCAs: authorities, MinVersion: tls.VersionTLS12}
	return made, nil
}

// llmTransport asks as it is told: nothing is compressed that was not, and no proxy of the environment is asked instead.
func llmTransport() *http.Transport {
	return &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 3 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout: 5 * time.Second,
		MaxIdleConnsPerHost: 32,
		IdleConnTimeout:     90 * time.Second,
		DisableCompression:  true,
	}
}
