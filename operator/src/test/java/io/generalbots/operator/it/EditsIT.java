package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.generalbots.api.v1alpha1.BotCluster;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No edit of a spec is lost. JOSDK 5.3 loses those that land while it patches the status
 * (operator-framework/java-operator-sdk#3398), unless its informer compares no resource versions.
 */
@Timeout(600)
class EditsIT {

  private static final int EDITS = 300;
  private static final int LONGEST_MILLIS = 12;
  private static final int FIRST = 1000;

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Subject SUBJECT = new Subject(CLIENT, "e2e-kernel-edits");

  @BeforeAll
  static void asleep() {
    SUBJECT.begin(Subject.ASLEEP);
    SUBJECT.awaitReady(60);
  }

  @AfterAll
  static void remove() {
    SUBJECT.end();
  }

  /**
   * Half of the edits follow 0 to 12 ms after another one, while its round writes the status; the
   * others follow as long after the status was written. No later edit helps a lost one.
   */
  @Test
  void threeHundredEditsAimedAtTheStatusPatchAreAllActedUpon() throws InterruptedException {
    var seen = new Observed();
    Watch watch = SUBJECT.resource().watch(seen);
    try {
      for (var i = 0; i < EDITS; i++) {
        var first = edit(2 * i);
        if (i % 2 == 0) {
          seen.await(first);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(i % (LONGEST_MILLIS + 1)));
        seen.await(edit(2 * i + 1));
      }
    } finally {
      watch.close();
    }
    var now = SUBJECT.resource().require();
    assertThat(now.getStatus().observedGeneration()).isEqualTo(now.getMetadata().getGeneration());
    assertThat(SUBJECT.the(ConfigMap.class, "demo-pooler").require().getData().get("pgbouncer.ini"))
        .contains("max_client_conn = " + (FIRST + 2 * EDITS - 1));
  }

  private static long edit(int number) {
    return SUBJECT.patch(
        "{\"postgres\":{\"pooler\":{\"maxClientConnections\":%d}}}".formatted(FIRST + number));
  }

  /** The newest generation that the operator says it acted upon. */
  private static final class Observed implements Watcher<BotCluster> {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(15);

    private long generation;

    @Override
    public synchronized void eventReceived(Action action, BotCluster cluster) {
      var status = cluster.getStatus();
      if (status != null && status.observedGeneration() != null) {
        generation = Math.max(generation, status.observedGeneration());
        notifyAll();
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      throw new IllegalStateException("the watch broke", cause);
    }

    synchronized void await(long wanted) throws InterruptedException {
      var until = System.nanoTime() + PATIENCE;
      while (generation < wanted) {
        var left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        assertThat(left).as("the edit of generation %d was lost", wanted).isPositive();
        wait(left);
      }
    }
  }
}
