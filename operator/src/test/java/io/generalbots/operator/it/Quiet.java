package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A time in which the operator tells nothing. */
final class Quiet {

  private static final long CALM_SECONDS = 8;
  private static final Duration LONGEST_WAY_TO_CALM = Duration.ofSeconds(90);

  private Quiet() {}

  /** Waits until what went on has ended: for some seconds the operator told nothing. */
  static void settle(KubernetesClient client, String namespace) throws InterruptedException {
    var end = Instant.now().plus(LONGEST_WAY_TO_CALM);
    var told = toldWithin(client, namespace, CALM_SECONDS);
    while (told != null) {
      assertThat(Instant.now()).as("it goes on telling, now: %s", told).isBefore(end);
      told = toldWithin(client, namespace, CALM_SECONDS);
    }
  }

  /** Waits for so long; fails as soon as the operator tells something in this namespace. */
  static void await(KubernetesClient client, String namespace, long seconds)
      throws InterruptedException {
    assertThat(toldWithin(client, namespace, seconds)).as("something was told").isNull();
  }

  /** What is told first within so many seconds, or null. */
  private static @Nullable String toldWithin(
      KubernetesClient client, String namespace, long seconds) throws InterruptedException {
    var told = new LinkedBlockingQueue<String>();
    var events =
        client.v1().events().inNamespace(namespace).withField("source", "generalbots-operator");
    var newest = events.list().getMetadata().getResourceVersion();
    Watch watch = events.withResourceVersion(newest).watch(new Telling(told));
    try {
      return told.poll(seconds, TimeUnit.SECONDS);
    } finally {
      watch.close();
    }
  }

  /** Notes the events that come. */
  private record Telling(BlockingQueue<String> told) implements Watcher<Event> {

    @Override
    public void eventReceived(Action action, Event event) {
      var about = event.getInvolvedObject();
      told.add(
          "%s/%s %s %s (%s)"
              .formatted(
                  about.getKind(),
                  about.getName(),
                  event.getReason(),
                  event.getMessage(),
                  event.getCount()));
    }

    @Override
    public void onClose(WatcherException cause) {
      throw new IllegalStateException("the watch broke", cause);
    }
  }
}
