package io.generalbots.operator.tenant.credentials;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Objects;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one store from the Secret that was published for it: nothing is published before
 * it works, so the Secret is the memory of what does.
 *
 * @param name of the Secret
 * @param live the Secret, if there is one
 */
public record Publication(String name, Optional<Secret> live) {

  private static final String GENERATION = "generalbots.io/generation";
  private static final String SINCE = "generalbots.io/published-at";
  private static final String PROVISIONED = "generalbots.io/provisioned";
  private static final String LOGINS = "generalbots.io/logins";

  /** The generation of its login; empty before the first. */
  public Optional<Integer> generation() {
    return annotation(GENERATION).flatMap(Said::number);
  }

  /** Since when that generation is published. */
  Optional<Instant> since() {
    return annotation(SINCE).flatMap(Said::time);
  }

  /** Whether exactly this was brought about in the store, and with these logins. */
  public boolean isOf(Provision provision) {
    return isFor(provision) && annotation(LOGINS).filter(provision.logins()::equals).isPresent();
  }

  /** Whether this was brought about, be it with other logins. */
  public boolean isFor(Provision provision) {
    return annotation(PROVISIONED).filter(provision.wished()::equals).isPresent();
  }

  /** Metadata of the Secret that publishes this key. */
  public ObjectMeta meta(Key key, Provision provision, Instant now) {
    var since = since().filter(s -> generation().filter(g -> g == key.generation()).isPresent());
    return new ObjectMetaBuilder()
        .withName(name)
        .withAnnotations(
            Map.of(
                GENERATION, String.valueOf(key.generation()),
                SINCE, since.orElse(now.truncatedTo(ChronoUnit.SECONDS)).toString(),
                PROVISIONED, provision.wished(),
                LOGINS, provision.logins()))
        .build();
  }

  private Optional<String> annotation(String key) {
    return live.map(s -> Objects.annotations(s).get(key));
  }
}
