package main

import "github.com/prometheus/client_golang/prometheus"

// rollMetrics tells which file of servers is in force, and who of them is well, at the moment in which it is asked.
type rollMetrics struct{}

var (
	serversInfo = prometheus.NewDesc("generalbots_edge_servers_info",
		"The file of servers that is in force, by the revision in its first line.", []string{"file", "revision"}, nil)
	serverUp = prometheus.NewDesc("generalbots_edge_server_up",
		"Whether a server that the file names is well: it is asked while others are.", []string{"file", "upstream"}, nil)
)

// Describe names what is told.
func (rollMetrics) Describe(to chan<- *prometheus.Desc) {
	to <- serversInfo
	to <- serverUp
}

// Collect tells it; of a file that was never there, nothing.
func (rollMetrics) Collect(to chan<- prometheus.Metric) {
	rolls.Range(func(_, value any) bool {
		all := value.(*roll)
		if now := all.taken.Load(); now.revision != "" {
			now.tell(to, all.file)
		}
		return true
	})
}

func (t *taken) tell(to chan<- prometheus.Metric, file string) {
	to <- prometheus.MustNewConstMetric(serversInfo, prometheus.GaugeValue, 1, file, t.revision)
	for _, server := range t.servers {
		up := 1.0
		if server.sick.Load() {
			up = 0
		}
		to <- prometheus.MustNewConstMetric(serverUp, prometheus.GaugeValue, up, file, server.address)
	}
}
