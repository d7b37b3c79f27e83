package io.generalbots.operator.tenant.botserver;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.operator.cluster.botserver.BotServers;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.place.Admission;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bot servers of a Tenant's own, made as those of its BotCluster are. They start when it has a
 * place in every store, and stay when a store goes.
 *
 * @param residence where the Tenant lives
 * @param holdings what it has in the stores
 */
public record OwnServers(Residence residence, List<Holding> holdings) implements Component<Tenant> {

  private static final int KEY_LENGTH = 48;

  public OwnServers {
    holdings = List.copyOf(holdings);
  }

  /** Whether a Tenant is to have any. */
  public static boolean isWanted(Tenant tenant) {
    return isAskedFor(tenant) && refusal(tenant).isEmpty();
  }

  /** Why a Tenant that asks for some has none: what they make is in the schema {@code public}. */
  public static Optional<Objection> refusal(Tenant tenant) {
    return Optional.of(
            new Objection(
                "BotServerNeedsDatabase",
                "bot servers keep what they have in the schema public, which no Tenant with"
                    + " isolation Schema has: it gets none of its own, and its hosts lead to those"
                    + " of the BotCluster; set botserver.enabled to false, or create another Tenant"
                    + " with isolation Database",
                false))
        .filter(o -> isAskedFor(tenant) && Admission.isolation(tenant) == Isolation.SCHEMA);
  }

  private static boolean isAskedFor(Tenant tenant) {
    return Boolean.TRUE.equals(tenant.getSpec().botserver().enabled());
  }

  @Override
  public String name() {
    return BotServers.COMPONENT;
  }

  @Override
  public Plan plan(Tenant tenant, Facts facts) {
    var site = new TenantSite(residence, tenant, facts);
    if (!isWanted(tenant)) {
      return BotServers.none(site.part(), facts, site.retains());
    }
    return Keyring.of(tenant, facts)
        .map(ring -> plan(site, ring))
        .orElseGet(() -> new Plan.Hold("the credentials are being made"));
  }

  @Override
  public Health health(Tenant tenant, Facts facts) {
    if (!isWanted(tenant)) {
      return Health.disabled();
    }
    var servers = new BotServers(new TenantSite(residence, tenant, facts).site(), facts);
    return Keyring.of(tenant, facts)
        .map(ring -> servers.health(gate(ring).trouble(servers.exist())))
        .orElseGet(() -> Health.waiting("Provisioning", "the credentials are being made"));
  }

  private Plan plan(TenantSite site, Keyring ring) {
    var servers = new BotServers(site.site(), ring.facts());
    var wishes = new ArrayList<Wish>();
    wishes.add(new Wish.Once(signing(site, ring.facts()), false));
    wishes.add(site.door().wish());
    wishes.addAll(servers.wishes(gate(ring).obstacle().isEmpty()));
    return new Plan.Apply(wishes);
  }

  private Gate gate(Keyring ring) {
    return new Gate(residence, holdings, ring);
  }

  /** Whoever has this key is whoever he says he is, so that it is no other Tenant's. */
  private static Secret signing(TenantSite site, Facts facts) {
    var meta = site.part().named(site.sources().keys());
    return Secrets.opaque(
        meta, Map.of(BotServers.SIGNING_KEY, facts.entropy().password(KEY_LENGTH)));
  }
}
