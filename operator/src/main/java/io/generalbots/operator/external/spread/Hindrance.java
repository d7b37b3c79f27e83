package io.generalbots.operator.external.spread;

/** What keeps a table from being spread: what no shard could see to by itself, or does not have. */
public enum Hindrance {
  UNIQUE("values of %s are unique in all shards, which no shard can see to: add the key to it"),
  REFERENCE("table %s refers to it, and its rows stay where they are"),
  TRIGGER("it has trigger %s, which would not run on the other shards"),
  RULE("it has rule %s"),
  POLICY("row security policy %s would not hold on the other shards"),
  SEQUENCE("column %s is numbered by each server for itself: two rows would get one number"),
  GENERATED("column %s is generated"),
  TYPE("column %s has a type that other databases do not have"),
  INHERITANCE("it inherits from %s, or the other way round"),
  UNLOGGED("it is not logged, and lost when a server fails"),
  OWNER("it belongs to role %s and not to the bot servers");

  private final String words;

  Hindrance(String words) {
    this.words = words;
  }

  /** As a sentence about the table. */
  String words(String what) {
    return words.formatted(what);
  }
}
