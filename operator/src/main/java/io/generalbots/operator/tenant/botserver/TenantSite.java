package io.generalbots.operator.tenant.botserver;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.cluster.BotServerSpec;
import io.generalbots.api.v1alpha1.shared.ReclaimPolicy;
import io.generalbots.operator.cluster.botserver.BotServers;
import io.generalbots.operator.cluster.botserver.Life;
import io.generalbots.operator.cluster.botserver.Own;
import io.generalbots.operator.cluster.botserver.Site;
import io.generalbots.operator.cluster.botserver.Sources;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bot servers of a Tenant: at its home, beside stores that are its BotCluster's.
 *
 * @param residence where the Tenant lives
 * @param tenant whose they are
 * @param home what is known of its own namespace
 */
record TenantSite(Residence residence, Tenant tenant, Facts home) {

  Site site() {
    return new Site(
        part(),
        spec(),
        spec().replicas(),
        image(),
        life(),
        sources(),
        new TenantWays(residence, this::secretName, home).ways(),
        new Own(variables(), List.of(cache().container())),
        Optional.of(door().door()));
  }

  Part part() {
    return Part.ofTenant(name(), BotServers.COMPONENT);
  }

  /** Whether their volume outlives the Tenant. */
  boolean retains() {
    return tenant.getSpec().reclaimPolicy() == ReclaimPolicy.RETAIN;
  }

  Sources sources() {
    return new Sources(
        secretName(Store.VAULT),
        part().name("keys"),
        List.of(secretName(Store.DATABASE), secretName(Store.DRIVE)),
        Optional.of(secretName(Store.DATABASE)));
  }

  VaultDoor door() {
    var caddy = Image.of(residence.cluster(), "gateway", home.settings());
    return new VaultDoor(part(), caddy, secretName(Store.VAULT), home);
  }

  private OwnCache cache() {
    return new OwnCache(Image.of(residence.cluster(), "valkey", home.settings()));
  }

  /** What the Tenant says nothing of is as the BotCluster's; its variables are nobody else's. */
  private BotServerSpec spec() {
    var own = tenant.getSpec().botserver();
    var common = residence.cluster().getSpec().botserver();
    return new BotServerSpec(
        own.enabled(),
        common.version(),
        own.image(),
        own.replicas(),
        Optional.ofNullable(own.resources()).orElse(common.resources()),
        common.workVolume(),
        own.environment(),
        common.drainSeconds());
  }

  private Image image() {
    var cluster = residence.cluster();
    return Optional.ofNullable(tenant.getSpec().botserver().image())
        .map(name -> Image.named(cluster, name))
        .orElseGet(() -> Image.of(cluster, BotServers.COMPONENT, home.settings()));
  }

  /** Without the stores of its BotCluster they would serve nobody. */
  private Life life() {
    var spec = tenant.getSpec();
    return new Life(spec.suspend() || residence.cluster().getSpec().hibernate(), retains(), false);
  }

  private List<EnvVar> variables() {
    var variables = new ArrayList<EnvVar>();
    variables.add(new EnvVar("CACHE_URL", OwnCache.URL, null));
    var bots = String.join(",", residence.verdict().bots());
    if (!bots.isEmpty()) {
      variables.add(new EnvVar("LOAD_ONLY", bots, null));
    }
    return variables;
  }

  private String secretName(Store store) {
    return store.secretName(name());
  }

  private String name() {
    return tenant.getMetadata().getName();
  }
}
