package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.CircuitBreakerSpec;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.llm.LocalModel;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.cluster.servers.Given;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Services;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Residents;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way of bot servers to language models: to the provider, and to the cluster's own model while
 * that does not answer. Keys are the callers': the door shows them to the provider alone.
 *
 * @param cluster whose gateways they are
 * @param facts what is
 */
public record Models(BotCluster cluster, Facts facts) {

  /** Where pods of the cluster come in; nobody from outside does. */
  public static final int PORT = Ports.MODELS;

  /** What the Service for those, the Secret and its volume end in. */
  static final String NAME = "llm";

  private static final String OWN = "models";
  private static final int HTTPS = 443;

  /** Whether there is anything to lead to, and gateways that do. */
  public static boolean areOffered(BotCluster cluster) {
    return Features.isOn(cluster, Gateway.NAME)
        && (cluster.getSpec().llm().url() != null || new LocalModel(cluster).isThere());
  }

  /** What a client takes for a provider, without /v1; empty if there is none. */
  public static Optional<String> url(BotCluster cluster, Settings settings) {
    var meta = cluster.getMetadata();
    var host = DoorFile.host(NAME, meta.getName(), meta.getNamespace(), settings.clusterDomain());
    return Optional.of("http://%s:%d".formatted(host, PORT)).filter(u -> areOffered(cluster));
  }

  /** Who signed what the provider shows; empty where everybody knows who did. */
  Secret secret() {
    return new DoorFile(NAME, cluster)
        .secret(authority().map(pem -> Map.of(Given.AUTHORITY, pem)).orElse(Map.of()));
  }

  Service service() {
    var part = part(Gateway.NAME);
    return Services.clusterIp(part.meta(NAME), part.selector(), Services.port(NAME, PORT));
  }

  /** Bot servers alone: whoever else came in would be answered without having a key. */
  Stream<NetworkPolicyIngressRule> in() {
    var residents =
        Residents.of(facts).stream()
            .filter(Registration::ownServers)
            .map(r -> Policies.pods(r.namespace(), r.servers().selector()));
    return Stream.concat(Stream.of(Policies.pods(part("botserver").selector())), residents)
        .filter(peer -> areOffered(cluster))
        .map(peer -> Policies.from(peer, PORT));
  }

  /** No selector finds a provider, and its name may lead to other addresses any time. */
  Stream<NetworkPolicyEgressRule> out() {
    var model = Optional.of(new LocalModel(cluster)).filter(LocalModel::isThere);
    var provider = provider().map(url -> Egress.anywhere(Address.of(url, HTTPS).port()));
    return Stream.concat(provider.stream(), model.map(LocalModel::way).stream())
        .filter(way -> areOffered(cluster));
  }

  /** What is asked for the health of language models; nothing without any. */
  Optional<String> asked() {
    return provider()
        .or(() -> Optional.of("http://" + new LocalModel(cluster).address() + "/health"))
        .filter(url -> areOffered(cluster));
  }

  /** The door in Caddy's configuration; nothing without one. */
  String site() {
    if (!areOffered(cluster)) {
      return "";
    }
    var model = Optional.of(new LocalModel(cluster)).filter(LocalModel::isThere);
    var ways =
        Stream.of(
                provider().map(url -> line("provider", url)),
                authority().map(pem -> line("trust", GatewayPods.file(NAME, Given.AUTHORITY))),
                provider().map(url -> line("timeout", timeout())),
                breaker(),
                model.map(m -> line("fallback", m.address())))
            .flatMap(Optional::stream)
            .collect(Collectors.joining());
    return Template.of(OWN).with("ways", ways).filled(Map.of("port", String.valueOf(PORT)));
  }

  private Optional<String> breaker() {
    return Optional.of(cluster.getSpec().gateway().circuitBreaker())
        .filter(b -> b.enabled() && provider().isPresent())
        .map(b -> line("breaker", limits(b)));
  }

  private static String limits(CircuitBreakerSpec breaker) {
    return "%d %ds %d"
        .formatted(breaker.threshold(), breaker.timeoutSeconds(), breaker.halfOpenRequests());
  }

  private String timeout() {
    return cluster.getSpec().llm().timeoutSeconds() + "s";
  }

  private static String line(String word, String value) {
    return new Template("\n        " + word + " ${value}").filled(Map.of("value", value));
  }

  private Optional<String> provider() {
    return Optional.ofNullable(cluster.getSpec().llm().url());
  }

  /** Who signed what the provider shows, where not everybody knows. */
  Optional<String> authority() {
    return new Given(facts, "spec.llm")
        .value(cluster.getSpec().llm().caSecretName(), Given.AUTHORITY);
  }

  private Part part(String component) {
    return new Part(cluster.getMetadata().getName(), component);
  }
}
