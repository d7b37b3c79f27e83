package io.generalbots.operator.cluster.postgres;

import io.generalbots.operator.kube.Part;
import java.util.Map;

/** The names, keys, ports and paths that more than one object of a cluster's Postgres speaks of. */
final class Names {

  static final String COMPONENT = "postgres";
  static final String POOLER = "pooler";

  static final int PORT = 5432;
  static final int REST_PORT = 8008;

  /** The values Patroni gives the role label. */
  static final String PRIMARY = "primary";

  static final String REPLICA = "replica";

  /** The database and the role of the application. */
  static final String APPLICATION = "botserver";

  /** The login with which the pooler looks up the verifiers of its clients. */
  static final String POOLER_ROLE = "pgbouncer";

  static final String SUPERUSER = "postgres";

  /** The login with which the operator makes the databases of tenants, and never enters them. */
  static final String PROVISIONER = "provisioner";

  /** What every tenant's role is a member of, so that one rule holds for all. */
  static final String TENANTS = "tenants";

  /** The label by which Patroni finds its pods and ConfigMaps. */
  static final String SCOPE = "generalbots.io/scope";

  /** The annotation a user writes to ask for another primary. */
  static final String SWITCHOVER = "generalbots.io/switchover";

  static final String DATA = "data";

  static final String TLS_DIRECTORY = "/etc/tls";

  private Names() {}

  static Part part(String cluster) {
    return new Part(cluster, COMPONENT);
  }

  /** What Patroni names the cluster, and its ConfigMaps begin with. */
  static String scope(Part part) {
    return part.name();
  }

  /** The Patroni ConfigMap that holds what may change while it runs. */
  static String config(Part part) {
    return part.name("config");
  }

  static String files(Part part) {
    return part.name("files");
  }

  static String superuserSecret(Part part) {
    return part.cluster() + "-superuser";
  }

  /** The login with which members and the operator speak to Patroni. */
  static String restSecret(Part part) {
    return part.cluster() + "-patroni";
  }

  static String applicationSecret(Part part) {
    return part.cluster() + "-app";
  }

  static String poolerSecret(Part part) {
    return part.cluster() + "-pooler-auth";
  }

  static String provisionerSecret(Part part) {
    return part.cluster() + "-" + PROVISIONER;
  }

  static String serverSecret(Part part) {
    return part.cluster() + "-server";
  }

  /** What Patroni labels its objects with, and selects pods by. */
  static Map<String, String> scopeLabel(Part part) {
    return Map.of(SCOPE, scope(part));
  }
}
