package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"google.golang.org/protobuf/encoding/protowire"
)

const (
	ours   = "secret of the platform that is long enough"
	acmes  = "secret of acme in its first slot, long enough"
	rivals = "secret of the rival, which is long enough too"
	file   = `{"prefix": "t:", "key": "APIours", "secret": "` + ours + `",
	  "tenants": {"acme": {"t-acme-a": "` + acmes + `"}, "rival": {"t-rival-a": "` + rivals + `"}}}`
)

// arrived is what LiveKit would get.
type arrived struct {
	request *http.Request
	claims  claims
	body    string
}

func doorOf(t *testing.T, text string) *Door {
	t.Helper()
	door := &Door{File: filepath.Join(t.TempDir(), "rooms.json")}
	if err := os.WriteFile(door.File, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := door.Provision(caddy.Context{Context: context.Background()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = door.Cleanup() })
	return door
}

// token of claims as JSON, of which {} stands for the end of its time.
func token(key, secret, said string) string {
	now := time.Now().Unix()
	text, _ := json.Marshal(map[string]any{"iss": key, "sub": "ann", "nbf": now - 5, "exp": now + 600})
	if said != "" {
		text = []byte(strings.TrimSuffix(string(text), "}") + "," + said + "}")
	}
	return tokenWith(`{"alg":"HS256"}`, string(text), secret)
}

func tokenWith(header, said, secret string) string {
	body := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString([]byte(said))
	return body + "." + base64.RawURLEncoding.EncodeToString(signed(body, secret))
}

func acme(said string) string { return token("t-acme-a", acmes, said) }

// pass is the answer, and what LiveKit got; nothing if it got nothing.
func pass(t *testing.T, door *Door, request *http.Request) (int, *arrived) {
	t.Helper()
	var came *arrived
	answer := httptest.NewRecorder()
	livekit := caddyhttp.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) error {
		body, _ := io.ReadAll(r.Body)
		said, _ := read(tokenOf(r))
		came = &arrived{r, said, string(body)}
		return nil
	})
	if err := door.ServeHTTP(answer, request, livekit); err != nil {
		t.Fatal(err)
	}
	return answer.Code, came
}

func joining(token string) *http.Request {
	return httptest.NewRequest(http.MethodGet, "/rtc?auto_subscribe=1&access_token="+token, nil)
}

func calling(method, token, kind, body string) *http.Request {
	request := httptest.NewRequest(http.MethodPost, service+method, strings.NewReader(body))
	request.Header.Set("Authorization", bearer+token)
	request.Header.Set("Content-Type", kind)
	return request
}

func TestWhoJoinsARoomOfItsOwnComesWithATokenOfThePlatforms(t *testing.T) {
	_, came := pass(t, doorOf(t, file), joining(acme(`"name":"Ann","video":{"roomJoin":true,"room":"t:acme:hall","canPublish":false,"recorder":false},"sip":null`)))
	if came == nil {
		t.Fatal("it is not let in")
	}
	said, err := verify(tokenOf(came.request), ours, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if said.Issuer != "APIours" || said.Subject != "ann" || said.Name != "Ann" || said.Video.Room != "t:acme:hall" || *said.Video.CanPublish {
		t.Errorf("it says %+v", said)
	}
	if query := came.request.URL.RawQuery; query != "auto_subscribe=1" {
		t.Errorf("the query is %s", query)
	}
}

// LiveKit signs what it was shown into a token for the way back, and gives that to the client.
func TestWhoJoinsBringsInNothingThatIsAboutOtherRooms(t *testing.T) {
	_, came := pass(t, doorOf(t, file), joining(acme(`"video":{"roomJoin":true,"room":"t:acme:hall","roomList":true,"roomCreate":true,"roomAdmin":true,"destinationRoom":"t:acme:b"}`)))
	if v := came.claims.Video; v.RoomList || v.RoomCreate || v.RoomAdmin || v.DestinationRoom != "" {
		t.Errorf("it may %+v", v)
	}
}

func TestNoOtherTokenJoins(t *testing.T) {
	door := doorOf(t, file)
	mine := `"video":{"roomJoin":true,"room":"t:acme:hall"}`
	past := time.Now().Add(-time.Hour).Unix()
	for name, shown := range map[string]string{
		"a neighbour's room":          acme(`"video":{"roomJoin":true,"room":"t:rival:hall"}`),
		"the platform's room":         acme(`"video":{"roomJoin":true,"room":"hall"}`),
		"no room":                     acme(`"video":{"roomJoin":true}`),
		"a prefix without its end":    acme(`"video":{"roomJoin":true,"room":"t:acme"}`),
		"nothing behind the prefix":   acme(`"video":{"roomJoin":true,"room":"t:acme:"}`),
		"a longer name":               acme(`"video":{"roomJoin":true,"room":"t:acme2:hall"}`),
		"capitals":                    acme(`"video":{"roomJoin":true,"room":"T:ACME:hall"}`),
		"another colon":               acme(`"video":{"roomJoin":true,"room":"t：acme:hall"}`),
		"a letter like another":       acme(`"video":{"roomJoin":true,"room":"t:аcme:hall"}`),
		"letters that nobody sees":    acme(`"video":{"roomJoin":true,"room":"t:acme:ha\u200bll"}`),
		"a zero":                      acme(`"video":{"roomJoin":true,"room":"t:acme:\u0000hall"}`),
		"two rooms, the last is not":  acme(`"video":{"roomJoin":true,"room":"t:acme:hall","room":"t:rival:hall"}`),
		"two claims of rooms":         acme(mine + `,"video":{"roomJoin":true,"room":"t:rival:hall"}`),
		"capitals of a claim":         acme(`"video":{"roomJoin":true,"room":"t:acme:hall","ROOM":"t:rival:hall"}`),
		"recording":                   acme(`"video":{"roomJoin":true,"room":"t:acme:hall","roomRecord":true}`),
		"streams from outside":        acme(`"video":{"roomJoin":true,"room":"t:acme:hall","ingressAdmin":true}`),
		"a recording with the room":   acme(mine + `,"roomConfig":{"egress":{"room":{}}}`),
		"a preset":                    acme(mine + `,"roomPreset":"x"`),
		"telephones":                  acme(mine + `,"sip":{"admin":true}`),
		"a participant of other kind": acme(mine + `,"kind":"egress"`),
		"an unknown grant":            acme(`"video":{"roomJoin":true,"room":"t:acme:hall","everything":true}`),
		"a neighbour's secret":        token("t-acme-a", rivals, mine),
		"a neighbour's key":           token("t-rival-a", acmes, mine),
		"no algorithm":                tokenWith(`{"alg":"none"}`, `{"iss":"t-acme-a","exp":9999999999,`+mine+`}`, acmes),
		"another algorithm":           tokenWith(`{"alg":"HS512"}`, `{"iss":"t-acme-a","exp":9999999999,`+mine+`}`, acmes),
		"no signature":                strings.TrimRight(acme(mine), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"),
		"its time is over":            tokenWith(`{"alg":"HS256"}`, `{"iss":"t-acme-a","exp":`+jsonOf(past)+`,`+mine+`}`, acmes),
		"its time never ends":         tokenWith(`{"alg":"HS256"}`, `{"iss":"t-acme-a",`+mine+`}`, acmes),
		"its time has not begun":      tokenWith(`{"alg":"HS256"}`, `{"iss":"t-acme-a","exp":9999999999,"nbf":9999999990,`+mine+`}`, acmes),
	} {
		if code, came := pass(t, door, joining(shown)); came != nil || (code != 401 && code != 403) {
			t.Errorf("%s: %d, %v", name, code, came)
		}
	}
	if _, came := pass(t, door, joining(acme(mine))); came == nil {
		t.Error("what is the same as those is refused")
	}
}

func jsonOf(value any) string {
	text, _ := json.Marshal(value)
	return string(text)
}

// A token of the platform's key, whoever made it, is LiveKit's to judge: it knows that key, and no tenant's.
func TestWhatNoTenantSignedIsLeftAsItIs(t *testing.T) {
	door := doorOf(t, file)
	for _, shown := range []string{
		token("APIours", acmes, `"video":{"roomJoin":true,"room":"hall"}`),
		token("APIunknown", ours, `"video":{"roomList":true}`),
		"nonsense",
	} {
		if _, came := pass(t, door, joining(shown)); came == nil || tokenOf(came.request) != shown {
			t.Errorf("%s came as %v", shown, came)
		}
	}
	bare := httptest.NewRequest(http.MethodGet, "/", nil)
	if _, came := pass(t, door, bare); came == nil {
		t.Error("without a token nothing gets through")
	}
}

func TestTheWayBackIsClosedWithItsTenant(t *testing.T) {
	back := token("APIours", ours, `"video":{"roomJoin":true,"room":"t:acme:hall"}`)
	if _, came := pass(t, doorOf(t, file), joining(back)); came == nil {
		t.Error("it is closed too early")
	}
	without := strings.ReplaceAll(file, `"acme"`, `"other"`)
	if code, came := pass(t, doorOf(t, without), joining(back)); came != nil || code != 403 {
		t.Errorf("it is open: %d", code)
	}
	if _, came := pass(t, doorOf(t, without), joining(acme(`"video":{"roomJoin":true,"room":"t:acme:hall"}`))); came == nil {
		t.Log("a key of nobody's is left to LiveKit")
	} else if tokenOf(came.request) == "" {
		t.Error("the token is gone")
	}
}

func TestWhatIsOpenEndsWithItsTenant(t *testing.T) {
	door := doorOf(t, file)
	ended := make(chan struct{})
	open := caddyhttp.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) error {
		after := &Door{File: door.File}
		text := strings.ReplaceAll(file, `"acme"`, `"other"`)
		if err := os.WriteFile(door.File, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := after.Provision(caddy.Context{Context: context.Background()}); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = after.Cleanup() }()
		if r.Context().Err() != nil {
			t.Error("it ends too early")
		}
		former := *door
		door.terms = nil
		_ = former.Cleanup()
		<-r.Context().Done()
		close(ended)
		return nil
	})
	request := joining(acme(`"video":{"roomJoin":true,"room":"t:acme:hall"}`))
	if err := door.ServeHTTP(httptest.NewRecorder(), request, open); err != nil {
		t.Fatal(err)
	}
	<-ended
}

func TestCallsAreAboutOwnRoomsOnly(t *testing.T) {
	door := doorOf(t, file)
	admin := acme(`"video":{"roomAdmin":true,"room":"t:acme:hall"}`)
	create := acme(`"video":{"roomCreate":true,"roomList":true}`)
	for _, one := range []struct {
		method, token, body string
		let                 bool
	}{
		{"ListRooms", create, `{"names":["t:acme:hall"]}`, true},
		{"ListRooms", create, `{}`, false},
		{"ListRooms", create, `{"names":[]}`, false},
		{"ListRooms", create, `{"names":["t:acme:hall","hall"]}`, false},
		{"ListRooms", create, `{"names":"t:rival:hall"}`, false},
		{"ListRooms", admin, `{"names":["t:acme:hall"]}`, false},
		{"CreateRoom", create, `{"name":"t:acme:hall","empty_timeout":5,"maxParticipants":2}`, true},
		{"CreateRoom", create, `{"name":"t:rival:hall"}`, false},
		{"CreateRoom", create, `{"name":"t:acme:hall","egress":{}}`, false},
		{"CreateRoom", create, `{"name":"t:acme:hall","agents":[]}`, false},
		{"CreateRoom", create, `{"name":"t:acme:hall","node_id":"x"}`, false},
		{"CreateRoom", create, `{"name":"t:acme:hall","roomPreset":"x"}`, false},
		{"CreateRoom", admin, `{"name":"t:acme:hall"}`, false},
		{"DeleteRoom", create, `{"room":"t:acme:hall"}`, true},
		{"DeleteRoom", create, `{"room":"hall"}`, false},
		{"DeleteRoom", create, `{"room":"t:acme:hall","room":"t:rival:hall"}`, false},
		{"ListParticipants", admin, `{"room":"t:acme:hall"}`, true},
		{"ListParticipants", admin, `{"room":"t:rival:hall"}`, false},
		{"ListParticipants", admin, `{"Room":"t:acme:hall"}`, false},
		{"ListParticipants", create, `{"room":"t:acme:hall"}`, false},
		{"ListParticipants", acme(`"video":{"roomAdmin":true}`), `{"room":"t:acme:hall"}`, false},
		{"MoveParticipant", admin, `{"room":"t:acme:hall","identity":"a","destination_room":"t:acme:b"}`, true},
		{"MoveParticipant", admin, `{"room":"t:acme:hall","identity":"a","destination_room":"t:rival:b"}`, false},
		{"MoveParticipant", admin, `{"room":"t:acme:hall","identity":"a","destinationRoom":"t:rival:b"}`, false},
		{"SendData", admin, `nonsense`, false},
		{"Unknown", admin, `{"room":"t:acme:hall"}`, false},
		{"../livekit.Egress/ListEgress", admin, `{"room":"t:acme:hall"}`, false},
	} {
		code, came := pass(t, door, calling(one.method, one.token, "application/json", one.body))
		if (came != nil) != one.let {
			t.Errorf("%s %s: %d, %v", one.method, one.body, code, came)
		}
	}
	for _, path := range []string{
		"/twirp/livekit.Egress/ListEgress", "/twirp/livekit.Ingress/ListIngress", "/twirp/livekit.SIP/ListSIPTrunk",
		"/twirp/livekit.AgentDispatchService/ListDispatch", "/agent", "/debug/rooms", "/rtc/", "/",
		"/twirp/livekit.RoomService%2fListRooms",
	} {
		request := calling("", acme(`"video":{"roomAdmin":true,"roomJoin":true,"room":"t:acme:hall"}`), "application/json", "{}")
		request.URL.Path = path
		if code, came := pass(t, door, request); came != nil || code != 403 {
			t.Errorf("%s: %d", path, code)
		}
	}
}

func TestOfAFieldThatIsThereTwiceNothingGetsThroughButWhatWasLookedAt(t *testing.T) {
	token := acme(`"video":{"roomCreate":true}`)
	_, came := pass(t, doorOf(t, file), calling("DeleteRoom", token, "application/json; charset=utf-8", `{"room":"t:rival:hall","room":"t:acme:hall"}`))
	if came == nil || came.body != `{"room":"t:acme:hall"}` || came.request.ContentLength != int64(len(came.body)) {
		t.Errorf("it came as %v", came)
	}
	if kinds := came.request.Header["Content-Type"]; len(kinds) != 1 || kinds[0] != "application/json" {
		t.Errorf("it came as %v", kinds)
	}
}

func TestTheSameOfProtobuf(t *testing.T) {
	door := doorOf(t, file)
	create := acme(`"video":{"roomCreate":true,"roomList":true}`)
	admin := acme(`"video":{"roomAdmin":true,"room":"t:acme:hall"}`)
	text := func(number protowire.Number, value string) string {
		return string(protowire.AppendString(protowire.AppendTag(nil, number, protowire.BytesType), value))
	}
	count := func(number protowire.Number) string {
		return string(protowire.AppendVarint(protowire.AppendTag(nil, number, protowire.VarintType), 5))
	}
	own, other := text(1, "t:acme:hall"), text(1, "t:rival:hall")
	for _, one := range []struct {
		method, token, body string
		let                 bool
	}{
		{"ListRooms", create, own + text(1, "t:acme:b"), true},
		{"ListRooms", create, "", false},
		{"ListRooms", create, own + other, false},
		{"CreateRoom", create, own + count(2) + text(5, "hello"), true},
		{"CreateRoom", create, own + text(6, ""), false},
		{"CreateRoom", create, own + text(14, ""), false},
		{"CreateRoom", create, own + text(99, ""), false},
		{"DeleteRoom", create, own, true},
		{"DeleteRoom", create, own + other, false},
		{"DeleteRoom", create, other + own, false},
		{"DeleteRoom", create, count(1), false},
		{"GetParticipant", admin, own + text(2, "ann"), true},
		{"MoveParticipant", admin, own + text(2, "ann") + text(3, "t:acme:b"), true},
		{"MoveParticipant", admin, own + text(2, "ann") + text(3, "t:rival:b"), false},
		{"DeleteRoom", create, own + "\xff", false},
	} {
		code, came := pass(t, door, calling(one.method, one.token, "application/protobuf", one.body))
		if (came != nil) != one.let {
			t.Errorf("%s %q: %d, %v", one.method, one.body, code, came)
		}
	}
	for _, kind := range []string{"text/plain", "", "application/x-www-form-urlencoded"} {
		if code, _ := pass(t, door, calling("DeleteRoom", create, kind, own)); code != 415 {
			t.Errorf("%s: %d", kind, code)
		}
	}
}

func TestACallComesWithNoMoreThanItNeeds(t *testing.T) {
	shown := acme(`"video":{"roomCreate":true,"roomList":true,"roomAdmin":true,"room":"t:acme:hall"}`)
	_, came := pass(t, doorOf(t, file), calling("DeleteRoom", shown, "application/json", `{"room":"t:acme:b"}`))
	if want := (video{RoomCreate: true}); jsonOf(came.claims.Video) != jsonOf(want) {
		t.Errorf("it may %+v", came.claims.Video)
	}
	if left := time.Until(time.Unix(int64(came.claims.Expires), 0)); left > passage {
		t.Errorf("it is good for %s", left)
	}
}

func TestATokenInTheHeaderIsTheOneThatCounts(t *testing.T) {
	request := joining(token("APIours", ours, `"video":{"roomJoin":true,"room":"hall"}`))
	request.Header.Add("Authorization", bearer+acme(`"video":{"roomJoin":true,"room":"t:acme:hall"}`))
	request.Header.Add("Authorization", bearer+"another")
	_, came := pass(t, doorOf(t, file), request)
	if came == nil || len(came.request.Header["Authorization"]) != 1 || came.request.URL.Query().Has(param) {
		t.Fatalf("it came as %v", came)
	}
	if came.claims.Video.Room != "t:acme:hall" {
		t.Errorf("it is for %s", came.claims.Video.Room)
	}
}

func TestBothSlotsOfATenantCount(t *testing.T) {
	door := doorOf(t, strings.Replace(file, `{"t-acme-a"`, `{"t-acme-b": "another secret", "t-acme-a"`, 1))
	mine := `"video":{"roomJoin":true,"room":"t:acme:hall"}`
	for _, shown := range []string{acme(mine), token("t-acme-b", "another secret", mine)} {
		if _, came := pass(t, door, joining(shown)); came == nil {
			t.Error("one is refused")
		}
	}
}

func TestNobodyIsLetInBeforeThePlatformHasAKey(t *testing.T) {
	door := doorOf(t, `{"prefix": "t:", "tenants": {"acme": {"t-acme-a": "`+acmes+`"}}}`)
	if code, came := pass(t, door, joining(acme(`"video":{"roomJoin":true,"room":"t:acme:hall"}`))); came != nil || code != 503 {
		t.Errorf("%d", code)
	}
}

func TestWhatIsNoFileIsRefused(t *testing.T) {
	for _, text := range []string{"", "{}", `{"prefix": 1}`} {
		door := &Door{File: filepath.Join(t.TempDir(), "rooms.json")}
		if err := os.WriteFile(door.File, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := door.Provision(caddy.Context{Context: context.Background()}); err == nil || strings.Contains(err.Error(), ours) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
