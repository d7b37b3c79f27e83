package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
)

const (
	// enough is as much of an answer as is read.
	enough = 4096
	// sslRequest and version3 are what PostgreSQL's protocol begins with.
	sslRequest = 80877103
	version3   = 196608
	// asked is a role that every database of ours has. Nobody signs in as it here.
	asked = "botserver"
)

// database goes as far as the question for a password, and hangs up. A pooler asks only after it has looked the role up
// in the database, so that the question is the database's answer; no login is needed, nor can one be lost.
func (d *Dependency) database(ctx context.Context) error {
	connection, err := dial(ctx, d.At)
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close() }()
	if connection, err = d.secured(ctx, connection); err != nil {
		return err
	}
	startup := binary.BigEndian.AppendUint32(nil, version3)
	startup = append(startup, "user\x00"+asked+"\x00database\x00"+asked+"\x00\x00"...)
	if _, err = connection.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(startup)+4)), startup...)); err != nil {
		return err
	}
	kind, text, err := message(connection)
	switch {
	case err != nil:
		return err
	case kind == 'R' || kind == 'E' && bytes.Contains(text, []byte("\x00C28")):
		// It knows who may come in, and that we may not.
		return nil
	}
	return fmt.Errorf("it answers %q %q", kind, text)
}

// secured asks for TLS. Nothing that is said needs it, but a server may take nobody without.
func (d *Dependency) secured(ctx context.Context, connection net.Conn) (net.Conn, error) {
	request := binary.BigEndian.AppendUint32([]byte{0, 0, 0, 8}, sslRequest)
	if _, err := connection.Write(request); err != nil {
		return connection, err
	}
	says := make([]byte, 1)
	if _, err := io.ReadFull(connection, says); err != nil {
		return connection, err
	}
	switch says[0] {
	case 'S':
		return d.handshake(ctx, connection)
	case 'N':
		return connection, nil
	}
	return connection, errors.New("it is no database")
}

// message is the next one of the database's.
func message(from io.Reader) (byte, []byte, error) {
	head := make([]byte, 5)
	if _, err := io.ReadFull(from, head); err != nil {
		return 0, nil, err
	}
	length := binary.BigEndian.Uint32(head[1:])
	if length < 4 || length > enough {
		return 0, nil, errors.New("it is no database")
	}
	text := make([]byte, length-4)
	_, err := io.ReadFull(from, text)
	return head[0], text, err
}

// cache asks for a PONG. One that lets nobody in without a password is there as well.
func (d *Dependency) cache(ctx context.Context) error {
	connection, err := dial(ctx, d.At)
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close() }()
	if d.TLS {
		if connection, err = d.handshake(ctx, connection); err != nil {
			return err
		}
	}
	says, answers := d.words(), bufio.NewReader(io.LimitReader(connection, enough))
	if _, err = io.WriteString(connection, strings.Join(says, "")); err != nil {
		return err
	}
	var last string
	for range says {
		if last, err = answers.ReadString('\n'); err != nil {
			return err
		}
	}
	for _, alive := range []string{"+PONG", "-NOAUTH", "-NOPERM"} {
		if strings.HasPrefix(last, alive) {
			return nil
		}
	}
	return fmt.Errorf("it answers %q", last)
}

// words are what is said to a cache: who asks, if a password is there yet, and PING.
func (d *Dependency) words() []string {
	var words []string
	if password, err := os.ReadFile(d.PasswordFile); err == nil {
		words = append(words, command("AUTH", d.User, strings.TrimRight(string(password), "\n")))
	}
	return append(words, command("PING"))
}

func command(words ...string) string {
	text := fmt.Sprintf("*%d\r\n", len(words))
	for _, word := range words {
		text += fmt.Sprintf("$%d\r\n%s\r\n", len(word), word)
	}
	return text
}

// vectors asks whether it is ready, which needs no key.
func (d *Dependency) vectors(ctx context.Context) error {
	return d.get(ctx, strings.TrimSuffix(d.At, "/")+"/readyz", http.StatusBadRequest)
}

// models asks for anything: what wants a key is there too.
func (d *Dependency) models(ctx context.Context) error {
	return d.get(ctx, d.At, http.StatusInternalServerError)
}

// get asks over HTTP; an answer from this status on is none.
func (d *Dependency) get(ctx context.Context, url string, from int) error {
	trust, err := d.trust("")
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	transport := &http.Transport{TLSClientConfig: trust, DisableKeepAlives: true, MaxResponseHeaderBytes: enough}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode >= from {
		return errors.New(answer.Status)
	}
	return nil
}

func dial(ctx context.Context, address string) (net.Conn, error) {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	end, _ := ctx.Deadline()
	return connection, connection.SetDeadline(end)
}

// handshake is that of TLS. What fails leaves the former connection, to be closed.
func (d *Dependency) handshake(ctx context.Context, plain net.Conn) (net.Conn, error) {
	host, _, err := net.SplitHostPort(d.At)
	if err != nil {
		return plain, err
	}
	trust, err := d.trust(host)
	if err != nil {
		return plain, err
	}
	connection := tls.Client(plain, trust)
	if err := connection.HandshakeContext(ctx); err != nil {
		return plain, err
	}
	return connection, nil
}

// trust is whom to believe. A password is shown to nobody who is not known.
func (d *Dependency) trust(host string) (*tls.Config, error) {
	config := &tls.Config{ServerName: host, InsecureSkipVerify: d.CA == "" && d.PasswordFile == ""}
	if d.CA == "" {
		return config, nil
	}
	pem, err := os.ReadFile(d.CA)
	if err != nil {
		return nil, err
	}
	config.RootCAs = x509.NewCertPool()
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New(d.CA + " holds no certificate")
	}
	return config, nil
}
