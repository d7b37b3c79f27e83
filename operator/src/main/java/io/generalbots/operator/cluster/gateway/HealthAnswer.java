package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.PostgresSpec;
import io.generalbots.operator.cluster.pooler.Pooler;
import io.generalbots.operator.cluster.qdrant.Entrance;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.cluster.servers.Given;
import io.generalbots.operator.cluster.valkey.CacheEntrance;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import java.util.Map;
import java.util.Optional;

/**
 * What gateways ask before they answer {@code /health}. They sign in nowhere: that a server wants
 * to know who asks is answer enough.
 *
 * @param cluster whose gateways they are
 * @param facts where Qdrant is
 */
record HealthAnswer(BotCluster cluster, Facts facts) {

  /** What a value of the configuration may not hold, and a version may. */
  private static final String UNWRITABLE = "[^A-Za-z0-9._~:/-]";

  /** What the sites before bot servers import. */
  String snippet() {
    var cache = cache();
    return Template.of("answer")
        .with("secured", cache.isSecured() ? "                tls\n" : "")
        .with("vectors", vectors())
        .with("models", models())
        .filled(
            Map.of(
                "version", cluster.getSpec().botserver().version().replaceAll(UNWRITABLE, "-"),
                "database", database().toString(),
                "cache", cache.address().toString()));
  }

  /** Where they may go for it; the ways to the cache and to vectors are open already. */
  NetworkPolicyEgressRule way() {
    return toDatabase();
  }

  /** Nothing where there is no Qdrant, and before it is known where it is. */
  private String vectors() {
    var vectors = new Entrance(cluster, facts);
    var signed = signed(vectors.authority(), VectorKeys.NAME, VectorKeys.AUTHORITY);
    return vectors
        .address()
        .filter(address -> VectorKeys.areChecked(cluster))
        .map(address -> Map.of("address", address))
        .map(at -> Template.of("answer-vectors").with("signed", signed).filled(at))
        .orElse("");
  }

  /** The provider, and the cluster's own model where there is none. */
  private String models() {
    var models = new Models(cluster, facts);
    var signed = signed(models.authority(), Models.NAME, Given.AUTHORITY);
    return models
        .asked()
        .map(url -> Map.of("url", url))
        .map(at -> Template.of("answer-models").with("signed", signed).filled(at))
        .orElse("");
  }

  /** A line that names the file of who vouches for a server, where not everybody knows. */
  private static String signed(Optional<String> authority, String volume, String file) {
    return authority
        .map(pem -> "                ca " + GatewayPods.file(volume, file) + "\n")
        .orElse("");
  }

  private CacheEntrance cache() {
    return new CacheEntrance(cluster);
  }

  private Address database() {
    return postgres().external() == null
        ? new Address(isPooled() ? servers().name() : servers().name("rw"), Pooler.PORT)
        : Address.of(postgres().external(), Pooler.PORT);
  }

  private NetworkPolicyEgressRule toDatabase() {
    return postgres().external() == null
        ? Egress.to(Policies.pods(servers().selector()), Pooler.PORT)
        : Egress.anywhere(database().port());
  }

  private Part servers() {
    return new Part(cluster.getMetadata().getName(), isPooled() ? Pooler.NAME : "postgres");
  }

  private boolean isPooled() {
    return postgres().pooler().enabled();
  }

  private PostgresSpec postgres() {
    return cluster.getSpec().postgres();
  }

  /** Names no key: the text may be logged. */
  @Override
  public String toString() {
    return "what is asked for the health of " + cluster.getMetadata().getName();
  }
}
