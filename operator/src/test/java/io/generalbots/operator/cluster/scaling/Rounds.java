package io.generalbots.operator.cluster.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.AutoscalingStatus;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Reading;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Surroundings;
import io.generalbots.operator.schema.Definitions;
import io.generalbots.scaling.Look;
import io.generalbots.scaling.Metric;
import io.generalbots.scaling.Sample;
import io.generalbots.scaling.State;
import io.generalbots.scaling.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A BotCluster from round to round: each sees the status that the one before wrote. */
final class Rounds {

  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final Map<Metric, Double> values = new TreeMap<>();
  private final List<Decision> told = new ArrayList<>();
  private ObjectNode spec;
  private Instant now = Instant.EPOCH;
  private Optional<BotClusterStatus> status = Optional.empty();
  private Optional<Load> load = Optional.empty();
  private List<Trend> trends = List.of();
  private Optional<String> rival = Optional.empty();
  private int writes;

  Rounds(String yaml) {
    spec = read(yaml);
  }

  /** Somebody changes the spec. */
  Rounds change(String yaml) {
    read(yaml).properties().forEach(field -> spec.set(field.getKey(), field.getValue()));
    return this;
  }

  /** From now on this is measured. */
  Rounds measure(Metric metric, double value) {
    values.put(metric, value);
    return this;
  }

  /** From now on it is not. */
  Rounds lose(Metric metric) {
    values.remove(metric);
    return this;
  }

  /** From now on somebody else sets the number, or no longer. */
  Rounds rival(Optional<String> name) {
    rival = name;
    return this;
  }

  /** A look, and the round that it wakes. */
  int lookAfter(long seconds) {
    now = now.plusSeconds(seconds);
    var samples = values.entrySet().stream().map(e -> new Sample(e.getKey(), e.getValue(), now));
    var policy = new RuleBook(cluster()).policy();
    trends =
        new State(0, Optional.empty(), trends)
            .observing(new Look(now, 0, samples.toList()), policy)
            .trends();
    load = Optional.of(new Load(now, trends, Map.of(), Map.of(), rival));
    return round();
  }

  /** A round for another reason, a moment later. */
  int round() {
    now = now.plusMillis(300);
    var elastic = new Elastic(cluster(), facts());
    var next = new BotClusterStatusBuilder().autoscaling(elastic.status().orElse(null)).build();
    told.addAll(ScalingNews.between(cluster(), next));
    writes += Optional.of(next).equals(status) ? 0 : 1;
    var replicas = elastic.replicas();
    status = Optional.of(next);
    return replicas;
  }

  /** All that is remembered beside the status is lost. */
  Rounds restart() {
    load = Optional.empty();
    trends = List.of();
    return this;
  }

  AutoscalingStatus status() {
    return Optional.ofNullable(status.orElseThrow().autoscaling()).orElseThrow();
  }

  List<Decision> told() {
    return told;
  }

  int writes() {
    return writes;
  }

  BotCluster cluster() {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots, uid: u-demo}
        spec: {domain: bots.example.com}
        """;
    var tree = serialization.unmarshal(yaml, ObjectNode.class);
    spec.properties().forEach(f -> tree.withObject("/spec").set(f.getKey(), f.getValue()));
    var cluster =
        serialization.convertValue(Definitions.botCluster().defaulted(tree), BotCluster.class);
    status.ifPresent(cluster::setStatus);
    return cluster;
  }

  Facts facts() {
    var settings = new Settings("operators", "cluster.local", Map.of());
    var seen =
        new Surroundings(
            List.of(), Set.of(), Optional.empty(), load.map(Set::<Reading>of).orElse(Set.of()));
    return new Facts(now, new SecureEntropy(), List.of(), settings).in(seen);
  }

  private ObjectNode read(String yaml) {
    var block = "spec: {%s}".formatted(yaml);
    return (ObjectNode) serialization.unmarshal(block, JsonNode.class).path("spec");
  }
}
