package io.generalbots.operator.cluster.qdrant;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Secrets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How other components of a cluster come to its Qdrant, wherever that is, as it is published.
 *
 * @param cluster what is wished
 * @param facts what is
 */
public record Entrance(BotCluster cluster, Facts facts) {

  public static final String COMPONENT = Names.COMPONENT;

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]");
  private static final String SECURED = "https";

  /** Whether there is one, here or elsewhere. */
  public static boolean isThere(BotCluster cluster) {
    return Features.isOn(cluster, COMPONENT);
  }

  /** Scheme, host and port, without a path; empty until they are known. */
  public Optional<String> address() {
    return published()
        .filter(s -> HOST.matcher(Secrets.text(s, "host")).matches())
        .map(s -> "%s://%s:%d".formatted(scheme(s), Secrets.text(s, "host"), port()));
  }

  /** The key that opens everything; empty if there is none. */
  public Optional<String> key() {
    return published().map(s -> Secrets.text(s, Names.API_KEY)).filter(key -> !key.isEmpty());
  }

  /** Who signed what it shows; empty without TLS, or where everybody knows who did. */
  public Optional<String> authority() {
    return published()
        .filter(s -> SECURED.equals(scheme(s)))
        .map(s -> Secrets.text(s, Names.AUTHORITY))
        .filter(pem -> !pem.isEmpty());
  }

  /** What a pod that comes to it may call. */
  public NetworkPolicyEgressRule way() {
    return cluster.getSpec().qdrant().external() == null
        ? Egress.to(Policies.pods(situation().part().selector()), Names.HTTP_PORT)
        : Egress.anywhere(port());
  }

  private int port() {
    return published()
        .map(s -> Secrets.text(s, "port"))
        .filter(port -> port.matches("\\d{1,5}"))
        .map(Integer::valueOf)
        .orElse(Names.HTTP_PORT);
  }

  private static String scheme(Secret published) {
    return Secrets.text(published, "uri").startsWith(SECURED + ":") ? SECURED : "http";
  }

  private Optional<Secret> published() {
    return facts.find(Secret.class, situation().part().name());
  }

  private Situation situation() {
    return new Situation(cluster, facts);
  }

  /** Names no key: the text may be logged. */
  @Override
  public String toString() {
    return "entrance to Qdrant of " + cluster.getMetadata().getName();
  }
}
