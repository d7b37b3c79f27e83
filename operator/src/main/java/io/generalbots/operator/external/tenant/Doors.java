package io.generalbots.operator.external.tenant;

import io.generalbots.operator.external.PostgresSessions;
import io.generalbots.operator.external.ServerLogin;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ways into a server that the operator makes what tenants have by.
 *
 * @param sessions opens them
 * @param host of the primary
 * @param port of the primary
 * @param login of the provisioner
 */
record Doors(PostgresSessions sessions, String host, int port, ServerLogin login) {

  private static final String DATABASE = "postgres";
  private static final String MAC = "HmacSHA256";

  /** To the server, in a database that no tenant is in. */
  Future<PgConnection> server() {
    return sessions.open(host, port, DATABASE, login);
  }

  /** To the database that tenants share, as the keeper of it. */
  Future<PgConnection> shared() {
    var keeper = keeper();
    return sessions.open(
        host,
        port,
        Room.SHARED,
        new ServerLogin(keeper.name(), keeper.password(), login.authority()));
  }

  /** Its password follows from the provisioner's: there is one secret less to keep. */
  Credential keeper() {
    try {
      var mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(login.password().getBytes(StandardCharsets.UTF_8), MAC));
      var derived = mac.doFinal(Foundation.KEEPER.getBytes(StandardCharsets.UTF_8));
      return new Credential(Foundation.KEEPER, HexFormat.of().formatHex(derived));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + MAC, e);
    }
  }
}
