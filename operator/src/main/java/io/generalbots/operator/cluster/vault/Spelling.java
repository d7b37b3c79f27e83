package io.generalbots.operator.cluster.vault;

import java.util.Map;

/** What bot servers call the values of stores; versions of them differ, and each finds its own. */
public final class Spelling {

  /** How to come to a database. */
  public static final Template TABLES =
      new Template(
          Map.of(
              "host", "{host}",
              "port", "{port}",
              "database", "{dbname}",
              "username", "{username}",
              "password", "{password}",
              "url", "postgres://{username}:{password}@{host}:{port}/{dbname}"));

  /** The same of a cache. */
  public static final Template CACHE =
      new Template(
          Map.of("host", "{host}", "port", "{port}", "password", "{password?}", "url", "{uri}"));

  /** The same of an object store, but for the bucket. */
  public static final Template DRIVE =
      new Template(
          Map.of(
              "host", "{host}",
              "port", "{port}",
              "accesskey", "{username}",
              "access_key", "{username}",
              "secret", "{password}",
              "secret_key", "{password}",
              "region", "{region?}",
              "url", "{uri?}"));

  /** The same of LiveKit. */
  public static final Template MEET =
      new Template(
          Map.of(
              "url", "{uri}",
              "host", "{host}",
              "port", "{port}",
              "app_id", "{api-key}",
              "api_key", "{api-key}",
              "app_secret", "{api-secret}",
              "api_secret", "{api-secret}"));

  /** The same of Qdrant. */
  public static final Template VECTORS =
      new Template(
          Map.of(
              "url", "{uri}",
              "host", "{host}",
              "port", "{port}",
              "grpc_port", "{grpc-port?}",
              "api_key", "{api-key?}"));

  private Spelling() {}
}
