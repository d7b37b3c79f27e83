package io.generalbots.operator.shard.published;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.sharding.published.Publication;
import io.generalbots.sharding.published.Rules;
import io.generalbots.sharding.published.Scope;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ConfigMap from which clients and routers take where to go.
 *
 * @param policy that says so
 * @param cluster whose hosts they come to
 */
public record Bulletin(ShardPolicy policy, BotCluster cluster) {

  /** The component that it belongs to. */
  public static final String COMPONENT = "routing";

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY)
          .enable(SerializationFeature.INDENT_OUTPUT);

  /** With these rules in it. */
  public ConfigMap of(Rules rules) {
    var scope =
        new Scope(
            policy.getMetadata().getNamespace(),
            policy.getMetadata().getName(),
            cluster.getMetadata().getName(),
            List.of(cluster.getSpec().domain()));
    return new ConfigMapBuilder()
        .withMetadata(meta())
        .withData(Map.of(Publication.FILE, json(Publication.of(scope, rules))))
        .build();
  }

  private ObjectMeta meta() {
    var part = new Part(cluster.getMetadata().getName(), COMPONENT);
    var meta = part.named(Publication.configMap(policy.getMetadata().getName()));
    var labels = new TreeMap<>(meta.getLabels());
    labels.put(Publication.LABEL, Publication.LABEL_VALUE);
    labels.put(Labels.SHARD_POLICY, policy.getMetadata().getName());
    meta.setLabels(labels);
    return meta;
  }

  private static String json(Publication publication) {
    try {
      return MAPPER.writeValueAsString(publication);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a publication cannot be written down", e);
    }
  }
}
