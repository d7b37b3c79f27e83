package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Decision;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Wish;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The keys of a cluster's LiveKit, each in a Secret of its own.
 *
 * <p>A change takes three steps, each of which restarts the servers at most once: all servers learn
 * the new key; clients are told of it; after a time of grace the former key goes.
 */
final class Keys {

  private static final String FIRST = "first";

  private final Situation situation;
  private final List<Secret> secrets;
  private final Optional<KeyPair> told;
  private final KeyPair current;

  Keys(Situation situation) {
    this.situation = situation;
    this.secrets = secrets(situation);
    this.told = situation.told().map(KeyPair::read).filter(KeyPair::isWhole);
    this.current = current();
  }

  /** Those that servers accept, by name. */
  List<KeyPair> valid() {
    var all = known().stream().filter(k -> !isRetired(k)).toList();
    return all.isEmpty() ? List.of(current) : all;
  }

  /**
   * The one that clients are told.
   *
   * @param everywhere whether all servers accept the valid ones
   */
  KeyPair published(boolean everywhere) {
    if (everywhere && valid().contains(current)) {
      return current;
    }
    return valid().stream()
        .filter(this::isTold)
        .findFirst()
        .orElseGet(() -> valid().contains(current) ? current : valid().get(0));
  }

  /** Since when that one is published, if it ever took the place of another. */
  Optional<Instant> since(KeyPair published) {
    return told.isEmpty() || isTold(published)
        ? situation.told().flatMap(Keys::since)
        : Optional.of(situation.facts().now());
  }

  /** What keeps the keys, and removes those whose time is over. */
  List<Wish> wishes() {
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.Once(current.keptIn(situation.part()), false));
    for (var secret : secrets) {
      var pair = KeyPair.read(secret);
      if (!pair.isWhole()) {
        wishes.add(new Wish.Remove(secret, Wish.Cascade.DEPENDENTS, broken(pair)));
      } else if (isRetired(pair)) {
        wishes.add(new Wish.Remove(secret, Wish.Cascade.DEPENDENTS, retired(pair)));
      } else if (!pair.name().equals(current.name())) {
        wishes.add(new Wish.Once(pair.keptIn(situation.part()), false));
      }
    }
    return wishes;
  }

  /** When a former key goes, if there is one that clients are no longer told. */
  Optional<Instant> retirement() {
    return isTold(current) && known().size() > 1 ? Optional.of(end()) : Optional.empty();
  }

  private boolean isRetired(KeyPair pair) {
    return !pair.name().equals(current.name())
        && isTold(current)
        && !situation.facts().now().isBefore(end());
  }

  private Instant end() {
    var grace = Duration.ofSeconds(situation.spec().keyGraceSeconds());
    return situation.told().flatMap(Keys::since).orElse(Instant.EPOCH).plus(grace);
  }

  private boolean isTold(KeyPair pair) {
    return told.filter(t -> t.key().equals(pair.key())).isPresent();
  }

  private List<KeyPair> known() {
    return secrets.stream().map(KeyPair::read).filter(KeyPair::isWhole).toList();
  }

  /** The one that is asked for; made from what clients know where it was lost. */
  private KeyPair current() {
    var asked =
        Optional.ofNullable(Objects.annotations(situation.cluster()).get(Names.ROTATE))
            .map(value -> name(checksum(value)));
    var name = asked.or(this::nameOfTold).or(this::newest).orElse(name(FIRST));
    return known().stream()
        .filter(k -> k.name().equals(name))
        .findFirst()
        .or(() -> told.filter(t -> known().isEmpty()).map(t -> t.named(name)))
        .orElseGet(() -> KeyPair.fresh(name, situation.facts()));
  }

  private Optional<String> nameOfTold() {
    return known().stream().filter(this::isTold).map(KeyPair::name).findFirst();
  }

  private Optional<String> newest() {
    return secrets.stream()
        .filter(s -> KeyPair.read(s).isWhole())
        .max(Comparator.comparing(Keys::created).thenComparing(s -> s.getMetadata().getName()))
        .map(s -> s.getMetadata().getName());
  }

  private static String created(Secret secret) {
    return Optional.ofNullable(secret.getMetadata().getCreationTimestamp()).orElse("");
  }

  private String name(String id) {
    return situation.part().name(Names.KEY) + "-" + id;
  }

  private static String checksum(String value) {
    var sum = new CRC32();
    sum.update(value.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  private static List<Secret> secrets(Situation situation) {
    var part = situation.part();
    return situation.facts().all(Secret.class, part.selector()).stream()
        .filter(s -> s.getMetadata().getName().startsWith(part.name(Names.KEY) + "-"))
        .filter(s -> s.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /** One that is no time is none: the grace is over then. */
  private static Optional<Instant> since(Secret secret) {
    try {
      return Optional.ofNullable(Objects.annotations(secret).get(Names.KEY_SINCE))
          .map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Decision broken(KeyPair pair) {
    return Decision.warning(
        "KeyBroken",
        "the key in %s is not whole any more, and is made anew".formatted(pair.name()));
  }

  private static Decision retired(KeyPair pair) {
    return Decision.normal(
        "KeyRetired", "the time of grace of the key in %s is over".formatted(pair.name()));
  }
}
