package io.generalbots.operator.cluster.gateway;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.GatewayTlsMode;
import io.generalbots.operator.kernel.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Caddy runs by.
 *
 * @param cluster whose gateway it is
 * @param hosts the names it serves
 * @param upstreams the addresses of the bot servers
 */
record Caddyfile(BotCluster cluster, PublicHosts hosts, List<String> upstreams) {

  /** Where the proxy that ends TLS is: it says who the client is. */
  private static final String PROXIES =
      "\n        trusted_proxies static private_ranges\n        trusted_proxies_strict";

  private static final int REVISION_LENGTH = 12;

  static Caddyfile of(BotCluster cluster, List<String> upstreams) {
    return new Caddyfile(cluster, PublicHosts.of(cluster), upstreams);
  }

  /** The whole text; its health check answers with a revision that no other text has. */
  String text() {
    var text = global() + front() + bots() + services() + edges();
    var revision = Digest.sha256(text).substring(0, REVISION_LENGTH);
    var values = Map.of("healthPort", String.valueOf(Ports.HEALTH), "revision", revision);
    return text + Template.of("health").filled(values);
  }

  private boolean isPlain() {
    return cluster.getSpec().gateway().tls().mode() == GatewayTlsMode.DISABLED;
  }

  private String global() {
    var check = cluster.getSpec().gateway().healthCheck();
    return Template.of("global")
        .with("proxies", isPlain() ? PROXIES : "")
        .filled(
            Map.of(
                "domain", hosts.bots(),
                "httpPort", String.valueOf(Ports.HTTP),
                "httpsPort", String.valueOf(Ports.HTTPS),
                "healthPath", check.path(),
                "healthInterval", String.valueOf(check.intervalSeconds()),
                "failDuration", String.valueOf(check.failSeconds())));
  }

  private String front() {
    return Template.of(isPlain() ? "front-plain" : "front-tls").filled(Map.of());
  }

  private String bots() {
    var routes = Template.of(upstreams.isEmpty() ? "routes-service" : "routes-pods");
    var values = site(hosts.bots(), "botserver", Ports.BOT_SERVER);
    values.put("upstreams", String.join(" ", upstreams));
    return Template.of("bots").with("routes", routes.text()).filled(values);
  }

  private String services() {
    return service(hosts.meetings(), "livekit", Ports.MEETINGS)
        + service(hosts.files(), "s3", Ports.FILES);
  }

  private String service(Optional<String> host, String service, int port) {
    return host.map(h -> Template.of("service").filled(site(h, service, port))).orElse("");
  }

  private String edges() {
    return Template.of(isPlain() ? "edges-plain" : "edges-tls")
        .filled(Map.of("hosts", String.join(" ", hosts.all())));
  }

  private Map<String, String> site(String host, String service, int port) {
    var address = "%s-%s:%d".formatted(cluster.getMetadata().getName(), service, port);
    return new TreeMap<>(
        Map.of("scheme", isPlain() ? "http" : "https", "host", host, "service", address));
  }
}
