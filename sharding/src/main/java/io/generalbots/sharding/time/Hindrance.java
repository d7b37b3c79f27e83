package io.generalbots.sharding.time;

/** What a table has that keeps it from being partitioned, with the reason in words. */
public enum Hindrance {
  /** A partitioned table can only keep what its time is a part of unique. */
  UNIQUE("%s keeps rows unique, which no partitioned table does without the time in it"),
  /** A reference needs a unique key. */
  REFERENCE("%s refers to it by its key, which would not be unique without the time in it"),
  /** Others in the table's name would not follow it. */
  VIEW("%s reads it, and would go on to read the former table alone"),
  /** They would have to be made again for the new table, by their makers. */
  TRIGGER("trigger %s fires on it, and would not fire on the new table"),
  /** The same. */
  RULE("rule %s rewrites what is asked of it, and would not for the new table"),
  /** Who may see which rows is written on the table. */
  POLICY("policy %s says who sees which rows, and would not hold for the new table"),
  /** Subscribers know the table by what it is. */
  PUBLICATION("publication %s replicates it, and would lose it"),
  /** Numbers would begin again. */
  IDENTITY("column %s is numbered as identity, and would begin again at 1"),
  /** Rows cannot be moved as they are. */
  GENERATED("column %s is generated, and cannot be moved from partition to partition as it is"),
  /** It is a part of something else. */
  INHERITANCE("it inherits from %s, or the other way round"),
  /** What a crash empties should not be archived. */
  UNLOGGED("table %s is not logged: a crash empties it"),
  /** It is somebody else's to change. */
  OWNER("it belongs to role %s, and not to that of the bot servers");

  private final String words;

  Hindrance(String words) {
    this.words = words;
  }

  /** The reason, as a part of a sentence. */
  String of(String name) {
    return words.formatted(name);
  }
}
