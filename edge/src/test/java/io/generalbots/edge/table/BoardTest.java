package io.generalbots.edge.table;

import static io.generalbots.edge.Published.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.generalbots.edge.Published;
import io.generalbots.sharding.hash.KeyType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that come, change, are refused and go. */
class BoardTest {

  private static final String HASH = json(Published.byHash(KeyType.UUID, "v1 ConsistentHash 4"));
  private static final String TENANT = json(Published.byTenant());

  private final Board board = new Board();

  @Test
  void allPoliciesAreServed() {
    assertThat(board.isFilled()).isFalse();
    board.accept(Map.of("by-user-routing", HASH, "by-tenant-routing", TENANT));
    assertThat(board.isFilled()).isTrue();
    assertThat(board.tables().policies()).containsOnlyKeys("by-user", "by-tenant");
    assertThat(board.tables().hosts()).containsKeys("users.example.com", "acme.example.com");
  }

  @Test
  void aPolicyThatIsGoneIsNotServed() {
    board.accept(Map.of("by-user-routing", HASH, "by-tenant-routing", TENANT));
    board.accept(Map.of("by-user-routing", HASH));
    assertThat(board.tables().policies()).containsOnlyKeys("by-user");
    board.accept(Map.of());
    assertThat(board.tables().policies()).isEmpty();
    assertThat(board.isFilled()).isTrue();
  }

  @Test
  void whatIsRefusedLeavesWhatWasThere() {
    board.accept(Map.of("by-user-routing", HASH));
    var before = board.tables().policies().get("by-user");
    board.accept(Map.of("by-user-routing", HASH.replace("\"version\":1", "\"version\":2")));
    assertThat(board.tables().policies()).containsEntry("by-user", before);
    assertThat(board.refused()).containsExactly("by-user-routing");
    assertThat(board.documents()).containsEntry("by-user-routing", HASH);
    board.accept(Map.of("by-user-routing", HASH));
    assertThat(board.refused()).isEmpty();
  }

  @Test
  void whatIsRefusedAtFirstIsNotServedAndKeepsNoOtherFromIt() {
    board.accept(Map.of("by-user-routing", "{", "by-tenant-routing", TENANT));
    assertThat(board.tables().policies()).containsOnlyKeys("by-tenant");
    assertThat(board.refused()).containsExactly("by-user-routing");
  }

  @Test
  void whatHasNotChangedIsNotReadAgain() {
    board.accept(Map.of("by-user-routing", HASH));
    var before = board.tables().policies().get("by-user");
    board.accept(Map.of("by-user-routing", HASH, "by-tenant-routing", TENANT));
    assertThat(board.tables().policies().get("by-user")).isSameAs(before);
  }

  /** Exactly as the operator is to write it. */
  @Test
  void theDocumentsOfTheContractAreRead() {
    var hash =
        """
        {"version":1,"namespace":"bots","policy":"by-user","cluster":"prod","strategy":"Hash","hosts":["bots.example.com"],
         "key":"user_id","keyType":"UUID","line":"v1 ConsistentHash 1","later":{"a":[1]},
         "shards":[{"name":"by-user-0","endpoint":"prod-pooler.bots.svc:6432","database":"botserver","ready":true,"later":1}]}
        """;
    var tenant =
        """
        {"version":1,"namespace":"bots","policy":"by-tenant","cluster":"prod","strategy":"Tenant",
         "shards":[{"name":"by-tenant-1","endpoint":"prod-pooler.bots.svc:6432","database":"botserver","ready":true}],
         "tenants":[{"name":"acme","hosts":["acme.example.com"],"shard":"by-tenant-1"},{"name":"new","shard":"by-tenant-1"}]}
        """;
    var geo =
        """
        {"version":1,"namespace":"bots","policy":"by-place","cluster":"prod","strategy":"Geo","hosts":["world.example.com"],
         "regions":[{"name":"us-east","upstream":"http://prod-gateway.bots.svc:8080","countries":["US"],"continents":["NA"],"ready":true,"readySince":"2026-11-28T00:00:00Z"}],
         "defaultRegion":"us-east","detection":"Ip"}
        """;
    board.accept(
        Map.of("by-user-routing", hash, "by-tenant-routing", tenant, "by-place-routing", geo));
    assertThat(board.refused()).isEmpty();
    assertThat(board.tables().hosts())
        .containsOnlyKeys("bots.example.com", "acme.example.com", "world.example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | only version 1 is known here, not 0",
        "{} | only version 1 is known here, not 0",
        "{\"version\":2} | only version 1 is known here, not 2",
        "{\"version\":1} | it is no JSON of a policy: strategy is missing",
        "{\"version\":1,\"namespace\":\"a\",\"policy\":\"b\",\"cluster\":\"c\",\"strategy\":\"Hash\"} | it is of policy b",
      })
  void whatIsNoDocumentIsRefusedWithTheReason(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Documents.read("by-user-routing", text))
        .withMessage(reason);
  }

  @Test
  void aConfigMapSpeaksForItsOwnPolicyAlone() {
    board.accept(Map.of("by-user-routing", HASH));
    var other = json(Published.byHash(KeyType.UUID, "v1 ConsistentHash 1"));
    board.accept(Map.of("by-user-routing", HASH, "evil-routing", other));
    assertThat(board.refused()).containsExactly("evil-routing");
    assertThat(board.documents()).containsExactly(Map.entry("by-user-routing", HASH));
  }
}
