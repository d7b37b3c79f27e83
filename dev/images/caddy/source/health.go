package main

import (
	"encoding/json"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// HealthAnswer answers GET and HEAD with how what bot servers need is, measured at most every two seconds however often
// it is asked. Nothing of it says where anything is, or why it is not there.
//
//	health {
//	    version  <text>
//	    database <host:port>
//	    cache    <host:port> {
//	        tls
//	        ca            <file>
//	        user          <name>
//	        password_file <file>
//	    }
//	    vectordb <url> {
//	        ca <file>
//	    }
//	    llm      <url>
//	}
//
// What is left out is disabled, and does not count. For llm it is enough that somebody tells its state.
type HealthAnswer struct {
	Version  string      `json:"version,omitempty"`
	Database *Dependency `json:"database,omitempty"`
	Cache    *Dependency `json:"cache,omitempty"`
	Vectordb *Dependency `json:"vectordb,omitempty"`
	LLM      *Dependency `json:"llm,omitempty"`

	key    string
	rounds *rounds
}

// Dependency is where something is, and what is needed to ask it.
type Dependency struct {
	// At is a host with its port, or a URL.
	At string `json:"at"`
	// TLS is whether a cache is asked so; a URL says it itself.
	TLS bool `json:"tls,omitempty"`
	// CA is a file with those who may have signed what it shows. Where nothing secret is said, without one anybody may.
	CA string `json:"ca,omitempty"`
	// User is whom to sign in as.
	User string `json:"user,omitempty"`
	// PasswordFile is where its password is.
	PasswordFile string `json:"password_file,omitempty"`
}

func init() {
	caddy.RegisterModule(HealthAnswer{})
	httpcaddyfile.RegisterHandlerDirective("health", parseHealth)
	httpcaddyfile.RegisterDirectiveOrder("health", httpcaddyfile.Before, "respond")
}

// CaddyModule tells Caddy of it.
func (HealthAnswer) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.health", New: func() caddy.Module { return new(HealthAnswer) }}
}

// allRounds are those of each way to ask: all hosts, and a former configuration and the next one, share what is measured.
var allRounds = caddy.NewUsagePool()

// Provision takes the rounds of those that ask the same up.
func (h *HealthAnswer) Provision(caddy.Context) error {
	key, err := json.Marshal(h)
	if err != nil {
		return err
	}
	held, _, err := allRounds.LoadOrNew(string(key), func() (caddy.Destructor, error) {
		return newRounds(h.checks(), time.Now), nil
	})
	if err == nil {
		h.key, h.rounds = string(key), held.(*rounds)
	}
	return err
}

// Cleanup lets them go.
func (h *HealthAnswer) Cleanup() error {
	if h.rounds == nil {
		return nil
	}
	_, err := allRounds.Delete(h.key)
	return err
}

// ServeHTTP answers.
func (h *HealthAnswer) ServeHTTP(w http.ResponseWriter, r *http.Request, _ caddyhttp.Handler) error {
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return nil
	}
	found, err := h.rounds.last(r.Context())
	if err != nil {
		// Who asked has gone.
		return nil
	}
	text, err := json.Marshal(found.told(h.Version))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)+1))
	w.WriteHeader(found.code())
	if r.Method == http.MethodGet {
		_, err = w.Write(append(text, '\n'))
	}
	return err
}

func (h *HealthAnswer) checks() checks {
	var all checks
	if h.Database != nil {
		all.database = h.Database.database
	}
	if h.Cache != nil {
		all.cache = h.Cache.cache
	}
	if h.Vectordb != nil {
		all.vectordb = h.Vectordb.vectors
	}
	if h.LLM != nil {
		all.llm = h.LLM.models
	}
	return all
}

// llmState is who knows by what language models are served.
var llmState atomic.Pointer[func() string]

// registerLLMState makes somebody known who says how language models are served: StatusOK, StatusFallback or
// StatusError; nothing if it does not know either, and then only the answer of what is asked counts.
func registerLLMState(state func() string) { llmState.Store(&state) }

func parseHealth(h httpcaddyfile.Helper) (caddyhttp.MiddlewareHandler, error) {
	health := new(HealthAnswer)
	h.Next()
	if h.NextArg() {
		return nil, h.ArgErr()
	}
	for h.NextBlock(0) {
		var err error
		switch h.Val() {
		case "version":
			if !h.AllArgs(&health.Version) {
				err = h.ArgErr()
			}
		case "database":
			health.Database, err = parseDependency(h)
		case "cache":
			health.Cache, err = parseDependency(h)
		case "vectordb":
			health.Vectordb, err = parseDependency(h)
		case "llm":
			health.LLM, err = parseDependency(h)
		default:
			err = h.Errf("there is nothing like %s to ask", h.Val())
		}
		if err != nil {
			return nil, err
		}
	}
	return health, nil
}

func parseDependency(h httpcaddyfile.Helper) (*Dependency, error) {
	d := new(Dependency)
	if !h.AllArgs(&d.At) {
		return nil, h.ArgErr()
	}
	values := map[string]*string{"ca": &d.CA, "user": &d.User, "password_file": &d.PasswordFile}
	for h.NextBlock(1) {
		option := h.Val()
		if option == "tls" && !h.NextArg() {
			d.TLS = true
		} else if value := values[option]; value == nil || !h.AllArgs(value) {
			return nil, h.Errf("%s is no option, or has another number of values", option)
		}
	}
	return d, nil
}

var (
	_ caddy.Provisioner           = (*HealthAnswer)(nil)
	_ caddy.CleanerUpper          = (*HealthAnswer)(nil)
	_ caddyhttp.MiddlewareHandler = (*HealthAnswer)(nil)
)
