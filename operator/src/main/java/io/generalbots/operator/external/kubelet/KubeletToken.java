package io.generalbots.operator.external.kubelet;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A token that is good for asking kubelets how full things are, and for nothing else: whoever takes
 * it from one learns nothing. It is asked for anew when most of its time is over.
 */
final class KubeletToken implements Supplier<String> {

  private static final Duration LIFE = Duration.ofMinutes(10);

  /** Two thirds: enough is left for a request, and for clocks that differ. */
  private static final Duration USED = LIFE.multipliedBy(2).dividedBy(3);

  private final Supplier<String> source;
  private final Clock clock;
  private Optional<Held> held = Optional.empty();

  /** A token, and until when it is shown. */
  private record Held(String token, Instant until) {}

  /**
   * One that is asked for somewhere.
   *
   * @param source gives another one each time
   */
  KubeletToken(Supplier<String> source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public synchronized String get() {
    var now = clock.instant();
    var good =
        held.filter(h -> now.isBefore(h.until()))
            .orElseGet(() -> new Held(source.get(), now.plus(USED)));
    held = Optional.of(good);
    return good.token();
  }

  /**
   * Asks the API server for one.
   *
   * @param account the ServiceAccount whose it is
   */
  static Supplier<String> of(KubernetesClient client, String namespace, String account) {
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(LIFE.toSeconds())
            .endSpec()
            .build();
    var accounts = client.serviceAccounts().inNamespace(namespace);
    return () -> accounts.withName(account).tokenRequest(request).getStatus().getToken();
  }
}
