package io.generalbots.operator.external.spread;

import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kube.Resources;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/** Writes places of Tenants down; those that are the same are not written again. */
public final class TellTenantsDriver implements StepDriver<TellTenants> {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String DATABASE = "botserver";
  private static final String DEFINED = Resources.text("spread/tenants.sql");

  private static final String GONE =
      "DELETE FROM sharding.tenant WHERE policy = $1 AND tenant <> ALL ($2::text[])";

  private static final String TOLD =
      """
      INSERT INTO sharding.tenant AS t (policy, tenant, shard)
        SELECT $1, told.tenant, told.shard FROM unnest($2::text[], $3::text[]) AS told (tenant, shard)
      ON CONFLICT (policy, tenant) DO UPDATE SET shard = excluded.shard
        WHERE t.shard <> excluded.shard
      """;

  private final Shards shards;

  public TellTenantsDriver(Shards shards) {
    this.shards = shards;
  }

  @Override
  public Class<TellTenants> type() {
    return TellTenants.class;
  }

  @Override
  public void perform(TellTenants step, String namespace) {
    var own = new Shard(0, step.cluster(), DATABASE);
    try (var session = shards.doors(namespace, LIMIT).open(own)) {
      tell(session, step);
    }
  }

  static void tell(Session session, TellTenants step) {
    var tenants = step.shards().keySet().toArray(String[]::new);
    var places = step.shards().values().toArray(String[]::new);
    session.transaction(
        "BEGIN",
        () -> {
          session.run(DEFINED);
          session.change(GONE, Tuple.of(step.policy(), (Object) tenants));
          session.change(TOLD, Tuple.of(step.policy(), (Object) tenants, (Object) places));
        });
  }
}
