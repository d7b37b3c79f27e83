package io.generalbots.operator.cluster.gateway;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.GatewayTlsMode;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Facts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Caddy runs by.
 *
 * @param cluster whose gateway it is
 * @param hosts the names it serves
 * @param tenants the hosts that lead to tenants
 * @param doors those before Qdrant and language models; nothing without them
 * @param guards circuits before bot servers, and what is said of the health of all
 */
record Caddyfile(
    BotCluster cluster, PublicHosts hosts, List<TenantHost> tenants, String doors, String guards) {

  /** Where the proxy that ends TLS is: it says who the client is. */
  private static final String PROXIES =
      "\n        trusted_proxies static private_ranges\n        trusted_proxies_strict";

  private static final int REVISION_LENGTH = 12;

  static Caddyfile of(BotCluster cluster, Facts facts) {
    return new Caddyfile(
        cluster,
        PublicHosts.of(cluster),
        TenantHosts.of(cluster, facts),
        new VectorKeys(cluster, facts).site() + new Models(cluster, facts).site(),
        Circuits.of(cluster).snippets() + new HealthAnswer(cluster, facts).snippet());
  }

  /** The whole text; its health check answers with a revision that no other text has. */
  String text() {
    var text = global() + front() + bots() + open() + own() + suspended() + services() + edges();
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
                "servers", ServersFile.PATH,
                "service", address(cluster, "botserver", Ports.BOT_SERVER),
                "httpPort", String.valueOf(Ports.HTTP),
                "httpsPort", String.valueOf(Ports.HTTPS),
                "healthPath", check.path(),
                "healthInterval", String.valueOf(check.intervalSeconds()),
                "failDuration", String.valueOf(check.failSeconds())))
        .concat(new Limits(cluster).snippet());
  }

  private String front() {
    return guards + Template.of(isPlain() ? "front-plain" : "front-tls").filled(Map.of());
  }

  private String bots() {
    var values = site(hosts.bots(), "botserver", Ports.BOT_SERVER);
    values.put("whose", "platform");
    return toBots(Template.of("bots"), List.of(), values);
  }

  /** One site for all of them: bot servers are asked for their health once, not for each host. */
  private String open() {
    var open = admitted().filter(t -> t.servers().isEmpty()).toList();
    if (open.isEmpty()) {
      return "";
    }
    var values = site(hosts.bots(), "botserver", Ports.BOT_SERVER);
    values.put("whose", "tenant");
    values.put("addresses", addresses(open));
    var site = Template.of("tenants").with("leads", each("tenant", open)).with("meetings", "");
    return toBots(site, open, values);
  }

  /** A site for each of those that have bot servers of their own. */
  private String own() {
    return admitted()
        .filter(t -> t.servers().isPresent())
        .collect(Collectors.groupingBy(TenantHost::tenant, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(this::own)
        .collect(Collectors.joining());
  }

  private String own(List<TenantHost> hosts) {
    var values = new TreeMap<String, String>();
    values.put("addresses", addresses(hosts));
    values.put("tenant", hosts.get(0).tenant());
    values.put("servers", hosts.get(0).servers().orElseThrow());
    values.put("port", String.valueOf(Ports.BOT_SERVER));
    values.put(
        "failDuration", String.valueOf(cluster.getSpec().gateway().healthCheck().failSeconds()));
    return Template.of("tenants")
        .with("leads", each("tenant", hosts))
        .with("meetings", meetings(hosts.get(0)))
        .with("routes", Template.of("routes-own").with("leases", each("lease", hosts)).text())
        .filled(values);
  }

  private static String meetings(TenantHost host) {
    return host.meetings()
        .map(
            service ->
                Template.of("meetings")
                    .filled(
                        Map.of(
                            "meetings", service,
                            "meetingsPort", String.valueOf(Ports.MEETINGS),
                            "tenant", host.tenant())))
        .orElse("");
  }

  private Stream<TenantHost> admitted() {
    return tenants.stream().filter(t -> !t.suspended());
  }

  private String suspended() {
    var closed = tenants.stream().filter(TenantHost::suspended).toList();
    return closed.isEmpty()
        ? ""
        : Template.of("suspended").filled(Map.of("addresses", addresses(closed)));
  }

  private String toBots(Template site, List<TenantHost> leased, Map<String, String> values) {
    var routes = Template.of("routes").with("leases", each("lease", leased));
    return site.with("routes", routes.text()).filled(values);
  }

  private static String each(String piece, List<TenantHost> hosts) {
    return hosts.stream().map(host -> host.written(piece)).collect(Collectors.joining());
  }

  private String addresses(List<TenantHost> served) {
    return served.stream()
        .map(host -> scheme() + "://" + host.name())
        .collect(Collectors.joining(" "));
  }

  private String services() {
    return meetings() + doors + hosts.files().map(this::files).orElse("");
  }

  private String files(String host) {
    return Template.of("service").filled(site(host, "s3", Ports.FILES));
  }

  private String meetings() {
    if (!RoomKeys.areChecked(cluster)) {
      return "";
    }
    var values = site(hosts.bots(), "livekit", Ports.MEETINGS);
    values.put("file", GatewayPods.file(RoomKeys.NAME, RoomKeys.FILE));
    values.put("port", String.valueOf(Ports.ROOMS));
    return Template.of("rooms").filled(values) + hosts.meetings().map(this::meet).orElse("");
  }

  private String meet(String host) {
    return Template.of("meet").filled(Map.of("scheme", scheme(), "host", host));
  }

  private String edges() {
    var all =
        Stream.concat(hosts.all().stream(), tenants.stream().map(TenantHost::name))
            .collect(Collectors.joining(" "));
    return Template.of(isPlain() ? "edges-plain" : "edges-tls").filled(Map.of("hosts", all));
  }

  private Map<String, String> site(String host, String service, int port) {
    return new TreeMap<>(
        Map.of("scheme", scheme(), "host", host, "service", address(cluster, service, port)));
  }

  static String address(BotCluster cluster, String service, int port) {
    return "%s-%s:%d".formatted(cluster.getMetadata().getName(), service, port);
  }

  private String scheme() {
    return isPlain() ? "http" : "https";
  }
}
