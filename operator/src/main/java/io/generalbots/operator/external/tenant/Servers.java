package io.generalbots.operator.external.tenant;

/**
 * What the servers of a BotCluster are called, for people and for the doorway: steps with the same
 * words are at the same server.
 */
final class Servers {

  private Servers() {}

  static String ofDatabases(String cluster, String namespace) {
    return of("servers", cluster, namespace);
  }

  static String ofCache(String cluster, String namespace) {
    return of("cache", cluster, namespace);
  }

  static String ofDrive(String cluster, String namespace) {
    return of("object store", cluster, namespace);
  }

  static String ofRooms(String cluster, String namespace) {
    return of("rooms", cluster, namespace);
  }

  static String ofVectors(String cluster, String namespace) {
    return of("collections", cluster, namespace);
  }

  private static String of(String what, String cluster, String namespace) {
    return "the %s of BotCluster %s/%s".formatted(what, namespace, cluster);
  }
}
