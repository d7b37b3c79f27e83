package io.generalbots.operator.residents;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Tenant left that is gone: its registration without a login, under another label, so that
 * no store lets anybody in by it and nobody else gets its name and its bots.
 *
 * @param registration what the BotCluster was told of it, as far as it still holds
 * @param since when its Tenant was deleted
 * @param shredAfter when the data goes too; empty if nothing but a person removes it
 * @param stores where something of it is
 */
public record Remains(
    Registration registration, Instant since, Optional<Instant> shredAfter, List<String> stores) {

  /** The component that it is labelled with. */
  public static final String COMPONENT = "retained";

  private static final String SINCE = "generalbots.io/retained-since";
  private static final String SHRED_AFTER = "generalbots.io/shred-after";
  private static final String STORES = "generalbots.io/retained-in";

  public Remains {
    registration = registration.ended();
    stores = List.copyOf(stores);
  }

  /** What is left on a BotCluster, by name. */
  public static List<Remains> of(Facts facts) {
    return facts.all(Secret.class, Map.of(Labels.COMPONENT, COMPONENT)).stream()
        .filter(secret -> secret.getMetadata().getDeletionTimestamp() == null)
        .flatMap(secret -> of(secret).stream())
        .sorted(Comparator.comparing(r -> r.registration().tenant()))
        .toList();
  }

  /** What is kept in a Secret; empty if that is the registration of somebody who is there. */
  public static Optional<Remains> of(Secret secret) {
    var notes = Objects.annotations(secret);
    return COMPONENT.equals(Objects.labels(secret).get(Labels.COMPONENT))
        ? Registration.of(secret).flatMap(r -> time(notes, SINCE).map(since -> of(r, since, notes)))
        : Optional.empty();
  }

  private static Remains of(Registration registration, Instant since, Map<String, String> notes) {
    var stores = notes.getOrDefault(STORES, "");
    return new Remains(
        registration,
        since,
        time(notes, SHRED_AFTER),
        stores.isEmpty() ? List.of() : List.of(stores.split(",")));
  }

  /** The uid of the Tenant that was. */
  public String uid() {
    return registration.uid();
  }

  /** Whether it is time for the data to go. */
  public boolean isDue(Instant now) {
    return shredAfter.filter(at -> !now.isBefore(at)).isPresent();
  }

  /** As it is kept, in the place of the registration. */
  public Secret secret(String cluster) {
    var secret = registration.secret(cluster, false);
    var notes = new HashMap<String, String>();
    notes.put(SINCE, since.toString());
    notes.put(STORES, String.join(",", stores));
    shredAfter.ifPresent(at -> notes.put(SHRED_AFTER, at.toString()));
    secret.getMetadata().setAnnotations(notes);
    return secret;
  }

  /** A time that a person wrote, perhaps. */
  private static Optional<Instant> time(Map<String, String> notes, String key) {
    try {
      return Optional.ofNullable(notes.get(key)).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
