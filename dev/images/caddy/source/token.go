package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"
)

// claims are those of LiveKit that a tenant may make; a token with any other is refused. What is read here is written
// again, so that nothing gets to LiveKit that was understood in another way.
type claims struct {
	Issuer     string            `json:"iss"`
	Subject    string            `json:"sub,omitempty"`
	ID         string            `json:"jti,omitempty"`
	Expires    float64           `json:"exp,omitempty"`
	NotBefore  float64           `json:"nbf,omitempty"`
	Issued     float64           `json:"iat,omitempty"`
	Identity   string            `json:"identity,omitempty"`
	Name       string            `json:"name,omitempty"`
	Kind       string            `json:"kind,omitempty"`
	Metadata   string            `json:"metadata,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
	Sha256     string            `json:"sha256,omitempty"`
	Video      video             `json:"video"`
	// Of these nothing may be said, though some clients say so.
	Preset     string  `json:"roomPreset,omitempty"`
	Config     *absent `json:"roomConfig,omitempty"`
	SIP        *absent `json:"sip,omitempty"`
	Agent      *absent `json:"agent,omitempty"`
	Inference  *absent `json:"inference,omitempty"`
	Observable *absent `json:"observability,omitempty"`
}

// video is what may be done, and where.
type video struct {
	RoomCreate           bool     `json:"roomCreate,omitempty"`
	RoomList             bool     `json:"roomList,omitempty"`
	RoomAdmin            bool     `json:"roomAdmin,omitempty"`
	RoomJoin             bool     `json:"roomJoin,omitempty"`
	Room                 string   `json:"room,omitempty"`
	DestinationRoom      string   `json:"destinationRoom,omitempty"`
	CanPublish           *bool    `json:"canPublish,omitempty"`
	CanSubscribe         *bool    `json:"canSubscribe,omitempty"`
	CanPublishData       *bool    `json:"canPublishData,omitempty"`
	CanPublishSources    []string `json:"canPublishSources,omitempty"`
	CanUpdateOwnMetadata *bool    `json:"canUpdateOwnMetadata,omitempty"`
	CanSubscribeMetrics  *bool    `json:"canSubscribeMetrics,omitempty"`
	Hidden               bool     `json:"hidden,omitempty"`
	// What is about more than one room, or about no room at all, is for no tenant.
	RoomRecord            bool `json:"roomRecord,omitempty"`
	IngressAdmin          bool `json:"ingressAdmin,omitempty"`
	Recorder              bool `json:"recorder,omitempty"`
	Agent                 bool `json:"agent,omitempty"`
	CanManageAgentSession bool `json:"canManageAgentSession,omitempty"`
}

// absent is what has to be null.
type absent struct{}

func (absent) UnmarshalJSON([]byte) error { return errors.New("something that is not of a room") }

// beyond says whether a token asks for what no tenant has.
func (c claims) beyond() bool {
	v := c.Video
	return c.Preset != "" || v.RoomRecord || v.IngressAdmin || v.Recorder || v.Agent || v.CanManageAgentSession ||
		(c.Kind != "" && c.Kind != "standard")
}

const (
	bearer = "Bearer "
	param  = "access_token"
	// leeway is how far clocks may be apart: as much as LiveKit itself allows.
	leeway = time.Minute
	// passage is how long the platform's token is good for: it is shown once, within the cluster, at once.
	passage = time.Minute
)

var raw = base64.RawURLEncoding.Strict()

// tokenOf is the token that LiveKit would look at.
func tokenOf(r *http.Request) string {
	if said := r.Header.Get("Authorization"); said != "" {
		token, ok := strings.CutPrefix(said, bearer)
		if !ok {
			return ""
		}
		return token
	}
	return r.URL.Query().Get(param)
}

// show leaves this token as the only one.
func show(r *http.Request, token string) {
	r.Header["Authorization"] = []string{bearer + token}
	if r.URL.Query().Has(param) {
		query := r.URL.Query()
		query.Del(param)
		r.URL.RawQuery = query.Encode()
	}
}

// read is what a token says, whoever signed it.
func read(token string) (claims, bool) {
	var said claims
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return said, false
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return said, false
	}
	// Of a claim that is not understood the rest is.
	_ = json.Unmarshal(text, &said)
	return said, true
}

// verify is what a token says that was signed with this secret, and is good now.
func verify(token, secret string, now time.Time) (claims, error) {
	var said claims
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return said, errors.New("this is no token")
	}
	var header struct {
		Algorithm string `json:"alg"`
	}
	if text, err := raw.DecodeString(parts[0]); err != nil || json.Unmarshal(text, &header) != nil || header.Algorithm != "HS256" {
		return said, errors.New("the token is not signed by HS256")
	}
	signature, err := raw.DecodeString(parts[2])
	if err != nil || !hmac.Equal(signature, signed(parts[0]+"."+parts[1], secret)) {
		return said, errors.New("the token is not signed with this key")
	}
	text, err := raw.DecodeString(parts[1])
	if err != nil {
		return said, errors.New("this is no token")
	}
	reader := json.NewDecoder(bytes.NewReader(text))
	reader.DisallowUnknownFields()
	if err := reader.Decode(&said); err != nil {
		return said, errors.New("the token asks for what no tenant has: " + strings.TrimPrefix(err.Error(), "json: "))
	} else if said.beyond() {
		return said, errors.New("the token asks for what no tenant has")
	}
	return said, said.timely(now)
}

func (c claims) timely(now time.Time) error {
	at := float64(now.Unix())
	if c.Expires == 0 {
		return errors.New("the token never expires")
	} else if at > c.Expires+leeway.Seconds() {
		return errors.New("the token is expired")
	} else if at < c.NotBefore-leeway.Seconds() || at < c.Issued-leeway.Seconds() {
		return errors.New("the token is not good yet")
	}
	return nil
}

// with is the same of another key, for a moment, with no more than is granted. LiveKit makes the token for the way
// back good for as long as that of the way in, so that of who comes to stay keeps its end.
func (c claims) with(key string, granted video, now time.Time) claims {
	same := c
	same.Issuer = key
	same.ID = ""
	same.Issued = 0
	same.NotBefore = 0
	if same.Subject == "" {
		same.Subject = c.ID
	}
	if !granted.RoomJoin {
		same.Expires = float64(now.Add(passage).Unix())
	}
	same.Video = granted
	return same
}

func sign(said any, secret string) (string, error) {
	text, err := json.Marshal(said)
	if err != nil {
		return "", err
	}
	body := raw.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + raw.EncodeToString(text)
	return body + "." + raw.EncodeToString(signed(body, secret)), nil
}

func signed(text, secret string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}
