package io.generalbots.operator.cluster.postgres;

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
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A PostgreSQL of the user's own: nothing runs, and the Secret that applications read is composed
 * from the user's.
 *
 * @param part whose it is
 * @param service where it is
 * @param given what its user says of it
 */
record Elsewhere(Part part, ExternalService service, Given given) {

  private static final String USERNAME = "username";
  private static final String DATABASE = "dbname";

  /** The one that the spec names. */
  static Optional<Elsewhere> of(BotCluster cluster, Facts facts) {
    return service(cluster)
        .map(
            service ->
                new Elsewhere(
                    Names.part(cluster.getMetadata().getName()),
                    service,
                    new Given(facts, "spec.postgres.external")));
  }

  Plan plan() {
    return trouble()
        .<Plan>map(Plan.Hold::new)
        .orElseGet(
            () ->
                Plan.apply(
                    new Wish.Managed(
                        Secrets.basicAuth(part.named(Names.applicationSecret(part)), keys()))));
  }

  Health health() {
    return trouble()
        .map(t -> Health.waiting("SecretUnusable", t))
        .orElseGet(() -> Health.ready("the database at " + service.address() + " is used"));
  }

  private Optional<String> trouble() {
    return given
        .missing(secret(), USERNAME)
        .or(() -> given.missing(secret(), Credentials.PASSWORD))
        .or(() -> given.missingAuthority(service.caSecretName()));
  }

  private TreeMap<String, String> keys() {
    var login =
        new Login(
            value(USERNAME).orElse(""),
            value(Credentials.PASSWORD).orElse(""),
            value(DATABASE).orElse(Names.APPLICATION),
            Address.of(service, Names.PORT));
    var keys = new TreeMap<>(login.keys());
    given
        .value(service.caSecretName(), Given.AUTHORITY)
        .ifPresent(pem -> keys.put(Given.AUTHORITY, pem));
    return keys;
  }

  private Optional<String> value(String key) {
    return given.value(secret(), key);
  }

  /** The schema asks for it. */
  private String secret() {
    return Objects.requireNonNull(service.secretName());
  }

  private static Optional<ExternalService> service(BotCluster cluster) {
    return Optional.ofNullable(cluster.getSpec().postgres().external());
  }
}
