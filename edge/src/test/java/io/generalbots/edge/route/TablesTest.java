package io.generalbots.edge.route;

import static io.generalbots.edge.Published.byHash;
import static io.generalbots.edge.Published.byTenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.edge.Published;
import io.generalbots.sharding.hash.KeyType;
import io.generalbots.sharding.published.Detection;
import io.generalbots.sharding.published.Publication;
import io.generalbots.sharding.published.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which policy a request is for, and what a tenant's host leads to. */
class TablesTest {

  private static final Publication HASH = byHash(KeyType.TEXT, "v1 Modulo 4");
  private static final Publication PLACE =
      Published.byPlace(Detection.IP, Published.region("us-east", "US NA", true));

  @Test
  void aHostHasItsPolicy() {
    assertThat(Asking.of(Asking.key("a"), HASH, byTenant(), PLACE).policy()).hasValue("by-user");
    assertThat(Asking.of(Asking.host("world.example.com"), HASH, byTenant(), PLACE).policy())
        .hasValue("by-place");
  }

  @Test
  void aHostIsTheSameInAnyCaseWithPortAndDot() {
    for (var host : List.of("ACME.example.com", "acme.example.com:8443", "acme.example.com.")) {
      var decision = Asking.of(Asking.host(host), byTenant());
      assertThat(decision.target().map(Target::name)).hasValue("by-tenant-0");
    }
  }

  @Test
  void aTenantsHostLeadsToItsShard() {
    var decision = Asking.of(Asking.host("acme.example.com"), byTenant());
    assertThat(decision.outcome()).isEqualTo(Outcome.ROUTED);
    assertThat(decision.target())
        .hasValue(new Target.Shard("by-tenant-0", "prod-pooler.bots.svc:6432", "botserver"));
    assertThat(decision.reason()).isEqualTo("tenant acme is on shard by-tenant-0");
  }

  @Test
  void onlyTenantsOfAShardThatIsDownFail() {
    var decision = Asking.of(Asking.host("late.example.com"), byTenant());
    assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(decision.reason()).startsWith("shard by-tenant-1 is not ready");
  }

  @Test
  void aHostOfNobodyIsUnknown() {
    for (var host :
        List.of(
            "other.example.com", "", "a b", "acme.example.com/x", "[::1]", "acme.example.com:x")) {
      var decision = Asking.of(Asking.host(host), HASH, byTenant(), PLACE);
      assertThat(decision.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(decision.policy()).isEmpty();
    }
    var none = Asking.of(Asking.host("tenants.example.com"), byTenant());
    assertThat(none.reason()).isEqualTo("the host belongs to no tenant");
  }

  @Test
  void aPolicyThatIsNamedDecidesWhateverTheHost() {
    var facts = Asking.named("by-place", Asking.key("a"));
    assertThat(Asking.of(facts, HASH, PLACE).policy()).hasValue("by-place");
    assertThat(Asking.of(Asking.named("nobody", Asking.key("a")), HASH).reason())
        .isEqualTo("there is no policy of this name");
  }

  @Test
  void ofTwoPoliciesOfAHostOneHasToBeNamed() {
    var scope = new Scope("bots", "second", "prod", List.of("users.example.com"));
    var second = Publication.of(scope, HASH.rules());
    var decision = Asking.of(Asking.key("a"), HASH, second);
    assertThat(decision.outcome()).isEqualTo(Outcome.BAD_REQUEST);
    assertThat(decision.reason())
        .isEqualTo("2 policies are for this host: ask for one with ?policy=");
    assertThat(Asking.of(Asking.named("second", Asking.key("a")), HASH, second).outcome())
        .isEqualTo(Outcome.ROUTED);
  }

  @Test
  void withoutTablesNothingIsKnown() {
    assertThat(Asking.of(Asking.host("users.example.com")).outcome()).isEqualTo(Outcome.UNKNOWN);
  }
}
