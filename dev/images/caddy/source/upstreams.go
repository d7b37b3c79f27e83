package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"

	"github.com/caddyserver/caddy/v2"
	"github.com/prometheus/client_golang/prometheus"
)

// upstreams shows how much is open at each server behind the gateway, websockets too: who lets one of them go chooses
// by it. Caddy tells it on its admin API alone, those that a new configuration has no more included.
type upstreams struct{}

var upstreamOpen = prometheus.NewDesc("generalbots_edge_upstream_open", "Requests and websockets that are open at a server.",
	[]string{"upstream"}, nil)

const (
	adminModule = "admin.api.reverse_proxy"
	adminPath   = "/reverse_proxy/upstreams"
)

// Describe says that this is one gauge.
func (upstreams) Describe(to chan<- *prometheus.Desc) { to <- upstreamOpen }

// Collect asks Caddy; an answer that cannot be read is an error of whoever gathers.
func (upstreams) Collect(to chan<- prometheus.Metric) {
	known, err := askCaddy()
	if err != nil {
		to <- prometheus.NewInvalidMetric(upstreamOpen, err)
		return
	}
	for address, requests := range known {
		to <- prometheus.MustNewConstMetric(upstreamOpen, prometheus.GaugeValue, float64(requests), address)
	}
}

// askCaddy has Caddy's own handler answer, as its admin API would. It tells a server twice that no configuration names,
// but a file or DNS: what is open there, and what of that has begun since it was last forgotten. The first is more.
func askCaddy() (map[string]int, error) {
	module, err := caddy.GetModule(adminModule)
	if err != nil {
		return nil, err
	}
	answer := httptest.NewRecorder()
	for _, route := range module.New().(caddy.AdminRouter).Routes() {
		if route.Pattern == adminPath {
			if err := route.Handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, adminPath, nil)); err != nil {
				return nil, err
			}
		}
	}
	var told []struct {
		Address  string `json:"address"`
		Requests int    `json:"num_requests"`
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &told); err != nil {
		return nil, err
	}
	known := make(map[string]int, len(told))
	for _, one := range told {
		known[one.Address] = max(known[one.Address], one.Requests)
	}
	return known, nil
}
