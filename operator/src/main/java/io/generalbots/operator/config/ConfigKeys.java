package io.generalbots.operator.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting that has a field. */
public final class ConfigKeys {

  private static final List<ConfigKey> ALL =
      Stream.concat(ClusterKeys.ALL.stream(), ShardKeys.ALL.stream())
          .sorted(Comparator.comparing(ConfigKey::name))
          .toList();

  private ConfigKeys() {}

  /** All of them, by name. */
  public static List<ConfigKey> all() {
    return ALL;
  }

  /** The one of this name. */
  public static Optional<ConfigKey> find(String name) {
    return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
  }
}
