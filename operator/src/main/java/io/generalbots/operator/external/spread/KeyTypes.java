package io.generalbots.operator.external.spread;

import io.generalbots.sharding.hash.KeyType;
import java.util.Map;

/** Types of columns whose values have one text each. */
public final class KeyTypes {

  private static final Map<String, KeyType> TYPES =
      Map.of(
          "uuid", KeyType.UUID,
          "smallint", KeyType.INTEGER,
          "integer", KeyType.INTEGER,
          "bigint", KeyType.INTEGER,
          "text", KeyType.TEXT,
          "character varying", KeyType.TEXT);

  private KeyTypes() {}

  /** Whether a column of this type of PostgreSQL can be a key. */
  static boolean isOne(String type) {
    return TYPES.containsKey(type);
  }

  /** The type of key that a column of this type of PostgreSQL is. */
  public static KeyType of(String type) {
    var known = TYPES.get(type);
    if (known == null) {
      throw new IllegalArgumentException("no key is of type " + type);
    }
    return known;
  }
}
