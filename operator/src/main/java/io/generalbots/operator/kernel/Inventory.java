package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What exists and is not on its way out, by kind and name: an owner may have a thousand objects,
 * and each wish asks for one.
 */
record Inventory(Map<String, HasMetadata> objects) {

  static Inventory of(Facts facts) {
    return facts.findings().of(Inventory.class, () -> of(facts.owned()));
  }

  private static Inventory of(List<HasMetadata> owned) {
    var objects = new HashMap<String, HasMetadata>();
    for (var object : owned) {
      if (object.getMetadata().getDeletionTimestamp() == null) {
        objects.putIfAbsent(Objects.ref(object), object);
      }
    }
    return new Inventory(objects);
  }

  Optional<HasMetadata> find(HasMetadata wished) {
    return Optional.ofNullable(objects.get(Objects.ref(wished)));
  }
}
