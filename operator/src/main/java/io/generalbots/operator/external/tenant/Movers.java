package io.generalbots.operator.external.tenant;

/** The logins that carry databases of Tenants from server to server. */
public final class Movers {

  private Movers() {}

  /** That of a Tenant, with this password. */
  public static Credential credential(String tenant, String password) {
    return new Credential(Dwelling.mover(tenant), password);
  }
}
