package io.generalbots.operator.tenant.vault;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.vault.Entrance;
import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.external.vault.Access;
import io.generalbots.operator.external.vault.Chamber;
import io.generalbots.operator.external.vault.OpenVault;
import io.generalbots.operator.external.vault.ReaderToken;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.tenant.credentials.Key;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Provision;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Holding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The namespace of a Tenant in the vault of its BotCluster, with what a bot server of its own would
 * read there.
 *
 * @param residence where the Tenant lives
 * @param tenant whose it is
 */
public record Vault(Residence residence, Tenant tenant) implements Holding {

  /** Tokens end when nobody renews them: often enough that an operator may be away for weeks. */
  private static final Duration RENEWAL = ReaderToken.PERIOD.dividedBy(3);

  @Override
  public Store store() {
    return Store.VAULT;
  }

  /** Values and tokens are written again without a word that the store is not ready. */
  @Override
  public Provision provision(Keyring ring) {
    var copies = copies(ring);
    return Provision.of(
            ring.keys(store()),
            residence.cluster().getMetadata().getUid(),
            tenant.getSpec().suspend(),
            copies.names())
        .with(copies.entries(), renewals(ring));
  }

  @Override
  public List<Step> steps(Keyring ring) {
    var copies = copies(ring);
    return access()
        .<Step>map(
            access ->
                new OpenVault(
                    access,
                    chamber(),
                    logins(ring),
                    copies.entries(),
                    copies.obsolete(),
                    tenant.getSpec().adopt()))
        .stream()
        .toList();
  }

  /** Nothing before a bot server would find all that it needs. */
  @Override
  public Optional<Secret> secret(ObjectMeta meta, Keyring ring) {
    return access()
        .filter(access -> copies(ring).isComplete())
        .map(access -> Secrets.opaque(meta, keys(access, ring.newest(store()))));
  }

  @Override
  public String words() {
    return "namespace %s of the vault".formatted(namespace());
  }

  @Override
  public Optional<Instant> nextLook(Keyring ring) {
    return Optional.of(ring.rotation().since().plus(RENEWAL.multipliedBy(renewals(ring) + 1)));
  }

  /** How often the tokens of a generation were due to be renewed until now. */
  private static long renewals(Keyring ring) {
    return Duration.between(ring.rotation().since(), ring.facts().now()).dividedBy(RENEWAL);
  }

  /** Nobody gets in while the Tenant is closed. */
  private List<Credential> logins(Keyring ring) {
    return ring.keys(store()).stream()
        .filter(key -> !tenant.getSpec().suspend())
        .map(key -> key.credential(tenant.getMetadata().getName()))
        .toList();
  }

  private Map<String, String> keys(Access access, Key key) {
    return Map.of(
        "address", access.address(),
        "namespace", namespace(),
        "mount", OpenVault.PLACE.mount(),
        "path", OpenVault.PLACE.path(),
        "token", key.password(),
        "ca.crt", access.authority());
  }

  private String namespace() {
    return Chamber.name(tenant.getMetadata().getName());
  }

  private Copies copies(Keyring ring) {
    return new Copies(ring, Store.servedBy(residence.cluster()));
  }

  private Optional<Access> access() {
    return new Entrance(residence.cluster(), residence.near()::secret).access();
  }

  private Chamber chamber() {
    var meta = tenant.getMetadata();
    return new Chamber(meta.getName(), meta.getUid());
  }
}
