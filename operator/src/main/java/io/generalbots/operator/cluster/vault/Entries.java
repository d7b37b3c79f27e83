package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.KeySource;
import io.generalbots.operator.cluster.encryption.Encryption;
import io.generalbots.operator.cluster.features.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the vault should have.
 *
 * @param known the entries by path whose Secrets are there
 * @param missing paths whose Secret is not there or not complete, and its name
 */
record Entries(
    SortedMap<String, SortedMap<String, String>> known, SortedMap<String, String> missing) {

  /** Without these a bot server would fall back to stores on its own host. */
  private static final List<String> NEEDED = List.of("tables", "cache", "drive");

  /** Versions of General Bots spell some keys differently: each spelling is there. */
  private static final List<Store> STORES =
      List.of(
          new Store("tables", "app", c -> true, Spelling.TABLES),
          cache("valkey", c -> c.getSpec().valkey().external() == null),
          cache("valkey-external", c -> c.getSpec().valkey().external() != null),
          new Store(
              "drive",
              "s3",
              c -> Features.isOn(c, "seaweedfs"),
              Spelling.DRIVE.and("bucket", "{bucket}")),
          new Store("vectordb", "qdrant", c -> Features.isOn(c, "qdrant"), Spelling.VECTORS),
          new Store("meet", "livekit", c -> Features.isOn(c, "livekit"), Spelling.MEET),
          new Store("jwt", "vault-keys", c -> true, new Template(Map.of("secret", "{jwt-secret}"))),
          new Store(
              "encryption",
              Encryption.NAME,
              c -> c.getSpec().encryption().keySource() == KeySource.VAULT,
              new Template(
                  Map.of(
                      "master_key", "{master-key}",
                      "data_key", "{data-key}",
                      "data_key_former", "{data-key-former?}",
                      "drive_key", "{drive-key}"))));

  /**
   * An entry that follows from a Secret of the cluster.
   *
   * @param path below that of all entries
   * @param secret what follows the cluster's name in the name of the Secret
   * @param wanted whether a cluster has it
   * @param values as a template has them
   */
  private record Store(String path, String secret, Predicate<BotCluster> wanted, Template values) {}

  private static Store cache(String secret, Predicate<BotCluster> wanted) {
    return new Store("cache", secret, wanted, Spelling.CACHE);
  }

  static Entries of(Situation situation) {
    var entries = new Entries(new TreeMap<>(), new TreeMap<>());
    var cluster = situation.cluster();
    STORES.stream().filter(s -> s.wanted().test(cluster)).forEach(s -> entries.add(s, situation));
    situation
        .spec()
        .userSecrets()
        .forEach(
            u ->
                entries.add(
                    u.path(),
                    u.secretName(),
                    situation.facts().surroundings().secret(u.secretName()).map(Values::of)));
    return entries;
  }

  /** Every path, be its Secret there or not. */
  List<String> paths() {
    var all = new ArrayList<>(known.keySet());
    all.addAll(missing.keySet());
    return all;
  }

  /** Whether an entry that bot servers need is not there yet. */
  boolean lacksNeeded(String path) {
    return NEEDED.stream().anyMatch(n -> missing.containsKey(path + "/" + n));
  }

  private void add(Store store, Situation situation) {
    var name = situation.part().cluster() + "-" + store.secret();
    var values = situation.facts().find(Secret.class, name).flatMap(store.values()::fill);
    add(situation.spec().path() + "/" + store.path(), name, values);
  }

  /** A user's values stand beside the cluster's own, and above them. */
  private void add(String path, String secret, Optional<SortedMap<String, String>> values) {
    values.ifPresentOrElse(
        v -> known.computeIfAbsent(path, p -> new TreeMap<>()).putAll(v),
        () -> missing.put(path, secret));
  }
}
