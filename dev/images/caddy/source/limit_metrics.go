package main

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Of the process and not of a configuration: what was counted stays when that changes.
var (
	decisions = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "generalbots_edge_limit_decisions_total",
		Help: "Requests that a limit let through (allowed), or answered with 429 (limited).",
	}, []string{"zone", "decision"})
	latency = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name:    "generalbots_edge_limit_seconds",
		Help:    "What the limits added to a request.",
		Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1},
	})
	sharing = prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "generalbots_edge_limit_shared",
		Help: "1 while the buckets are in Valkey, 0 while this gateway has its own, each for its share.",
	})
	leavings = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "generalbots_edge_limit_fallbacks_total",
		Help: "How often Valkey did not answer in time, and this gateway went on with its own buckets.",
	})
)

// publish shows them in the metrics of a configuration, once however many sites it has.
func publish(registry *prometheus.Registry) error {
	for _, collector := range []prometheus.Collector{decisions, latency, sharing, leavings} {
		if err := registerOnce(registry, collector); err != nil {
			return err
		}
	}
	return nil
}

func counted(claims []claim, said verdict) {
	if said.refused >= 0 {
		decisions.WithLabelValues(claims[said.refused].zone.Name, "limited").Inc()
		return
	}
	for _, claim := range claims {
		decisions.WithLabelValues(claim.zone.Name, "allowed").Inc()
	}
}

func took(d time.Duration) { latency.Observe(d.Seconds()) }
