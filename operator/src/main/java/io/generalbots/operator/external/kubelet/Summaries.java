package io.generalbots.operator.external.kubelet;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What kubelets said a moment ago is told to all who ask: a node has pods of many BotClusters. */
final class Summaries implements Function<String, Future<Summary>> {

  private final Kubelets kubelets;
  private final Supplier<String> token;
  private final Clock clock;
  private final Duration age;
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();

  /** An answer, which may still be on its way. */
  private record Asked(Instant at, Future<Summary> answer) {}

  /**
   * Of these kubelets.
   *
   * @param token what is shown to them
   * @param age how long an answer is told on
   */
  Summaries(Kubelets kubelets, Supplier<String> token, Clock clock, Duration age) {
    this.kubelets = kubelets;
    this.token = token;
    this.clock = clock;
    this.age = age;
  }

  /** What the kubelet at this address says. */
  @Override
  public Future<Summary> apply(String address) {
    var now = clock.instant();
    asked.values().removeIf(former -> !now.isBefore(former.at().plus(age)));
    return asked.computeIfAbsent(address, any -> new Asked(now, ask(address))).answer();
  }

  private Future<Summary> ask(String address) {
    try {
      return kubelets.ask(address, token.get());
    } catch (KubernetesClientException | UncheckedIOException e) {
      return Future.failedFuture(e);
    }
  }
}
