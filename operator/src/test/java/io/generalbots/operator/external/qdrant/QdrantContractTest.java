package io.generalbots.operator.external.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What we ask and understand is what three real nodes of Qdrant 1.18.3 were asked and answered. */
class QdrantContractTest {

  private static final long FIRST = 5585219504777807L;
  private static final long SECOND = 1254927663697979L;
  private static final long THIRD = 699242304754725L;

  private static final Vertx VERTX = Vertx.vertx();

  private Recording recording;
  private Server server;

  @BeforeEach
  void replay() throws IOException {
    recording = new Recording();
    server = new Server(VERTX.createHttpClient(), "127.0.0.1", recording.port(), Optional.empty());
  }

  @AfterEach
  void end() {
    recording.close();
  }

  @AfterAll
  static void close() {
    VERTX.close();
  }

  @Test
  void membersAreUnderstood() {
    var cluster = server.read("/cluster");
    assertThat(Reading.self(cluster)).isEqualTo(FIRST);
    assertThat(Reading.members(cluster, QdrantContractTest::ordinal))
        .containsExactly(new Peer(FIRST, 0), new Peer(SECOND, 1), new Peer(THIRD, 2));
  }

  @Test
  void copiesAndTransfersAreUnderstood() {
    assertThat(Reading.moving(server.read("/collections/kb/cluster"))).isEmpty();
    var during = server.read("/collections/kb/cluster");
    assertThat(Reading.moving(during)).containsExactly(2);
    assertThat(Reading.replicas(during))
        .contains(new Replica(2, THIRD, "Active"), new Replica(2, SECOND, "Partial"))
        .filteredOn(r -> !r.isActive())
        .hasSize(1);
  }

  @Test
  void aShardIsMoved() {
    server.ask(new Action.Move("kb", 2, THIRD, SECOND));
  }

  @Test
  void aPeerWithShardsIsNotLetGoAndOneWithoutIs() {
    var remove = new Action.Remove(THIRD);
    assertThatThrownBy(() -> server.ask(remove))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Cannot remove peer %d as there are shards on it", THIRD);
    server.ask(remove);
  }

  @Test
  void moreCopiesAreAskedForAndThenMade() {
    server.ask(new Action.Raise("kb", 2));
    assertThatThrownBy(() -> server.ask(new Action.Replicate("kb", 0, SECOND, FIRST)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Shard 0 is not active on peer %d", SECOND);
  }

  @Test
  void aFieldIsIndexed() {
    server.ask(new Action.Index("kb", "content"));
  }

  @Test
  void whatWasNeverRecordedIsNoContract() {
    assertThatThrownBy(() -> server.ask(new Action.Drop("kb", 0, FIRST)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("never asked");
  }

  @Test
  void aPeerThatIsToGoGivesItsShardsAwayOneAtATime() {
    var three = sight("three peers", Map.of(0, FIRST, 1, SECOND), "shard placement");
    assertThat(verdict(three, 2).actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Move.class,
            move -> {
              assertThat(move.from()).isEqualTo(THIRD);
              assertThat(move.shard()).isEqualTo(2);
            });
    var during = sight("three peers", Map.of(0, FIRST, 1, SECOND), "transfer under way");
    assertThat(verdict(during, 2).actions()).isEmpty();
    assertThat(verdict(during, 2).waiting()).containsExactly("shard [2] of kb is moving");
  }

  @Test
  void whoIsEmptyIsTakenOutAndThenNothingIsLeftToDo() {
    var empty = sight("three peers", Map.of(0, FIRST, 1, SECOND), "after replicate");
    assertThat(verdict(empty, 2).actions()).containsExactly(new Action.Remove(THIRD));
    var gone = sight("after removal", Map.of(0, FIRST, 1, SECOND), "after replicate");
    assertThat(verdict(gone, 2).isDone()).isTrue();
  }

  /** The survivor of two says it is ready, and that there are two. */
  @Test
  void aLostPeerIsMissedAlthoughTheOtherLooksHealthy() {
    assertThat(Recording.result("cluster of the survivor (1 of 2: no consensus majority)"))
        .isNotNull();
    var alone =
        sight(
            "cluster of the survivor (1 of 2: no consensus majority)",
            Map.of(0, FIRST),
            "replica killed: placement");
    assertThat(verdict(alone, 2).actions()).isEmpty();
    assertThat(verdict(alone, 2).waiting()).containsExactly("not in the cluster yet: peer 1");
  }

  /**
   * The names and settings of collections were not recorded: they are as the recorder made them.
   */
  private static Sight sight(String cluster, Map<Integer, Long> answering, String placement) {
    var placed = Recording.result(placement);
    var collection =
        new Collection(
            "kb", 1, Set.of("content"), Reading.replicas(placed), Reading.moving(placed));
    var members = Reading.members(Recording.result(cluster), QdrantContractTest::ordinal);
    return new Sight(answering, List.of(members), List.of(collection));
  }

  private static Verdict verdict(Sight sight, int count) {
    return new Care(sight, Wishes.of(count, 1)).verdict();
  }

  /** The recorded nodes had one address and three ports. */
  private static int ordinal(String uri) {
    return Integer.parseInt(uri.replaceAll(".*1635(\\d)/$", "$1"));
  }
}
