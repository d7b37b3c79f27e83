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
 * @param surroundings what is known beyond the owner's objects
 * @param findings what was worked out from these facts
 */
public record Facts(
    Instant now,
    Entropy entropy,
    List<HasMetadata> owned,
    Settings settings,
    Surroundings surroundings,
    Findings findings) {

  public Facts {
    owned = List.copyOf(owned);
  }

  /** Facts of an owner that points to nothing. */
  public Facts(Instant now, Entropy entropy, List<HasMetadata> owned, Settings settings) {
    this(now, entropy, owned, settings, Surroundings.NONE, new Findings());
  }

  /** The same facts in these surroundings. */
  public Facts in(Surroundings others) {
    return new Facts(now, entropy, owned, settings, others, new Findings());
  }

  /** Names nothing: there are Secrets among the objects, and the text may be logged. */
  @Override
  public String toString() {
    return "Facts of %s about %d objects".formatted(now, owned.size());
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
