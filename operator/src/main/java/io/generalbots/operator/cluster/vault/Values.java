package io.generalbots.operator.cluster.vault;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The values of a user's Secret. */
final class Values {

  private Values() {}

  /** All of them, as text. */
  static SortedMap<String, String> of(Secret secret) {
    var data = Optional.ofNullable(secret.getData()).orElse(Map.of());
    var values = new TreeMap<String, String>();
    data.keySet().forEach(key -> values.put(key, Secrets.text(secret, key)));
    return values;
  }
}
