package io.generalbots.operator.tenant.cache;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.external.tenant.EnterCache;
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
 * The keys and channels of a Tenant in the cache of its BotCluster, which the servers open to the
 * logins of its registration.
 *
 * @param residence where the Tenant lives
 * @param tenant whose they are
 */
public record Cache(Residence residence, Tenant tenant) implements Holding {

  private static final String HOST = "host";
  private static final String PORT = "port";
  private static final String TLS_PORT = "tls-port";

  @Override
  public Store store() {
    return Store.CACHE;
  }

  @Override
  public Provision provision(Keyring ring) {
    return Provision.of(
        ring.keys(store()), residence.cluster().getMetadata().getUid(), tenant.getSpec().suspend());
  }

  /** Nobody gets in while the Tenant is closed, so that there is nothing to try. */
  @Override
  public List<Step> steps(Keyring ring) {
    var name = tenant.getMetadata().getName();
    return Optional.<Step>of(
            new EnterCache(
                residence.name(),
                residence.namespace(),
                name,
                ring.newest(store()).credential(name)))
        .filter(s -> !tenant.getSpec().suspend())
        .stream()
        .toList();
  }

  @Override
  public Optional<Secret> secret(ObjectMeta meta, Keyring ring) {
    return residence
        .near()
        .secret(store().secretName(residence.name()))
        .map(own -> Keys.of(own, HOST, PORT, TLS_PORT, "ca.crt"))
        .filter(keys -> keys.containsKey(HOST))
        .map(keys -> Secrets.basicAuth(meta, completed(keys, ring.newest(store()))));
  }

  @Override
  public String words() {
    return "keys and channels that begin with " + prefix();
  }

  private Map<String, String> completed(Map<String, String> keys, Key key) {
    var login = "%s:%s@%s".formatted(login(key), key.password(), keys.get(HOST));
    keys.put("username", login(key));
    keys.put("password", key.password());
    keys.put("prefix", prefix());
    keys.put("uri", "redis://%s:%s".formatted(login, keys.get(PORT)));
    if (keys.containsKey(TLS_PORT)) {
      keys.put("tls-uri", "rediss://%s:%s".formatted(login, keys.get(TLS_PORT)));
    }
    return keys;
  }

  private String login(Key key) {
    return key.login(tenant.getMetadata().getName());
  }

  private String prefix() {
    return TenantNames.cachePrefix(tenant.getMetadata().getName());
  }
}
