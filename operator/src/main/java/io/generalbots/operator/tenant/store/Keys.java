package io.generalbots.operator.tenant.store;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import java.util.TreeMap;

/** Keys of a connection Secret, begun with what the BotCluster's own one says. */
public final class Keys {

  private Keys() {}

  /** Those of these names that are there; a new map, to be added to. */
  public static Map<String, String> of(Secret secret, String... names) {
    var keys = new TreeMap<String, String>();
    for (var name : names) {
      var text = Secrets.text(secret, name);
      if (!text.isEmpty()) {
        keys.put(name, text);
      }
    }
    return keys;
  }
}
