package io.generalbots.operator.cluster.valkey;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.shared.ExternalService;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.cluster.servers.Given;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Valkey or Redis of the user's own: nothing runs, and the Secret that applications read is
 * composed from the user's.
 *
 * @param part whose it is
 * @param service where it is
 * @param given what its user says of it
 */
record Elsewhere(Part part, ExternalService service, Given given) {

  /** How the name of its Secret ends. */
  static final String SUFFIX = "external";

  private static final String USERNAME = "username";
  private static final String PASSWORD = "password";
  private static final String ENCRYPTED = "rediss";

  /** The one that the spec names. */
  static Optional<Elsewhere> of(BotCluster cluster, Facts facts) {
    return service(cluster)
        .map(
            service ->
                new Elsewhere(
                    Names.servers(cluster.getMetadata().getName()),
                    service,
                    new Given(facts, "spec.valkey.external")));
  }

  /** Beside the Secret of servers of the cluster's own, whose data may be there still. */
  Plan plan() {
    return trouble()
        .<Plan>map(Plan.Hold::new)
        .orElseGet(
            () -> Plan.apply(new Wish.Managed(Secrets.basicAuth(part.meta(SUFFIX), keys()))));
  }

  Health health() {
    return trouble()
        .map(t -> Health.waiting("SecretUnusable", t))
        .orElseGet(() -> Health.ready("the cache at " + service.address() + " is used"));
  }

  /** Redis before version 6 knows passwords and no names, and some have not even those. */
  private Optional<String> trouble() {
    return Optional.ofNullable(service.secretName())
        .flatMap(secret -> given.missing(secret, PASSWORD))
        .or(() -> given.missingAuthority(service.caSecretName()));
  }

  private Map<String, String> keys() {
    var address = Address.of(service, Names.PORT);
    var user = given.value(service.secretName(), USERNAME).orElse(Names.USER);
    var password = given.value(service.secretName(), PASSWORD).orElse("");
    var keys = new TreeMap<String, String>();
    keys.put(USERNAME, user);
    keys.put(PASSWORD, password);
    keys.put("host", address.host());
    keys.put("port", Integer.toString(address.port()));
    keys.put("uri", uri(user, password, address));
    given
        .value(service.caSecretName(), Given.AUTHORITY)
        .ifPresent(pem -> keys.put(Given.AUTHORITY, pem));
    return keys;
  }

  private String scheme() {
    return isEncrypted(service) ? ENCRYPTED : "redis";
  }

  /** Who names an authority has something to verify with it. */
  static boolean isEncrypted(ExternalService service) {
    return service.caSecretName() != null || service.address().startsWith(ENCRYPTED + "://");
  }

  private String uri(String user, String password, Address address) {
    return password.isEmpty()
        ? "%s://%s".formatted(scheme(), address)
        : Connection.uri(scheme(), user, password, address);
  }

  private static Optional<ExternalService> service(BotCluster cluster) {
    return Optional.ofNullable(cluster.getSpec().valkey().external());
  }
}
