package io.generalbots.operator.tenant.vectors;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.gateway.VectorKeys;
import io.generalbots.operator.external.tenant.EnterVectors;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.TenantNames;
import io.generalbots.operator.tenant.botserver.OwnServers;
import io.generalbots.operator.tenant.credentials.Key;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Provision;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Holding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The collections of a Tenant in the Qdrant of its BotCluster, which the gateways open to the keys
 * of its registration: Qdrant itself has one key, which opens all of them.
 *
 * @param residence where the Tenant lives
 * @param tenant whose they are
 * @param clusterDomain the DNS suffix of services
 */
public record Vectors(Residence residence, Tenant tenant, String clusterDomain) implements Holding {

  @Override
  public Store store() {
    return Store.VECTORS;
  }

  @Override
  public Provision provision(Keyring ring) {
    return Provision.of(
        ring.keys(store()), residence.cluster().getMetadata().getUid(), tenant.getSpec().suspend());
  }

  /** Nobody gets in while the Tenant is closed, so that there is nothing to try. */
  @Override
  public List<Step> steps(Keyring ring) {
    return Optional.<Step>of(
            new EnterVectors(
                residence.name(), residence.namespace(), ring.newest(store()).credential(name())))
        .filter(s -> !tenant.getSpec().suspend())
        .stream()
        .toList();
  }

  /** Once the BotCluster says where its Qdrant is: before that no gateway leads there. */
  @Override
  public Optional<Secret> secret(ObjectMeta meta, Keyring ring) {
    return residence
        .near()
        .secret(store().secretName(residence.name()))
        .filter(own -> !Secrets.text(own, "host").isEmpty())
        .map(own -> Secrets.opaque(meta, keys(ring.newest(store()))));
  }

  /** Whoever has bot servers of its own looks here for why they find nothing. */
  @Override
  public String words() {
    var words = "collections whose names begin with " + TenantNames.collectionPrefix(name());
    return OwnServers.isWanted(tenant)
        ? words + "; bot servers name theirs otherwise and show no key, so that they use none"
        : words;
  }

  private Map<String, String> keys(Key key) {
    var host = VectorKeys.host(residence.name(), residence.namespace(), clusterDomain);
    return Map.of(
        "host", host,
        "port", String.valueOf(VectorKeys.PORT),
        "uri", "http://%s:%d".formatted(host, VectorKeys.PORT),
        "prefix", TenantNames.collectionPrefix(name()),
        "api-key", key.password());
  }

  private String name() {
    return tenant.getMetadata().getName();
  }
}
