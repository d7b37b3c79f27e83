package io.generalbots.operator.tenant.vault;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.cluster.vault.Spelling;
import io.generalbots.operator.cluster.vault.Template;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Store;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a bot server of a Tenant's own would read in the vault: how to come to the Tenant's other
 * stores, as the Secrets say that were published for them.
 *
 * @param ring of the Tenant
 * @param stores those it has a place in
 */
record Copies(Keyring ring, List<Store> stores) {

  private static final Map<Store, Entry> ENTRIES =
      Map.of(
          Store.DATABASE, new Entry("tables", Spelling.TABLES),
          Store.CACHE, new Entry("cache", cache()),
          Store.DRIVE, new Entry("drive", Spelling.DRIVE.and("buckets", "{buckets?}")),
          Store.ROOMS, new Entry("meet", Spelling.MEET.and("prefix", "{prefix}")),
          Store.VECTORS, new Entry("vectordb", Spelling.VECTORS.and("prefix", "{prefix}")));

  /**
   * An entry.
   *
   * @param name of it
   * @param values how they follow from the Secret of a store
   */
  private record Entry(String name, Template values) {}

  Copies {
    stores = stores.stream().filter(ENTRIES::containsKey).toList();
  }

  /** The names of those that there should be, be they known yet or not. */
  List<String> names() {
    return stores.stream().map(store -> entry(store).name()).sorted().toList();
  }

  /** The names of those that there should not be. */
  List<String> obsolete() {
    return ENTRIES.keySet().stream()
        .filter(store -> !stores.contains(store))
        .map(store -> entry(store).name())
        .sorted()
        .toList();
  }

  /** The values of each; of stores that are published. */
  SortedMap<String, SortedMap<String, String>> entries() {
    var entries = new TreeMap<String, SortedMap<String, String>>();
    for (var store : stores) {
      values(store).ifPresent(values -> entries.put(entry(store).name(), values));
    }
    return entries;
  }

  /** A server that finds only a part of what it needs falls back to stores on its own host. */
  boolean isComplete() {
    return stores.stream().filter(Store::isNeeded).allMatch(store -> values(store).isPresent());
  }

  private Optional<SortedMap<String, String>> values(Store store) {
    var published = ring.publication(store).live();
    var values = published.flatMap(entry(store).values()::fill);
    published.flatMap(Copies::bucket).ifPresent(b -> values.ifPresent(v -> v.put("bucket", b)));
    return values;
  }

  /** Of an object store: the one that is used where none is named. */
  private static Optional<String> bucket(Secret published) {
    return Optional.of(Secrets.text(published, "buckets").split(",", 2)[0])
        .filter(bucket -> !bucket.isEmpty());
  }

  private static Template cache() {
    return Spelling.CACHE.and("username", "{username}").and("prefix", "{prefix}");
  }

  private static Entry entry(Store store) {
    return Objects.requireNonNull(ENTRIES.get(store));
  }

  /** Names only: the text may be logged. */
  @Override
  public String toString() {
    return "copies of " + stores;
  }
}
