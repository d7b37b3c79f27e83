package io.generalbots.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.operator.kernel.Objects;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a BotCluster starts from, it ends where its spec says, and nothing changes then. */
class ConvergenceTest {

  private static final String THREE = "{postgres: {instances: 3}, valkey: {replicas: 3}}";
  private static final Life RUNNING = Life.of(THREE).settle();
  private static final String LIKENESS = RUNNING.likeness();

  /** What a user may do to a cluster that runs. */
  enum Change {
    SLEEP("{hibernate: true}"),
    GROW("{postgres: {instances: 5}, valkey: {replicas: 5}}"),
    SHRINK("{postgres: {instances: 1}, valkey: {replicas: 1}}"),
    LESS("{postgres: {instances: 2}, valkey: {replicas: 2}}"),
    IMAGES("{images: {postgres: 'postgres:2', pooler: 'pooler:2', valkey: 'valkey:2'}}"),
    VOLUMES("{postgres: {storage: {size: 90Gi}}, valkey: {persistence: {size: 90Gi}}}"),
    SETTINGS("{postgres: {parameters: {work_mem: 8MB}}, valkey: {memory: 1Gi}}"),
    TLS("{valkey: {tls: {mode: Required}}}"),
    LIVEKIT("{livekit: {enabled: true}}"),
    WORKERS(
        "{media: {gstreamer: {enabled: true, replicas: 2, pipeline: 'videotestsrc ! fakesink'}}}"),
    NO_POOLER("{postgres: {pooler: {enabled: false}}}"),
    NO_VALKEY("{valkey: {external: {address: 'valkey:6379'}}}"),
    VOLATILE("{valkey: {persistence: {mode: Disabled}}}"),
    GATEWAY("{gateway: {enabled: true}}");

    private final String patch;

    Change(String patch) {
      this.patch = patch;
    }

    Life on(Life life) {
      return life.wish(patch);
    }
  }

  @Test
  void fromNothing() {
    assertThat(RUNNING.names(Pod.class)).hasSize(3 + 3 + 3);
    assertThat(RUNNING.names(PersistentVolumeClaim.class)).hasSize(3 + 3);
  }

  @ParameterizedTest
  @EnumSource
  void everyChangeSettles(Change change) {
    change.on(RUNNING.copy()).settle();
  }

  /** Those that need more than one step. */
  @ParameterizedTest
  @EnumSource(names = {"SLEEP", "IMAGES", "VOLUMES", "LIVEKIT"})
  void aChangeSettlesTheSameWhereverTheOperatorEnds(Change change) {
    endsTheSame(() -> change.on(RUNNING.copy()));
  }

  @Test
  void aNewClusterSettlesTheSameWhereverTheOperatorEnds() {
    assertThat(endsTheSame(() -> Life.of(THREE)).likeness()).isEqualTo(LIKENESS);
  }

  @Test
  void aWokenClusterIsWhatItWas() {
    var life = RUNNING.copy().wish("{hibernate: true}").settle();
    assertThat(life.names(Pod.class)).isEmpty();
    life.wish("{hibernate: false}").settle();
    assertThat(life.likeness()).isEqualTo(LIKENESS);
  }

  @Test
  void aComponentThatWasSwitchedOffComesBackToItsData() {
    var life = Change.NO_POOLER.on(Change.NO_VALKEY.on(RUNNING.copy())).settle();
    assertThat(life.names(StatefulSet.class)).containsExactly("demo-postgres");
    assertThat(life.names(Deployment.class)).isEmpty();
    life.wish("{postgres: {pooler: null}, valkey: {external: null}}").settle();
    assertThat(uids(life)).isEqualTo(uids(RUNNING));
  }

  @Test
  void fromOneToThreeToTwo() {
    var life = Life.of("{postgres: {instances: 1}, valkey: {replicas: 1}}").settle();
    var one = uids(life);
    life.wish(THREE).settle();
    assertThat(uids(life)).containsAllEntriesOf(one).hasSize(6);
    var three = uids(life);
    Change.LESS.on(life).settle();
    assertThat(uids(life)).isEqualTo(three);
    assertThat(life.names(Pod.class))
        .contains("demo-postgres-1", "demo-valkey-1")
        .doesNotContain("demo-postgres-2", "demo-valkey-2");
  }

  @Test
  void anImageThatCannotBePulledIsForgottenWhenItIsReverted() {
    var life =
        RUNNING.copy().wish("{images: {postgres: 'bad:1', pooler: 'bad:1', valkey: 'bad:1'}}");
    for (var i = 0; i < 8; i++) {
      life.step();
    }
    assertThat(life.all(Pod.class)).filteredOn(Workloads::isReady).hasSizeGreaterThanOrEqualTo(4);
    life.wish("{images: null}").settle();
    assertThat(life.likeness()).isEqualTo(LIKENESS);
  }

  @Test
  void lostPodsComeBack() {
    var life = RUNNING.copy().lose(Pod.class::isInstance).settle();
    assertThat(life.likeness()).isEqualTo(LIKENESS);
    assertThat(uids(life)).isEqualTo(uids(RUNNING));
  }

  /** Passwords included: a password that is gone is made anew, while a key is as good as data. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverWasLostComesBack(long seed) {
    var random = new Random(seed);
    var life = RUNNING.copy().lose(o -> isMadeAnew(o) && random.nextInt(3) == 0);
    assertThat(life.settle().likeness()).isEqualTo(LIKENESS);
  }

  private static boolean isMadeAnew(HasMetadata object) {
    return !(object instanceof PersistentVolumeClaim)
        && !"demo-encryption".equals(object.getMetadata().getName());
  }

  private interface Start {
    Life begin();
  }

  private static Life endsTheSame(Start start) {
    var whole = start.begin();
    var before = whole.writes();
    whole.settle();
    var writes = whole.writes() - before;
    var expected = whole.likeness();
    IntStream.rangeClosed(1, writes)
        .parallel()
        .forEach(
            cut ->
                assertThat(start.begin().cutAfter(cut).settle().likeness())
                    .as("after an end after %d of %d writes", cut, writes)
                    .isEqualTo(expected));
    return whole;
  }

  private static Map<String, String> uids(Life life) {
    var uids = new TreeMap<String, String>();
    life.all(PersistentVolumeClaim.class)
        .forEach(c -> uids.put(Objects.ref(c), c.getMetadata().getUid()));
    return uids;
  }
}
