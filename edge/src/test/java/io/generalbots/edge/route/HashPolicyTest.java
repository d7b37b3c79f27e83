package io.generalbots.edge.route;

import static io.generalbots.edge.Published.byHash;
import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.edge.Laws;
import io.generalbots.sharding.hash.KeyType;
import io.generalbots.sharding.hash.RoutingTable;
import io.generalbots.sharding.published.Publication;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which shard a key is on. */
class HashPolicyTest {

  private static final Publication FOUR = byHash(KeyType.UUID, "v1 ConsistentHash 4");
  private static final String SOMEBODY = "bab25632-0d78-48ed-9b44-92da2ff110d2";

  @Test
  void aKeyOfTheHeaderHasTheShardOfTheFunction() {
    Laws.hold(
        2_000,
        random -> {
          var key = new UUID(random.nextLong(), random.nextLong()).toString();
          var number = RoutingTable.parse("v1 ConsistentHash 4").routeOf(key).shard();
          var decision = Asking.of(Asking.key(key), FOUR);
          assertThat(decision.target().orElseThrow().name()).isEqualTo("by-user-" + number);
          assertThat(decision.stage()).isEqualTo("settled");
        });
  }

  @Test
  void itIsTheSameHoweverTheKeyIsSpelt() {
    var upper = SOMEBODY.toUpperCase(Locale.ROOT);
    assertThat(Asking.of(Asking.key(upper), FOUR)).isEqualTo(Asking.of(Asking.key(SOMEBODY), FOUR));
    var numbers = byHash(KeyType.INTEGER, "v1 Modulo 256");
    assertThat(Asking.of(Asking.key("+0042"), numbers))
        .isEqualTo(Asking.of(Asking.key("42"), numbers));
  }

  @Test
  void aKeyOfTheUriCountsWhereThereIsNoHeader() {
    var header = Asking.of(Asking.key(SOMEBODY), FOUR);
    assertThat(Asking.of(Asking.uri("/chat?x=1&user_id=" + SOMEBODY), FOUR)).isEqualTo(header);
    var both =
        Asking.facts(
            "users.example.com",
            new Keys(List.of(SOMEBODY), Query.ofUri("/?user_id=nonsense")),
            Origin.UNKNOWN);
    assertThat(Asking.of(both, FOUR)).isEqualTo(header);
  }

  @Test
  void aMissingKeyIsAskedFor() {
    var decision = Asking.of(Asking.host("users.example.com"), FOUR);
    assertThat(decision.outcome()).isEqualTo(Outcome.BAD_REQUEST);
    assertThat(decision.reason())
        .isEqualTo(
            "the key is missing: send it as header X-Generalbots-Key or as parameter user_id");
    assertThat(decision.policy()).hasValue("by-user");
  }

  @Test
  void aBadKeyIsRefusedAndNotSaidAgain() {
    var decision = Asking.of(Asking.key("<script>\r\nX: y"), FOUR);
    assertThat(decision.outcome()).isEqualTo(Outcome.BAD_REQUEST);
    assertThat(decision.reason()).isEqualTo("the key is no uuid");
    assertThat(Asking.of(Asking.key("1.5"), byHash(KeyType.INTEGER, "v1 Modulo 4")).reason())
        .isEqualTo("the key is no integer");
  }

  @Test
  void twoKeysAreNone() {
    var keys = new Keys(List.of(SOMEBODY, SOMEBODY), Query.NONE);
    var decision = Asking.of(Asking.facts("users.example.com", keys, Origin.UNKNOWN), FOUR);
    assertThat(decision.reason()).isEqualTo("header X-Generalbots-Key is there twice");
    assertThat(Asking.of(Asking.uri("/?user_id=1&user_id=2"), FOUR).reason())
        .isEqualTo("parameter user_id is there twice");
  }

  /** A replacement character would make one key of many, and send rows to the wrong shard. */
  @Test
  void bytesThatAreNoTextAreNoKey() {
    var texts = byHash(KeyType.TEXT, "v1 ConsistentHash 4");
    assertThat(Asking.of(Asking.key("Zo\u00eb"), texts).reason())
        .isEqualTo("header X-Generalbots-Key is no text: it is not written in UTF-8");
    assertThat(Asking.of(Asking.uri("/?user_id=%ff"), texts).outcome())
        .isEqualTo(Outcome.BAD_REQUEST);
    assertThat(Asking.of(Asking.uri("/?user_id=%4"), texts).outcome())
        .isEqualTo(Outcome.BAD_REQUEST);
    assertThat(Asking.of(Asking.key("x".repeat(1025)), texts).reason())
        .isEqualTo("header X-Generalbots-Key is longer than 1024 characters");
  }

  @Test
  void onlyTheKeysOfAShardThatIsDownFail() {
    var whole = byHash(KeyType.INTEGER, "v1 ConsistentHash 4");
    var broken = byHash(KeyType.INTEGER, "v1 ConsistentHash 4", 2);
    for (var key = 0; key < 1_000; key++) {
      var before = Asking.of(Asking.key(String.valueOf(key)), whole);
      var now = Asking.of(Asking.key(String.valueOf(key)), broken);
      if ("by-user-2".equals(before.target().orElseThrow().name())) {
        assertThat(now.outcome()).isEqualTo(Outcome.UNAVAILABLE);
        assertThat(now.reason()).startsWith("shard by-user-2 is not ready");
        assertThat(now.target()).isEqualTo(before.target());
      } else {
        assertThat(now).isEqualTo(before);
      }
    }
  }

  @Test
  void whileTheCountChangesAKeyIsWhereTheFrontierSays() {
    var line = "v1 ConsistentHash 4->5 @128+2";
    var moving = byHash(KeyType.INTEGER, line);
    var stages = new java.util.TreeSet<String>();
    for (var key = 0; key < 5_000; key++) {
      var decision = Asking.of(Asking.key(String.valueOf(key)), moving);
      var route = RoutingTable.parse(line).routeOf(String.valueOf(key));
      assertThat(decision.target().orElseThrow().name()).isEqualTo("by-user-" + route.shard());
      stages.add(decision.stage());
    }
    assertThat(stages).containsExactly("moved", "moving", "settled", "waiting");
  }

  @Test
  void theReasonSaysHowItWasFound() {
    assertThat(
            Asking.of(Asking.key("42"), byHash(KeyType.INTEGER, "v1 ConsistentHash 137")).reason())
        .isEqualTo(
            "hash 73475cb40a568e8d, range 115: by v1 ConsistentHash 137 number 12, by-user-12");
  }
}
