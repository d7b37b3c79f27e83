package io.generalbots.sharding.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.generalbots.sharding.hash.HashFunction;
import io.generalbots.sharding.hash.KeyType;
import io.generalbots.sharding.hash.RoutingTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a document of a policy may say. */
class PublicationTest {

  private static final Scope SCOPE =
      new Scope("bots", "by-user", "prod", List.of("bots.example.com"));

  @Test
  void whatIsPublishedIsReadAgain() {
    for (var rules : List.of(byHash("v1 ConsistentHash 4->5 @17+2", 5), byTenant(), byPlace())) {
      var published = Publication.of(SCOPE, rules);
      assertThat(published.rules()).isEqualTo(rules);
      assertThat(published.scope()).isEqualTo(SCOPE);
      assertThat(published.strategy()).isEqualTo(rules.strategy());
    }
  }

  /** Jackson fills a record by these names; another one would be a change of the contract. */
  @Test
  void itsFieldsAreThoseOfTheContract() {
    assertThat(components(Publication.class))
        .containsExactly(
            "version namespace policy cluster strategy hosts key keyType line shards tenants regions defaultRegion detection"
                .split(" "));
    assertThat(components(PublishedShard.class))
        .containsExactly("name", "endpoint", "database", "ready");
    assertThat(components(PublishedTenant.class)).containsExactly("name", "hosts", "shard");
    assertThat(components(PublishedRegion.class))
        .containsExactly("name", "upstream", "countries", "continents", "ready", "readySince");
    assertThat(Publication.configMap("by-user")).isEqualTo("by-user-routing");
  }

  @Test
  void whatDoesNotBelongToTheStrategyIsAbsent() {
    var published = Publication.of(SCOPE, byTenant());
    assertThat(published.key()).isNull();
    assertThat(published.line()).isNull();
    assertThat(published.regions()).isEmpty();
    assertThat(published.defaultRegion()).isNull();
  }

  @Test
  void anotherVersionIsRefusedWithAMessage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> published(2, "Tenant", List.of()))
        .withMessage("only version 1 is known here, not 2");
  }

  @Test
  void anUnknownStrategyIsRefusedAndShownOnOneLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> published(1, "Time", List.of()).rules())
        .withMessage("strategy is Hash, Tenant or Geo, not Time");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> published(1, "Time\r\nX: y" + "z".repeat(100), List.of()))
        .withMessageStartingWith("strategy is not as it should be: Time??X: yzz")
        .withMessageEndingWith("z…");
  }

  @Test
  void anEntryThatIsNullIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rules.ByTenant(Collections.singletonList(null), List.of()));
  }

  @Test
  void aStrategyWithoutItsFieldsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> published(1, "Hash", shards(4)).rules())
        .withMessage("strategy Hash needs key, keyType and line");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> published(1, "Geo", List.of()).rules())
        .withMessage("strategy Geo needs defaultRegion and detection");
  }

  @Test
  void everyShardOfTheLineIsThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> byHash("v1 ConsistentHash 4->5 @17+2", 4))
        .withMessage("the line needs 5 shards, and there are 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> byHash("v1 ConsistentHash 5->4 @0", 4))
        .withMessage("the line needs 5 shards, and there are 4");
    assertThat(byHash("v1 Modulo 4", 5).shards()).hasSize(5);
  }

  @Test
  void everyTenantHasAShardAndEveryHostOneTenant() {
    var acme = new PublishedTenant("acme", List.of("acme.example.com"), "by-user-0");
    var lost = new PublishedTenant("lost", List.of(), "by-user-9");
    var copy = new PublishedTenant("copy", List.of("acme.example.com"), "by-user-0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rules.ByTenant(shards(1), List.of(lost)))
        .withMessage("tenant lost is on shard by-user-9, which is not there");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rules.ByTenant(shards(1), List.of(acme, copy)))
        .withMessage("a host is there twice: acme.example.com");
  }

  @Test
  void theDefaultRegionIsOneOfThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rules.ByPlace(List.of(region(null)), "eu-west", Detection.IP))
        .withMessage("the default region is none of the regions: eu-west");
  }

  @Test
  void aRegionThatWasNeverSeenDownIsUpSinceEver() {
    assertThat(region(null).upSince()).hasValue(Instant.MIN);
    assertThat(region("2026-11-28T00:00:00Z").upSince())
        .hasValue(Instant.parse("2026-11-28T00:00:00Z"));
    var down = new PublishedRegion("a", "http://a", List.of(), List.of(), false, null);
    assertThat(down.upSince()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> region("yesterday"));
  }

  /** All of these are told in headers. */
  @Test
  void noTextCanBreakALine() {
    for (var bad : List.of("a\r\nX-Evil: 1", "a\nb", "", "a b", "ä:1", "a:0", "a:123456")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PublishedShard("a", bad, "botserver", true));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PublishedShard(bad, "a:1", "b", true));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new PublishedRegion("a", "http://" + bad, List.of(), List.of(), true, null));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Scope("bots", "by-user", "prod", List.of(bad)));
    }
    assertThat(new PublishedShard("a", "[fd00::1]:5432", "b", true).ready()).isTrue();
  }

  private static Rules.ByHash byHash(String line, int shards) {
    return new Rules.ByHash("user_id", KeyType.UUID, RoutingTable.parse(line), shards(shards));
  }

  private static Rules byTenant() {
    var acme = new PublishedTenant("acme", List.of("acme.example.com"), "by-user-1");
    return new Rules.ByTenant(shards(2), List.of(acme));
  }

  private static Rules byPlace() {
    return new Rules.ByPlace(List.of(region("2026-11-28T00:00:00Z")), "us-east", Detection.HEADER);
  }

  private static PublishedRegion region(@Nullable String readySince) {
    return new PublishedRegion(
        "us-east",
        "http://prod-gateway.bots.svc:8080",
        List.of("US"),
        List.of("NA"),
        true,
        readySince);
  }

  private static List<PublishedShard> shards(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            n -> new PublishedShard("by-user-" + n, "prod-pooler.bots.svc:6432", "botserver", true))
        .toList();
  }

  private static Publication published(int version, String strategy, List<PublishedShard> shards) {
    var geo = Publication.of(SCOPE, byPlace());
    return new Publication(
        version,
        geo.namespace(),
        geo.policy(),
        geo.cluster(),
        strategy,
        geo.hosts(),
        null,
        null,
        "v1 Modulo " + HashFunction.MAX_COUNT,
        shards,
        List.of(),
        geo.regions(),
        null,
        null);
  }

  private static List<String> components(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(c -> c.getName()).toList();
  }
}
