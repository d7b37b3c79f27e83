package io.generalbots.operator.cluster.postgres;

import java.util.List;

/**
 * Who may log in from where: everybody by TLS and SCRAM only, the superuser only inside the pods,
 * the servers', the pooler's and the operator's own logins only where they are needed, a tenant's
 * only in the database that is named as the role which owns it. The first match decides.
 */
final class HostRules {

  static final List<String> LINES =
      List.of(
          "local all postgres peer",
          "local replication standby scram-sha-256",
          "local all all scram-sha-256",
          "hostssl replication standby all scram-sha-256",
          "hostssl postgres rewind all scram-sha-256",
          "hostssl postgres " + Names.POOLER_ROLE + " all scram-sha-256",
          "hostssl postgres " + Names.PROVISIONER + " all scram-sha-256",
          "host all postgres,standby,rewind,"
              + Names.POOLER_ROLE
              + ","
              + Names.PROVISIONER
              + " all reject",
          "hostssl samerole +" + Names.TENANTS + " all scram-sha-256",
          "host all +" + Names.TENANTS + " all reject",
          "hostssl all all all scram-sha-256",
          "host replication all all reject",
          "host all all all reject");

  private HostRules() {}
}
