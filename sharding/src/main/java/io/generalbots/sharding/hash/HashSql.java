package io.generalbots.sharding.hash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The published functions for PostgreSQL 13 and later. */
public final class HashSql {

  private HashSql() {}

  /**
   * Statements that make the functions in the schema {@code sharding}. They can be run again, and
   * need the right to create a schema.
   */
  public static String functions() {
    try (var file = open("functions.sql")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(HashSql.class.getResourceAsStream(name), name);
  }
}
