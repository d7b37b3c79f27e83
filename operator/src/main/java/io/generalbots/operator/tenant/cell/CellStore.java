package io.generalbots.operator.tenant.cell;

import io.generalbots.operator.residents.Cells;
import java.util.Arrays;
import java.util.List;

/** A store that a Cell has: its name in the API, and by which Secrets it is known. */
public enum CellStore {
  DATABASE("postgres", "postgres", "app"),
  CACHE("valkey", "valkey", "valkey"),
  VECTORS("qdrant", "qdrant", "qdrant"),
  DRIVE("seaweedfs", "s3", "s3"),
  ROOMS("livekit", "livekit", "livekit"),
  VAULT("vault", "vault", "vault-botserver");

  /** Of the certificate of the database, whose own Secret does not tell who vouches for it. */
  static final String SERVER = "server";

  private final String component;
  private final String suffix;
  private final String published;

  CellStore(String component, String suffix, String published) {
    this.component = component;
    this.suffix = suffix;
    this.published = published;
  }

  /** As the status calls them, in order. */
  public static List<String> components() {
    return Arrays.stream(values()).map(CellStore::component).toList();
  }

  /** As the BotCluster and the status call it. */
  public String component() {
    return component;
  }

  /** The Secret of the Tenant that says how to come to it. */
  public String secretName(String tenant) {
    return tenant + "-" + suffix;
  }

  /** The Secret by which the Cell itself says so. */
  String source(String tenant) {
    return Cells.name(tenant) + "-" + published;
  }
}
