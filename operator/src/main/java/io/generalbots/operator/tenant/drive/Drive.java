package io.generalbots.operator.tenant.drive;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.external.tenant.EnterDrive;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.TenantNames;
import io.generalbots.operator.tenant.credentials.Key;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Provision;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Holding;
import io.generalbots.operator.tenant.store.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The buckets of a Tenant in the object store of its BotCluster, which the gateways open to the
 * keys of its registration.
 *
 * @param residence where the Tenant lives
 * @param tenant whose they are
 */
public record Drive(Residence residence, Tenant tenant) implements Holding {

  private static final String HOST = "host";

  /** The buckets of the bots that are the Tenant's own. */
  public static List<String> buckets(Residence residence) {
    return residence.verdict().bots().stream().map(TenantNames::bucket).toList();
  }

  @Override
  public Store store() {
    return Store.DRIVE;
  }

  @Override
  public Provision provision(Keyring ring) {
    return Provision.of(
        ring.keys(store()),
        residence.cluster().getMetadata().getUid(),
        tenant.getSpec().suspend(),
        buckets(residence));
  }

  /** Nobody gets in while the Tenant is closed, so that there is nothing to try. */
  @Override
  public List<Step> steps(Keyring ring) {
    var name = tenant.getMetadata().getName();
    return Optional.<Step>of(
            new EnterDrive(
                residence.name(),
                residence.namespace(),
                name,
                ring.newest(store()).credential(name),
                buckets(residence)))
        .filter(s -> !tenant.getSpec().suspend())
        .stream()
        .toList();
  }

  @Override
  public Optional<Secret> secret(ObjectMeta meta, Keyring ring) {
    return residence
        .near()
        .secret(store().secretName(residence.name()))
        .map(own -> Keys.of(own, HOST, "port", "uri", "tls-port", "tls-uri", "region", "ca.crt"))
        .filter(keys -> keys.containsKey(HOST))
        .map(keys -> Secrets.basicAuth(meta, completed(keys, ring.newest(store()))));
  }

  @Override
  public String words() {
    var buckets = buckets(residence);
    return buckets.isEmpty()
        ? "no bucket, for want of bots"
        : "%d buckets".formatted(buckets.size());
  }

  private Map<String, String> completed(Map<String, String> keys, Key key) {
    keys.put("username", login(key));
    keys.put("password", key.password());
    keys.put("buckets", String.join(",", buckets(residence)));
    return keys;
  }

  private String login(Key key) {
    return key.login(tenant.getMetadata().getName());
  }
}
