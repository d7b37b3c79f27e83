package io.generalbots.operator.external.tenant;

/**
 * How far one came in looking at all keys of a server.
 *
 * @param server which one, in which of its lives: to another one the cursor means nothing
 * @param cursor where to go on
 */
record Place(String server, String cursor) {

  private static final String BEGINNING = "0";

  static Place beginning(String server) {
    return new Place(server, BEGINNING);
  }

  /** The same place if it is of this server, else the beginning. */
  Place at(String other) {
    return server.equals(other) ? this : beginning(other);
  }

  boolean isBeginning() {
    return BEGINNING.equals(cursor);
  }
}
