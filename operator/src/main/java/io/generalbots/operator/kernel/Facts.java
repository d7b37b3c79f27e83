package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a plan may know: the clock, randomness, what exists, and the operator's settings.
 *
 * @param now the time of this round
 * @param entropy where passwords and keys come from
 * @param owned every object of this owner that the informers know
 * @param settings how this operator was set up
 */
public record Facts(Instant now, Entropy entropy, List<HasMetadata> owned, Settings settings) {

  public Facts {
    owned = List.copyOf(owned);
  }

  /** The object of this kind and name, if it exists. */
  public <T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
    return all(kind).stream().filter(o -> name.equals(o.getMetadata().getName())).findFirst();
  }

  /** All objects of this kind. */
  public <T extends HasMetadata> List<T> all(Class<T> kind) {
    return owned.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** All objects of this kind that carry these labels, ordered by name. */
  public <T extends HasMetadata> List<T> all(Class<T> kind, Map<String, String> labels) {
    return all(kind).stream()
        .filter(o -> Objects.labels(o).entrySet().containsAll(labels.entrySet()))
        .sorted(Comparator.comparing(o -> o.getMetadata().getName()))
        .toList();
  }
}
