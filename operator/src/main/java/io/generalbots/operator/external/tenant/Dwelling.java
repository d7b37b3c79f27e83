package io.generalbots.operator.external.tenant;

import io.generalbots.operator.residents.TenantNames;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of what a Tenant has in PostgreSQL: a database or a schema, the role of the same name
 * that owns what is in it, two slots for logins, of which one is in use and the other may follow
 * it, and a login that is there while the database moves.
 *
 * @param tenant the name of the Tenant
 * @param holder the uid of the Tenant
 */
record Dwelling(String tenant, String holder) implements Subject {

  /** Every role of a tenant is a member of it; rules of the server speak of it. */
  static final String GROUP = "tenants";

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");
  private static final Pattern UID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final String HELD = "generalbots.io/tenant ";
  private static final String KEPT = "generalbots.io/kept ";

  /** What the comment of the mover says where the database was handed over from. */
  static final String HANDED_OVER = "generalbots.io/handed-over";

  Dwelling {
    if (!LABEL.matcher(tenant).matches() || !UID.matcher(holder).matches()) {
      throw new IllegalArgumentException("a Tenant of this name or uid can have no database");
    }
  }

  /** The name of the database or schema of a tenant, and of the role that owns what is in it. */
  static String name(String tenant) {
    return TenantNames.database(tenant);
  }

  /** The database or schema, and the role that owns all that is in it. */
  String owner() {
    return name(tenant);
  }

  /** The roles that may log in, if they are in use. */
  List<String> slots() {
    return List.of("ta_" + tenant, "tb_" + tenant, mover());
  }

  /** The one of those that carries the database to another server, and is nobody else's. */
  String mover() {
    return mover(tenant);
  }

  static String mover(String tenant) {
    return "tm_" + tenant;
  }

  @Override
  public String words() {
    return "the database of tenant " + tenant;
  }

  @Override
  public List<String> roles() {
    return Stream.concat(slots().stream(), Stream.of(owner())).toList();
  }

  @Override
  public String space() {
    return owner();
  }

  /** What the comment of the owner says while the Tenant is there. */
  String mark() {
    return HELD + holder;
  }

  /** What it says once the Tenant is gone and its data stays. */
  String keptMark() {
    return KEPT + holder;
  }

  /** What one of the roles is called that could not go; no other Tenant's is. */
  String remnant(String role) {
    return "gone_%s_%s".formatted(role.substring(0, role.indexOf('_')), holder);
  }

  /** Whether the Tenant left this mark. */
  boolean isOwn(String mark) {
    return mark.equals(mark()) || mark.equals(keptMark());
  }

  /** Whether this mark is of another Tenant that is still there. */
  boolean isAnothers(String mark) {
    return !isOwn(mark) && mark.startsWith(HELD);
  }
}
