package io.generalbots.operator.cluster.postgres;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.kernel.Entropy;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The passwords of a cluster's Postgres: made once, and kept as long as the data that knows them.
 * The servers take what the Secrets say, whoever wrote it.
 *
 * @param part whose passwords
 * @param entropy where they come from
 * @param retained whether they outlive the BotCluster
 */
record Credentials(Part part, Entropy entropy, boolean retained) {

  /** The files that Patroni reads beside its other configuration. */
  static final String REPLICATION_FILE = "replication.yml";

  static final String REST_FILE = "rest.yml";

  static final String PASSWORD = "password";
  private static final String USERNAME = "username";

  private static final int LENGTH = 32;
  private static final String REPLICATION =
      """
      postgresql:
        authentication:
          replication:
            password: %s
          rewind:
            password: %s
      """;
  private static final String REST =
      """
      restapi:
        authentication:
          password: %1$s
      ctl:
        authentication:
          password: %1$s
      """;
  private static final String BASIC_AUTH = "kubernetes.io/basic-auth";

  /**
   * The Secrets of the superuser, of Patroni's REST API, of the pooler, of who makes tenants'
   * databases, and of the application.
   *
   * @param host the host name under which the application reaches its database
   */
  List<Wish> wishes(String host) {
    return List.of(
        once(Names.superuserSecret(part), superuser()),
        once(Names.restSecret(part), rest()),
        once(Names.poolerSecret(part), login(Names.POOLER_ROLE, password())),
        once(Names.provisionerSecret(part), login(Names.PROVISIONER, password())),
        once(Names.applicationSecret(part), application(host, password())));
  }

  /** What follows from the application's password, which is its user's to change. */
  Wish followed(Secret live, String host) {
    var values = application(host, Secrets.text(live, PASSWORD));
    values.keySet().removeAll(List.of(USERNAME, PASSWORD));
    var meta =
        new ObjectMetaBuilder()
            .withName(live.getMetadata().getName())
            .withUid(live.getMetadata().getUid())
            .build();
    var secret = Secrets.basicAuth(meta, values);
    secret.setType(null);
    return new Wish.Amend(secret);
  }

  private Map<String, String> superuser() {
    var values = new HashMap<>(login(Names.SUPERUSER, password()));
    values.put(REPLICATION_FILE, REPLICATION.formatted(password(), password()));
    return values;
  }

  private Map<String, String> rest() {
    var password = password();
    var values = new HashMap<>(login("patroni", password));
    values.put(REST_FILE, REST.formatted(password));
    return values;
  }

  private static Map<String, String> application(String host, String password) {
    var role = Names.APPLICATION;
    return new Login(role, password, role, new Address(host, Names.PORT)).keys();
  }

  private static Map<String, String> login(String role, String password) {
    return Map.of(USERNAME, role, PASSWORD, password);
  }

  private Wish once(String name, Map<String, String> values) {
    Secret secret =
        new SecretBuilder()
            .withMetadata(part.named(name))
            .withType(BASIC_AUTH)
            .withStringData(values)
            .build();
    return new Wish.Once(secret, retained);
  }

  private String password() {
    return entropy.password(LENGTH);
  }
}
