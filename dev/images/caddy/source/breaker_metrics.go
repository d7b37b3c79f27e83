package main

import (
	"errors"

	"github.com/caddyserver/caddy/v2"
	"github.com/prometheus/client_golang/prometheus"
)

// circuitMetrics tells how all circuits stand at the moment in which it is asked.
type circuitMetrics struct{}

var (
	circuitState = prometheus.NewDesc("generalbots_edge_circuit_state",
		"How a circuit stands: 0 closed, 1 open, 2 half open.", []string{"name", "upstream"}, nil)
	circuitTransitions = prometheus.NewDesc("generalbots_edge_circuit_transitions_total",
		"How often a circuit has come to a state: closed, open, half_open.", []string{"name", "upstream", "to"}, nil)
)

// registerCircuits makes circuits part of a configuration's metrics, as often as it is called.
func registerCircuits(ctx caddy.Context) error {
	return registerOnce(ctx.GetMetricsRegistry(), circuitMetrics{})
}

func registerOnce(registry *prometheus.Registry, collector prometheus.Collector) error {
	var already prometheus.AlreadyRegisteredError
	if err := registry.Register(collector); err != nil && !errors.As(err, &already) {
		return err
	}
	return nil
}

// Describe names what is told.
func (circuitMetrics) Describe(to chan<- *prometheus.Desc) {
	to <- circuitState
	to <- circuitTransitions
}

// Collect tells it.
func (circuitMetrics) Collect(to chan<- prometheus.Metric) {
	circuits.Range(func(_, value any) bool {
		all := value.(*Circuits)
		all.each(func(address string, breaker *Breaker) { tell(to, all.name, address, breaker) })
		return true
	})
}

func tell(to chan<- prometheus.Metric, name, address string, breaker *Breaker) {
	to <- prometheus.MustNewConstMetric(circuitState, prometheus.GaugeValue, float64(breaker.State()), name, address)
	for _, state := range []State{Closed, Open, HalfOpen} {
		to <- prometheus.MustNewConstMetric(circuitTransitions, prometheus.CounterValue, float64(breaker.Changes(state)),
			name, address, state.String())
	}
}
