package io.generalbots.operator.cluster.postgres;

import io.generalbots.operator.cluster.servers.Address;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an application comes to its database, in the forms that clients of PostgreSQL take.
 *
 * @param role who it is
 * @param password of the role
 * @param database the name of the database
 * @param address where the database is
 * @param options that its sessions begin with, as the variable PGOPTIONS has them; empty for none
 */
public record Login(
    String role, String password, String database, Address address, String options) {

  private static final String URI = "postgresql://%s:%s@%s/%s?sslmode=require";
  private static final String JDBC_URI =
      "jdbc:postgresql://%s/%s?user=%s&password=%s&sslmode=require";

  /** One whose sessions begin as the server has it. */
  public Login(String role, String password, String database, Address address) {
    this(role, password, database, address, "");
  }

  /** Keys of a Secret of the type basic-auth. */
  public Map<String, String> keys() {
    var keys = new TreeMap<String, String>();
    keys.put("username", role);
    keys.put(Credentials.PASSWORD, password);
    keys.put("host", address.host());
    keys.put("port", String.valueOf(address.port()));
    keys.put("dbname", database);
    keys.put(
        "uri",
        URI.formatted(encoded(role), encoded(password), address, encoded(database)) + more());
    keys.put(
        "jdbc-uri",
        JDBC_URI.formatted(address, encoded(database), encoded(role), encoded(password)) + more());
    if (!options.isEmpty()) {
      keys.put("options", options);
    }
    keys.put("pgpass", pgpass());
    return keys;
  }

  private String more() {
    return options.isEmpty() ? "" : "&options=" + encoded(options);
  }

  private String pgpass() {
    return "%s:%d:%s:%s:%s\n"
        .formatted(
            field(address.host()), address.port(), field(database), field(role), field(password));
  }

  /** Colons and backslashes mean something in that file. */
  private static String field(String text) {
    return text.replace("\\", "\\\\").replace(":", "\\:");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
