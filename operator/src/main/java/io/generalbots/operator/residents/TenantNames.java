package io.generalbots.operator.residents;

import java.util.Optional;

/** What a tenant's own is called in servers that others share with it. */
public final class TenantNames {

  /**
   * What the names of all tenants' rooms in LiveKit begin with; none of the platform's own does.
   */
  public static final String ROOMS = "t:";

  /**
   * What the names of all tenants' collections in Qdrant begin with. Bot servers begin theirs with
   * the name of a bot, which is that of a bucket and has no such sign; Qdrant itself takes no
   * colon.
   */
  public static final String VECTORS = "t~";

  private TenantNames() {}

  /** Its database, or the schema that it has instead of one. */
  public static String database(String tenant) {
    return "t_" + tenant;
  }

  /** Its keys and channels in Valkey begin with this; nothing of the platform's own does. */
  public static String cachePrefix(String tenant) {
    return "t:" + tenant + ":";
  }

  /** Its rooms begin with this; no name of a tenant has a colon. */
  public static String roomPrefix(String tenant) {
    return ROOMS + tenant + ":";
  }

  /** Its collections begin with this; no name of a tenant has a tilde. */
  public static String collectionPrefix(String tenant) {
    return VECTORS + tenant + "~";
  }

  /** Whose a collection is: the text between its first two tildes. */
  public static Optional<String> tenantOfCollection(String name) {
    var end = name.indexOf('~', VECTORS.length());
    return Optional.of(name)
        .filter(n -> n.startsWith(VECTORS) && end > VECTORS.length())
        .map(n -> n.substring(VECTORS.length(), end));
  }

  /** The bucket of a bot, as bot servers name it. */
  public static String bucket(String bot) {
    return bot + ".gbai";
  }
}
