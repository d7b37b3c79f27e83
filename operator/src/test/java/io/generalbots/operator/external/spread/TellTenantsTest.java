package io.generalbots.operator.external.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Places of Tenants in a real PostgreSQL. */
@Tag("REQ-SHARD-T")
class TellTenantsTest {

  @Test
  void whoIsWhereIsToldAndWhatIsTheSameIsNotWrittenAgain()
      throws IOException, InterruptedException {
    var programs = TemporaryServer.installed();
    assumeTrue(programs.isPresent(), "no PostgreSQL is installed");
    try (var server = TemporaryServer.start(programs.orElseThrow());
        var session = server.open("postgres")) {
      tell(session, Map.of("acme", "demo", "rival", "by-tenant-1"));
      assertThat(shard(session, "rival")).isEqualTo("by-tenant-1");
      var before = versions(session);
      tell(session, Map.of("acme", "demo", "rival", "by-tenant-1"));
      assertThat(versions(session)).isEqualTo(before);
      tell(session, Map.of("acme", "by-tenant-1"));
      assertThat(shard(session, "acme")).isEqualTo("by-tenant-1");
      assertThat(shard(session, "rival")).isNull();
    }
  }

  private static void tell(Session session, Map<String, String> shards) {
    TellTenantsDriver.tell(session, new TellTenants("demo", "by-tenant", shards));
  }

  private static String shard(Session session, String tenant) {
    return session
        .ask("SELECT sharding.tenant_shard('by-tenant', $1)", Tuple.of(tenant))
        .get(0)
        .getString(0);
  }

  private static List<String> versions(Session session) {
    return session
        .ask("SELECT xmin::text FROM sharding.tenant ORDER BY tenant", Tuple.tuple())
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
