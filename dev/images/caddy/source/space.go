package main

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
)

// space is what the names of a tenant's rooms begin with.
type space string

// call is a call of LiveKit's RoomService that a tenant may make. Field 1 of every request names rooms.
type call struct {
	// rooms is what JSON calls field 1.
	rooms string
	// others are fields with the name of another room.
	others []field
	// known are all fields that are let through; nil for any.
	known []field
	// may says what a token has to allow, and what is left of it.
	may func(video) (video, bool)
}

// field of a request, as JSON and as Protobuf name it.
type field struct {
	number protowire.Number
	name   string
}

const (
	service = "/twirp/livekit.RoomService/"
	// largest is more than LiveKit takes of data for participants.
	largest = 1 << 20
)

var (
	destination = []field{{3, "destinationRoom"}}

	// settings of a room. Not what has it recorded, nor what sends agents, nor what another server of LiveKit knows.
	settings = []field{
		{1, "name"}, {2, "emptyTimeout"}, {10, "departureTimeout"}, {3, "maxParticipants"}, {5, "metadata"},
		{7, "minPlayoutDelay"}, {8, "maxPlayoutDelay"}, {9, "syncStreams"}, {15, "tags"},
	}

	calls = map[string]call{
		"CreateRoom":          {rooms: "name", known: settings, may: create},
		"DeleteRoom":          {rooms: "room", may: create},
		"ListRooms":           {rooms: "names", may: list},
		"ListParticipants":    {rooms: "room", may: administer},
		"GetParticipant":      {rooms: "room", may: administer},
		"RemoveParticipant":   {rooms: "room", may: administer},
		"MutePublishedTrack":  {rooms: "room", may: administer},
		"UpdateParticipant":   {rooms: "room", may: administer},
		"UpdateSubscriptions": {rooms: "room", may: administer},
		"SendData":            {rooms: "room", may: administer},
		"UpdateRoomMetadata":  {rooms: "room", may: administer},
		"ForwardParticipant":  {rooms: "room", others: destination, may: administer},
		"MoveParticipant":     {rooms: "room", others: destination, may: administer},
		"PerformRpc":          {rooms: "room", may: administer},
	}

	// ways are the paths by which participants come.
	ways = []string{"/rtc", "/rtc/v1", "/rtc/validate", "/rtc/v1/validate"}
)

func create(v video) (video, bool) { return video{RoomCreate: true}, v.RoomCreate }
func list(v video) (video, bool)   { return video{RoomList: true}, v.RoomList }
func administer(v video) (video, bool) {
	return video{RoomAdmin: true, Room: v.Room, DestinationRoom: v.DestinationRoom}, v.RoomAdmin && v.Room != ""
}

// grant is what a request needs of what a token allows. LiveKit writes what it is shown at the way in into a token of
// the platform's for the way back: there may be nothing in it that is about more than one room.
func (s space) grant(r *http.Request, said claims) (video, error) {
	for _, room := range []string{said.Video.Room, said.Video.DestinationRoom} {
		if room != "" && !s.has(room) {
			return video{}, s.outside()
		}
	}
	r.URL.RawPath = ""
	if slices.Contains(ways, r.URL.Path) {
		return s.join(said.Video)
	}
	method, ok := strings.CutPrefix(r.URL.Path, service)
	made, known := calls[method]
	if !ok || !known {
		return video{}, forbidden("this is not for tenants")
	}
	granted, ok := made.may(said.Video)
	if !ok {
		return video{}, forbidden("the token does not allow " + method)
	}
	return granted, s.check(r, made)
}

func (s space) join(v video) (video, error) {
	if !v.RoomJoin || v.Room == "" {
		return video{}, forbidden("the token is for no room")
	}
	v.RoomCreate, v.RoomList, v.RoomAdmin, v.DestinationRoom = false, false, false, ""
	return v, nil
}

// check lets a request through that names rooms of this space, one at least, and nothing else.
func (s space) check(r *http.Request, made call) error {
	body, err := io.ReadAll(io.LimitReader(r.Body, largest+1))
	if err != nil {
		return err
	} else if len(body) > largest {
		return &refusal{http.StatusRequestEntityTooLarge, "this is too much"}
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && kind == "application/json":
		body, err = s.checkJSON(body, made)
	case err == nil && kind == "application/protobuf":
		err = s.checkProtobuf(body, made)
	default:
		err = &refusal{http.StatusUnsupportedMediaType, "this is neither JSON nor Protobuf"}
	}
	if err != nil {
		return err
	}
	r.Header["Content-Type"] = []string{kind}
	r.Header.Del("Content-Encoding")
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.ContentLength = int64(len(body))
	r.TransferEncoding = nil
	return nil
}

// checkJSON is the request as it was understood: of a field that is there twice, nothing but what was looked at.
func (s space) checkJSON(body []byte, made call) ([]byte, error) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return nil, &refusal{http.StatusBadRequest, "this is no JSON"}
	}
	for name := range fields {
		if made.known != nil && !slices.ContainsFunc(made.known, func(f field) bool { return f.is(name) }) {
			return nil, forbidden("no tenant sets " + name)
		}
	}
	var rooms []string
	for name, text := range fields {
		if (field{1, made.rooms}).is(name) || slices.ContainsFunc(made.others, func(f field) bool { return f.is(name) }) {
			named, ok := texts(text)
			if !ok {
				return nil, s.outside()
			}
			rooms = append(rooms, named...)
		}
	}
	if err := s.all(rooms); err != nil {
		return nil, err
	}
	return json.Marshal(fields)
}

// texts are what a field holds, which is one text or several.
func texts(text json.RawMessage) ([]string, bool) {
	var several []string
	if json.Unmarshal(text, &several) == nil {
		return several, true
	}
	several = make([]string, 1)
	return several, json.Unmarshal(text, &several[0]) == nil
}

func (f field) is(name string) bool { return name == f.name || name == snake(f.name) }

// snake is the other spelling that JSON has of a field.
func snake(name string) string {
	var other strings.Builder
	for _, letter := range name {
		if unicode.IsUpper(letter) {
			other.WriteByte('_')
		}
		other.WriteRune(unicode.ToLower(letter))
	}
	return other.String()
}

func (s space) checkProtobuf(body []byte, made call) error {
	var rooms []string
	for len(body) > 0 {
		number, kind, length := protowire.ConsumeTag(body)
		if length < 0 {
			return &refusal{http.StatusBadRequest, "this is no Protobuf"}
		}
		value := body[length:]
		size := protowire.ConsumeFieldValue(number, kind, value)
		if size < 0 {
			return &refusal{http.StatusBadRequest, "this is no Protobuf"}
		}
		has := func(f field) bool { return f.number == number }
		if made.known != nil && !slices.ContainsFunc(made.known, has) {
			return forbidden("no tenant sets everything of a room")
		}
		if number == 1 || slices.ContainsFunc(made.others, has) {
			if kind != protowire.BytesType {
				return s.outside()
			}
			room, _ := protowire.ConsumeString(value)
			rooms = append(rooms, room)
		}
		body = value[size:]
	}
	return s.all(rooms)
}

func (s space) all(rooms []string) error {
	if len(rooms) == 0 {
		return forbidden("name the rooms, each beginning with " + string(s))
	}
	if !slices.ContainsFunc(rooms, func(room string) bool { return !s.has(room) }) {
		return nil
	}
	return s.outside()
}

func (s space) outside() error {
	return forbidden("a room's name has to begin with " + string(s))
}

// has says whether a room is the tenant's: byte by byte, with something behind the prefix that can be seen.
func (s space) has(room string) bool {
	rest, ok := strings.CutPrefix(room, string(s))
	hidden := func(letter rune) bool { return !unicode.IsPrint(letter) }
	return ok && rest != "" && utf8.ValidString(room) && !strings.ContainsFunc(rest, hidden)
}
