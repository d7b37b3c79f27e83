package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.RateLimitKey;
import io.generalbots.api.v1alpha1.cluster.RateLimitSpec;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.valkey.CacheEntrance;
import io.generalbots.operator.cluster.valkey.EdgeStore;
import io.generalbots.operator.kube.Part;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How often clients and tenants may ask: counted over all gateways in Valkey, and by each for its
 * share while that is away.
 *
 * @param cluster whose gateways they are
 */
public record Limits(BotCluster cluster) {

  /** Where Valkey is, and how to sign in there. */
  private static final String STORE = "edge";

  /** The key that bot servers sign the tokens of users with. */
  private static final String USERS = "users";

  /** Its name there; what makes it is {@code cluster.vault}, which stands above this package. */
  private static final String SIGNING_KEY = "jwt-secret";

  private static final String VAULT = "vault";

  /** What the pods start without. */
  static final Set<String> VOLUMES = Set.of(STORE, USERS);

  /** What a user should know of who is counted; empty where it is as asked for. */
  public static Optional<String> warning(BotCluster cluster) {
    return Optional.of(
            "spec.gateway.rateLimit.by is User, and without a vault no user is known: each address"
                + " is counted")
        .filter(text -> Features.isOn(cluster, Gateway.NAME))
        .filter(text -> new Limits(cluster).isByUser() && !Features.isOn(cluster, VAULT));
  }

  /** What a line says of the tenant of a host. */
  static String ofTenant(TenantHost host) {
    return host.requests() == 0
        ? ""
        : Template.of("requests").with("requests", String.valueOf(host.requests())).text();
  }

  /** What every site before bot servers imports. */
  String snippet() {
    return Template.of("limits")
        .with("zones", spec().enabled() ? zones() : "")
        .filled(
            Map.of(
                "by", by(),
                "store", GatewayPods.folder(STORE),
                "gateways", String.valueOf(cluster.getSpec().gateway().replicas())));
  }

  /** The Secret of each volume. */
  Map<String, String> secrets() {
    var secrets = new TreeMap<>(Map.of(STORE, EdgeStore.secret(cluster)));
    if (isByUser()) {
      secrets.put(USERS, new Part(cluster.getMetadata().getName(), VAULT).name("keys"));
    }
    return secrets;
  }

  /** The way to Valkey. */
  NetworkPolicyEgressRule way() {
    return new CacheEntrance(cluster).way();
  }

  private boolean isByUser() {
    return spec().enabled() && spec().by() == RateLimitKey.USER;
  }

  private String by() {
    return switch (spec().by()) {
      case IP -> "ip";
      case TENANT -> "tenant";
      case USER -> "user " + GatewayPods.file(USERS, SIGNING_KEY);
    };
  }

  private String zones() {
    var endpoints = spec().endpoints();
    return zone("all", spec().requests(), String.valueOf(spec().burst()))
        + zone("chat", endpoints.chat(), "0 /ws /api/chat")
        + zone("files", endpoints.files(), "0 /api/files /api/drive")
        + zone("auth", endpoints.auth(), "0 /api/auth /auth")
        + zone("llm", endpoints.llm(), "0 /api/llm");
  }

  /** The burst and the paths come last; what is for one endpoint has no burst beside it. */
  private String zone(String name, int requests, String burst) {
    return "        zone %s %d %d %s\n".formatted(name, requests, spec().windowSeconds(), burst);
  }

  private RateLimitSpec spec() {
    return cluster.getSpec().gateway().rateLimit();
  }
}
