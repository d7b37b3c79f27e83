package io.generalbots.operator.external.tenant;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shared.Isolation;
import java.util.Optional;

/** What of a PostgreSQL server is a Tenant's own. */
public enum Room {
  /** A database. */
  DATABASE,
  /** A schema in a database that it shares with others like it. */
  SCHEMA {
    @Override
    public String database(Tenant tenant) {
      return SHARED;
    }

    @Override
    public Optional<String> schema(Tenant tenant) {
      return Optional.of(named(tenant));
    }

    @Override
    public String words(Tenant tenant) {
      return "schema %s of database %s".formatted(named(tenant), SHARED);
    }
  },
  /** Its roles alone: the database is on another server, and the poolers of this one lead there. */
  LOGINS;

  /** The database whose schemas are Tenants'. */
  static final String SHARED = "shared_tenants";

  /** What a Tenant with this isolation has on servers that it shares. */
  public static Room of(Isolation isolation) {
    return isolation == Isolation.SCHEMA ? SCHEMA : DATABASE;
  }

  /** The database that it connects to. */
  public String database(Tenant tenant) {
    return named(tenant);
  }

  /** The schema that all it makes is in, where that is all it has. */
  public Optional<String> schema(Tenant tenant) {
    return Optional.empty();
  }

  /** What people are told it is. */
  public String words(Tenant tenant) {
    return "database " + named(tenant);
  }

  /** What clients begin their sessions with, so that what they make is in the schema. */
  public String options(Tenant tenant) {
    return schema(tenant)
        .map(schema -> "-c search_path=" + SharedSchema.path(schema).replace(" ", ""))
        .orElse("");
  }

  static String named(Tenant tenant) {
    return Dwelling.name(tenant.getMetadata().getName());
  }
}
