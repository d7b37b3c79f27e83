package io.generalbots.operator.tenant.place;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.residents.Shelter;
import java.util.Optional;

/**
 * On whose server the database of a Tenant is, and is to be: that of its BotCluster, or of a shard
 * that a ShardPolicy chose. All else that it has is with its BotCluster.
 *
 * @param own the name of its BotCluster
 * @param server the BotCluster whose server has it, or gets it as it is new
 * @param chosen what a policy says; empty where none does
 * @param relocation how it moves, if it does
 */
public record Lodging(
    String own, String server, Optional<Shelter> chosen, Optional<Relocation> relocation) {

  /** That of a Tenant on this BotCluster. */
  static Lodging of(String own, Tenant tenant, Neighbourhood near, Facts home) {
    var relocation = Relocation.of(tenant, home);
    var chosen =
        near.shelter(tenant)
            .filter(s -> !s.shard().isEmpty())
            .filter(s -> Admission.isolation(tenant) == Isolation.DATABASE);
    var server =
        relocation
            .filter(r -> r.moved().isPresent())
            .map(Relocation::to)
            .or(() -> told(own, tenant, near))
            .or(() -> chosen.map(Shelter::shard))
            .orElse(own);
    return new Lodging(own, server, chosen, relocation);
  }

  /** Where it is of one that is there, or of one before it that left its data. */
  private static Optional<String> told(String own, Tenant tenant, Neighbourhood near) {
    return near.told(tenant)
        .or(() -> near.remains(tenant).map(Remains::registration))
        .map(Registration::server)
        .map(server -> server.isEmpty() ? own : server);
  }

  /** Whether it is on the server of its BotCluster. */
  public boolean isHome() {
    return server.equals(own);
  }

  /** Whether that runs, as far as somebody tells who looks at it. */
  public boolean isServed() {
    return chosen.filter(c -> c.shard().equals(server)).map(Shelter::ready).orElse(true);
  }

  /** Where it is to be instead; empty if it stays. */
  public Optional<String> wanted() {
    return chosen.map(Shelter::shard).filter(shard -> !shard.equals(server));
  }

  /** The one it is carried to now; empty before it is, and once it was handed over. */
  public Optional<String> next() {
    return relocation.filter(r -> r.moved().isEmpty()).map(Relocation::to);
  }

  /** As registrations say it: nothing for the own. */
  public String registered() {
    return isHome() ? "" : server;
  }
}
