package io.generalbots.edge.table;

import static io.generalbots.edge.Published.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.edge.Patience;
import io.generalbots.edge.Published;
import io.generalbots.sharding.hash.KeyType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables go on to serve, whatever becomes of the API server. */
class PublishedConfigMapsTest {

  private static final String TENANT = json(Published.byTenant());
  private static final String FOUR = json(Published.byHash(KeyType.UUID, "v1 ConsistentHash 4"));
  private static final String FIVE = json(Published.byHash(KeyType.UUID, "v1 ConsistentHash 5"));

  private final ApiServer apiServer = new ApiServer();
  private final KubernetesClient client = apiServer.client();
  private final Board board = new Board();
  private final Supply supply =
      new Supply(
          board, new PublishedConfigMaps(client, "bots"), Optional.empty(), InstantSource.system());

  @AfterEach
  void close() {
    supply.close();
    client.close();
    apiServer.close();
  }

  @Test
  void anEmptyNamespaceIsReadToo() {
    supply.start();
    Patience.until(board::isFilled);
    assertThat(board.tables().policies()).isEmpty();
  }

  /** The rest of a list that is half read would look removed. */
  @Test
  void aListIsToldAsAWholeOrNotAtAll() {
    for (var number = 0; number < 60; number++) {
      apiServer.publish("policy-" + number + "-routing", TENANT);
    }
    var sizes = new CopyOnWriteArrayList<Integer>();
    try (var source = new PublishedConfigMaps(client, "bots")) {
      source.start(documents -> sizes.add(documents.size()));
      Patience.until(() -> apiServer.watchers() == 1 && !sizes.isEmpty());
      assertThat(sizes).containsOnly(60);
    }
  }

  @Test
  void changesAreServedAsTheyCome() {
    apiServer.publish("by-tenant-routing", TENANT);
    supply.start();
    Patience.until(() -> board.tables().policies().containsKey("by-tenant"));
    watched();
    apiServer.publish("by-user-routing", FOUR);
    Patience.until(() -> FOUR.equals(board.documents().get("by-user-routing")));
    apiServer.publish("by-user-routing", FIVE);
    Patience.until(() -> FIVE.equals(board.documents().get("by-user-routing")));
    apiServer.remove("by-user-routing");
    Patience.until(() -> !board.tables().policies().containsKey("by-user"));
    assertThat(board.tables().policies()).containsOnlyKeys("by-tenant");
    assertThat(supply.age()).hasValue(Duration.ZERO);
  }

  @Test
  void aWatchThatEndsIsBegunAgain() {
    apiServer.publish("by-user-routing", FOUR);
    supply.start();
    watched();
    for (var round = 0; round < 3; round++) {
      apiServer.endWatches();
      watched();
    }
    apiServer.publish("by-user-routing", FIVE);
    Patience.until(() -> FIVE.equals(board.documents().get("by-user-routing")));
  }

  /** What happened between the two lists is in the second. */
  @Test
  void aWatchThatIsTooOldIsListedAnew() {
    apiServer.publish("by-user-routing", FOUR);
    supply.start();
    watched();
    var lists = apiServer.lists();
    apiServer.publishUnseen("by-user-routing", FIVE);
    apiServer.expire();
    Patience.until(() -> FIVE.equals(board.documents().get("by-user-routing")));
    assertThat(apiServer.lists()).isGreaterThan(lists);
  }

  @Test
  void whileTheApiServerIsAwayTheLastTablesServe() {
    apiServer.publish("by-user-routing", FOUR);
    supply.start();
    watched();
    apiServer.stop();
    Patience.until(() -> supply.age().filter(age -> age.toMillis() > 300).isPresent());
    assertThat(board.tables().policies()).containsOnlyKeys("by-user");
    apiServer.publishUnseen("by-user-routing", FIVE);
    apiServer.startAgain();
    Patience.until(() -> FIVE.equals(board.documents().get("by-user-routing")));
    Patience.until(() -> supply.age().filter(Duration.ZERO::equals).isPresent());
  }

  @Test
  void aStartWhileTheApiServerIsAwayWaitsForIt() {
    apiServer.stop();
    supply.start();
    assertThat(board.isFilled()).isFalse();
    assertThat(supply.age()).isEmpty();
    apiServer.publishUnseen("by-user-routing", FOUR);
    apiServer.startAgain();
    Patience.until(() -> board.tables().policies().containsKey("by-user"));
  }

  private void watched() {
    Patience.until(() -> board.isFilled() && apiServer.watchers() == 1);
  }
}
