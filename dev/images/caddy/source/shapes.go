package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"unicode"
)

// shape is what may be said in a place of a body. It gets the first token of what is there.
type shape func(*reading, json.Token) error

// fields are those that an object may have.
type fields map[string]shape

// reading is a body on its way: what is understood is written again as it is read, so that there are no two ways to
// understand it.
type reading struct {
	own shelf
	in  *json.Decoder
	out bytes.Buffer
	// named are the collections that it names.
	named map[string]bool
	// adds says whether anything is added by it.
	adds  bool
	depth int
}

// deepest is more than any query needs, and less than Qdrant takes.
const deepest = 100

var (
	// nowhere may be said outside of a payload: what names a collection where none is looked for, has others asked for
	// vectors, or is for those who run Qdrant.
	nowhere = fields{
		"lookup_from": refused, "with_lookup": refused, "init_from": refused, "collection": refused,
		"collection_name": refused, "model": refused, "shard_key": refused,
	}

	// bounds of what makes a collection dear for all.
	bounds = fields{
		"m": upTo(128), "payload_m": upTo(128), "ef_construct": upTo(2048), "max_indexing_threads": refused,
		"default_segment_number": refused, "max_optimization_threads": refused, "lookup_from": refused,
		"init_from": refused, "collection": refused, "collection_name": refused, "model": refused,
	}

	free    = deep(nowhere)
	setting = deep(bounds)
	payload = deep(nil)

	// What a collection is made of. Not the sharding, nor whose it begins with, nor its log of writes.
	creation = object(fields{
		"vectors": setting, "sparse_vectors": setting, "hnsw_config": setting, "optimizers_config": setting,
		"quantization_config": setting, "on_disk_payload": free, "metadata": payload,
		"shard_number": between(1, 6), "replication_factor": between(1, 3), "write_consistency_factor": between(1, 3),
	})
	change = object(fields{
		"vectors": setting, "sparse_vectors": setting, "hnsw_config": setting, "optimizers_config": setting,
		"quantization_config": setting, "metadata": payload, "params": object(fields{"on_disk_payload": free}),
	})
	index = object(fields{"field_name": free, "field_schema": free})

	upsert = object(fields{
		"points": listOf(object(fields{"id": free, "vector": free, "payload": payload})),
		"batch":  object(fields{"ids": free, "vectors": free, "payloads": payload}), "update_filter": free, "update_mode": free,
	})
	vectors = object(fields{
		"points": listOf(object(fields{"id": free, "vector": free})), "update_filter": free,
	})
	payloads    = object(fields{"payload": payload, "points": free, "filter": free, "key": free})
	selection   = object(fields{"points": free, "filter": free}, listOf(free))
	lessPayload = object(fields{"keys": free, "points": free, "filter": free})
	lessVectors = object(fields{"vector": free, "points": free, "filter": free})
	operations  = object(fields{"operations": listOf(object(fields{
		"upsert": adding(upsert), "set_payload": adding(payloads), "overwrite_payload": adding(payloads),
		"update_vectors": adding(vectors), "delete": selection, "delete_payload": lessPayload,
		"clear_payload": selection, "delete_vectors": lessVectors,
	}))})

	retrieval = object(with(shown, fields{"ids": free}))
	scroll    = object(with(shown, fields{"offset": free, "limit": limit, "filter": free, "order_by": free}))
	count     = object(fields{"filter": free, "exact": free})
	facet     = object(fields{"key": free, "limit": limit, "filter": free, "exact": free})
	matrix    = object(fields{"sample": upTo(1_000), "limit": upTo(100), "filter": free, "using": free})

	search          = object(searching)
	searchGroups    = object(with(searching, grouped))
	recommend       = object(recommending)
	recommendGroups = object(with(recommending, grouped))
	discover        = object(discovering)
	query           = object(querying)
	queryGroups     = object(with(querying, grouped))

	limit = upTo(10_000)
	shown = fields{"with_payload": free, "with_vector": free, "with_vectors": free}

	found = with(shown, fields{
		"filter": free, "params": free, "limit": limit, "offset": upTo(100_000), "score_threshold": free,
	})
	searching    = with(found, fields{"vector": free})
	recommending = with(found, fields{
		"positive": free, "negative": free, "strategy": free, "using": free, "lookup_from": lookup,
	})
	discovering = with(found, fields{"target": free, "context": free, "using": free, "lookup_from": lookup})
	querying    = with(found, fields{"query": free, "using": free, "lookup_from": lookup, "prefetch": prefetched})

	// grouped results: with a collection where something is looked up for each group.
	grouped = fields{
		"group_by": free, "group_size": upTo(1_000),
		"with_lookup": object(fields{"collection": collection, "with_payload": free, "with_vectors": free, "with_vector": free}, collection),
	}
	lookup = object(fields{"collection": collection, "vector": free})
)

// prefetched are queries before a query, one or several, each with its own.
func prefetched(r *reading, first json.Token) error {
	before := object(fields{
		"prefetch": prefetched, "query": free, "using": free, "filter": free, "params": free, "score_threshold": free,
		"limit": limit, "lookup_from": lookup,
	})
	if first == json.Delim('[') {
		return listOf(before)(r, first)
	}
	return before(r, first)
}

// with is all of one and of the other.
func with(one, more fields) fields {
	all := make(fields, len(one)+len(more))
	for name, held := range one {
		all[name] = held
	}
	for name, held := range more {
		all[name] = held
	}
	return all
}

func several(one shape) shape { return object(fields{"searches": listOf(one)}) }

// all is the whole body as it was understood.
func (r *reading) all(text []byte, said shape) ([]byte, error) {
	r.in = json.NewDecoder(bytes.NewReader(text))
	r.in.UseNumber()
	r.out.Grow(len(text))
	first, err := r.token()
	if err != nil {
		return nil, err
	}
	if err := said(r, first); errors.Is(err, errMistaken) {
		return nil, broken()
	} else if err != nil {
		return nil, err
	}
	if _, err := r.in.Token(); !errors.Is(err, io.EOF) {
		return nil, broken()
	}
	return r.out.Bytes(), nil
}

func (r *reading) token() (json.Token, error) {
	token, err := r.in.Token()
	if err != nil {
		return nil, broken()
	}
	return token, nil
}

// object with these fields; where it is none, one of the others. A field that says nothing is left out, as if it were
// not there.
func object(known fields, others ...shape) shape {
	return func(r *reading, first json.Token) error {
		if first == nil {
			return r.put(first)
		} else if first != json.Delim('{') {
			for _, other := range others {
				return other(r, first)
			}
			return mistaken()
		}
		return r.object(func(name string) (shape, bool) {
			held, ok := known[name]
			return held, ok
		})
	}
}

// deep lets through anything, but fields of these names at any depth as they are said here.
func deep(special fields) shape {
	var any shape
	any = func(r *reading, first json.Token) error {
		switch first {
		case json.Delim('{'):
			return r.object(func(name string) (shape, bool) {
				if held, ok := special[name]; ok {
					return held, true
				}
				return any, true
			})
		case json.Delim('['):
			return r.list(any)
		}
		return r.put(first)
	}
	return any
}

func listOf(of shape) shape {
	return func(r *reading, first json.Token) error {
		if first == nil {
			return r.put(first)
		} else if first != json.Delim('[') {
			return mistaken()
		}
		return r.list(of)
	}
}

func adding(what shape) shape {
	return func(r *reading, first json.Token) error {
		r.adds = r.adds || first != nil
		return what(r, first)
	}
}

// refused is for nobody to say, unless it says nothing.
func refused(r *reading, first json.Token) error {
	if first != nil {
		return mistaken()
	}
	return r.put(first)
}

// collection is the name of one, which has to be the tenant's.
func collection(r *reading, first json.Token) error {
	name, ok := first.(string)
	if !ok || !r.own.has(name) {
		return r.own.outside()
	}
	r.named[name] = true
	return r.put(first)
}

func upTo(most int64) shape { return between(0, most) }

func between(least, most int64) shape {
	return func(r *reading, first json.Token) error {
		if first == nil {
			return r.put(first)
		}
		said, ok := first.(json.Number)
		number, err := strconv.ParseInt(string(said), 10, 64)
		if !ok || err != nil || number < least || number > most {
			return mistaken()
		}
		return r.put(first)
	}
}

func (r *reading) object(field func(string) (shape, bool)) error {
	if err := r.deeper(); err != nil {
		return err
	}
	seen := make(map[string]bool)
	r.out.WriteByte('{')
	written := false
	for r.in.More() {
		token, err := r.token()
		if err != nil {
			return err
		}
		name, ok := token.(string)
		if !ok || seen[name] {
			return broken()
		}
		seen[name] = true
		value, err := r.token()
		if err != nil {
			return err
		}
		held, known := field(name)
		if !known && value == nil {
			continue
		} else if !known {
			return unsaid(name)
		}
		if written {
			r.out.WriteByte(',')
		}
		written = true
		if err := r.put(name); err != nil {
			return err
		}
		r.out.WriteByte(':')
		if err := held(r, value); errors.Is(err, errMistaken) {
			return unsaid(name)
		} else if err != nil {
			return err
		}
	}
	r.out.WriteByte('}')
	return r.closed()
}

func (r *reading) list(of shape) error {
	if err := r.deeper(); err != nil {
		return err
	}
	r.out.WriteByte('[')
	for n := 0; r.in.More(); n++ {
		value, err := r.token()
		if err != nil {
			return err
		}
		if n > 0 {
			r.out.WriteByte(',')
		}
		if err := of(r, value); err != nil {
			return err
		}
	}
	r.out.WriteByte(']')
	return r.closed()
}

func (r *reading) deeper() error {
	if r.depth++; r.depth > deepest {
		return broken()
	}
	return nil
}

func (r *reading) closed() error {
	r.depth--
	_, err := r.token()
	return err
}

// put writes a text, a number, or what is either so or not.
func (r *reading) put(value json.Token) error {
	if number, ok := value.(json.Number); ok {
		r.out.WriteString(string(number))
		return nil
	}
	text, err := json.Marshal(value)
	r.out.Write(text)
	return err
}

// errMistaken is told of the field that it is about.
var errMistaken = errors.New("this is not what may be said here")

func mistaken() error { return errMistaken }

func unsaid(name string) error { return forbidden("no tenant says this of " + printable(name)) }

func broken() error {
	return &refusal{http.StatusBadRequest, "this is not the JSON that is asked for, or says something twice"}
}

// printable is a name from outside, in words of ours.
func printable(name string) string {
	seen := strings.Map(func(letter rune) rune {
		if unicode.IsPrint(letter) {
			return letter
		}
		return -1
	}, name)
	return seen[:min(len(seen), 60)]
}
