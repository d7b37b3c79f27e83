package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Part;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What has to be known from one round to the next, kept in annotations of Patroni's ConfigMap,
 * which outlives the StatefulSet and even the BotCluster.
 *
 * @param config what Patroni was last told
 * @param since when that was
 * @param accepted the last request for a switchover that was taken up; empty for none
 * @param target the pod it makes primary; empty once that is done
 * @param cluster the identity Patroni noted for the data, empty before there is any
 */
record Memory(String config, Instant since, String accepted, String target, String cluster) {

  private static final String CONFIG = "config";

  /** Written by Patroni. */
  private static final String INITIALIZE = "initialize";

  private static final String SINCE = "generalbots.io/config-since";
  private static final String TARGET = "generalbots.io/switchover-to";

  static Memory of(Facts facts, Part part) {
    var annotations =
        facts.find(ConfigMap.class, Names.config(part)).map(Objects::annotations).orElse(Map.of());
    return new Memory(
        annotations.getOrDefault(CONFIG, ""),
        Instant.parse(annotations.getOrDefault(SINCE, Instant.EPOCH.toString())),
        annotations.getOrDefault(Names.SWITCHOVER, ""),
        annotations.getOrDefault(TARGET, ""),
        annotations.getOrDefault(INITIALIZE, ""));
  }

  /** Whether there is data already. */
  boolean isInitialized() {
    return !cluster.isEmpty();
  }

  /** The same, with what Patroni is to be told from now on. */
  Memory telling(String wished, Instant now) {
    var moment = wished.equals(config) ? since : now.truncatedTo(ChronoUnit.SECONDS);
    return new Memory(wished, moment, accepted, target, cluster);
  }

  /** The same, with a request taken up. */
  Memory pursuing(String request, String pod) {
    return new Memory(config, since, request, pod, cluster);
  }

  /** The same, with the request it is about carried out. */
  Memory fulfilled(String request) {
    return pursuing(request, "");
  }

  Optional<String> pursued() {
    return Optional.of(target).filter(t -> !t.isEmpty());
  }

  /** Those of them that are ours. */
  Map<String, String> annotations() {
    var annotations = new HashMap<String, String>();
    annotations.put(CONFIG, config);
    annotations.put(SINCE, since.toString());
    annotations.put(Names.SWITCHOVER, accepted);
    annotations.put(TARGET, target);
    annotations.values().removeIf(String::isEmpty);
    return annotations;
  }
}
