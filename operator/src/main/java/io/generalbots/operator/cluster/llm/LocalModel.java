package io.generalbots.operator.cluster.llm;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.LlmFallbackSpec;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;

/**
 * How gateways come to the language model of a cluster's own.
 *
 * @param cluster what is wished
 */
public record LocalModel(BotCluster cluster) {

  static final int PORT = 8080;

  /** Whether one is wished, and its file is known. */
  public boolean isThere() {
    return isWished() && hasFile();
  }

  /** Host and port. */
  public String address() {
    return part().name() + ":" + PORT;
  }

  /** What a pod that asks it may call. */
  public NetworkPolicyEgressRule way() {
    return Egress.to(Policies.pods(part().selector()), PORT);
  }

  boolean isWished() {
    return Features.isOn(cluster, Llm.NAME);
  }

  boolean hasFile() {
    return spec().file() != null && (spec().image() != null || spec().claimName() != null);
  }

  Part part() {
    return new Part(cluster.getMetadata().getName(), Llm.NAME);
  }

  LlmFallbackSpec spec() {
    return cluster.getSpec().fallback().llm();
  }
}
