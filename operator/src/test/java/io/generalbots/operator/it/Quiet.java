package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A time in which the operator tells nothing. */
final class Quiet {

  private Quiet() {}

  /** Waits for so long; fails as soon as the operator tells something in this namespace. */
  static void await(KubernetesClient client, String namespace, long seconds)
      throws InterruptedException {
    var told = new CountDownLatch(1);
    var events =
        client.v1().events().inNamespace(namespace).withField("source", "generalbots-operator");
    var newest = events.list().getMetadata().getResourceVersion();
    Watch watch = events.withResourceVersion(newest).watch(new Telling(told));
    try {
      assertThat(told.await(seconds, TimeUnit.SECONDS)).as("something was told").isFalse();
    } finally {
      watch.close();
    }
  }

  /** Notes that an event came. */
  private record Telling(CountDownLatch told) implements Watcher<Event> {

    @Override
    public void eventReceived(Action action, Event event) {
      told.countDown();
    }

    @Override
    public void onClose(WatcherException cause) {
      throw new IllegalStateException("the watch broke", cause);
    }
  }
}
