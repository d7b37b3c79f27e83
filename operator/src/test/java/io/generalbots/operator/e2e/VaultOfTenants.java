package io.generalbots.operator.e2e;

import java.time.Duration;

/**
 * The vault as Tenants come to it.
 *
 * @param pods the Tenants, and a pod that asks for them
 */
record VaultOfTenants(TenantPods pods) {

  /** What a Tenant reads, from outside of its namespace. */
  static String path(String tenant, String entry) {
    return "t-%s/secret/data/gbo/%s".formatted(tenant, entry);
  }

  /** The token of now. */
  String token(String tenant) {
    return pods.value(tenant + "-vault", "token");
  }

  /** What is answered to a token: the body, and the status at the end. */
  String ask(String token, String path) {
    return pods.run(
        "curl -s --max-time 10 --cacert /tls/ca.crt -H 'X-Vault-Token: %s' -w ' %%{http_code}' %s/v1/%s"
            .formatted(token, pods.value("rival-vault", "address"), path));
  }

  /** The same for the token of now, and an entry of the Tenant's own. */
  String entry(String tenant, String entry) {
    return ask(token(tenant), path(tenant, entry));
  }

  /** A token of who may do everything. */
  String platformToken() {
    var password = pods.value("demo-vault-operator", "password");
    var login = "auth/userpass/login/generalbots-operator -d password=" + password;
    return ask("", login).replaceAll("(?s).*\"client_token\":\"([^\"]+)\".*", "$1");
  }

  /** What the hostile tries of a Tenant say at the end. */
  Tried attack(String tenant) {
    var command =
        "LOGIN=- PASSWORD=%s V=%s/v1 bash /attack/attack.sh vault"
            .formatted(token(tenant), pods.value(tenant + "-vault", "address"));
    return Tried.of("vault", pods.run(command, Duration.ofMinutes(4))).told();
  }
}
