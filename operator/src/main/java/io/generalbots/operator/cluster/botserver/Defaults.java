package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.gateway.Models;
import io.generalbots.operator.config.ConfigCsv;
import io.generalbots.operator.external.BotDefaults;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Wish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What holds for every bot that has no setting of its own, in the table in which bot servers look
 * for nothing else but that. What was written, and into which database, is kept beside it, so that
 * nobody has to ask the database again.
 */
record Defaults(BotCluster cluster, Situation situation) {

  private static final String FALLBACK = "fallback-";
  private static final String DATABASE = "generalbots.io/database";

  /** The mark that Patroni puts on the data of a cluster. */
  private static final String INITIALIZE = "initialize";

  /** Writes them once there is a table, and notes it; what was noted stays otherwise. */
  List<Wish> wishes(boolean open) {
    var record = record();
    if (!open || !isDue()) {
      return record.map(r -> noted(data(r), database(r))).stream().toList();
    }
    var obsolete = new HashSet<>(record.map(Defaults::data).orElse(Map.of()).keySet());
    obsolete.removeAll(values().keySet());
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.External(BotDefaults.of(situation.part().cluster(), values(), obsolete)));
    wishes.add(noted(values(), database()));
    return wishes;
  }

  /** Whether servers are there that have made the table, and it has not been written to yet. */
  private boolean isDue() {
    var known =
        record()
            .filter(r -> database(r).equals(database()))
            .filter(r -> data(r).equals(values()))
            .isPresent();
    var managed = cluster.getSpec().postgres().external() == null;
    return managed && !known && situation.ready() > 0;
  }

  /**
   * No bot server starts a language model beside itself, one finds the cluster's, and indexers find
   * the vectors. What stands in for what is away is said in the words of config.csv.
   */
  Map<String, String> values() {
    var values = new TreeMap<String, String>();
    values.put("llm-server", "false");
    Models.url(cluster, situation.facts().settings()).ifPresent(url -> values.put("llm-url", url));
    ConfigCsv.values(cluster).forEach((key, value) -> putFallback(values, key, value));
    situation.site().ways().vectors().ifPresent(url -> values.put("vectordb-url", url));
    return values;
  }

  private static void putFallback(Map<String, String> values, String key, String value) {
    if (key.startsWith(FALLBACK)) {
      values.put(key, value);
    }
  }

  private Wish noted(Map<String, String> values, String database) {
    var meta = situation.part().meta(Names.DEFAULTS);
    meta.setAnnotations(Map.of(DATABASE, database));
    return new Wish.Managed(
        new ConfigMapBuilder().withMetadata(meta).withData(new TreeMap<>(values)).build());
  }

  private Optional<ConfigMap> record() {
    return situation.facts().find(ConfigMap.class, situation.part().name(Names.DEFAULTS));
  }

  private static Map<String, String> data(ConfigMap record) {
    return record.getData() == null ? Map.of() : record.getData();
  }

  private static String database(ConfigMap record) {
    return Objects.annotations(record).getOrDefault(DATABASE, "");
  }

  /** Which data there is now: another one knows nothing of what was written before. */
  private String database() {
    return situation
        .facts()
        .find(ConfigMap.class, situation.part().cluster() + "-postgres-config")
        .map(map -> Objects.annotations(map).getOrDefault(INITIALIZE, ""))
        .orElse("");
  }
}
