package io.generalbots.operator.residents;

/** What a tenant's own is called in servers that others share with it. */
public final class TenantNames {

  /**
   * What the names of all tenants' rooms in LiveKit begin with; none of the platform's own does.
   */
  public static final String ROOMS = "t:";

  private TenantNames() {}

  /** Its keys and channels in Valkey begin with this; nothing of the platform's own does. */
  public static String cachePrefix(String tenant) {
    return "t:" + tenant + ":";
  }

  /** Its rooms begin with this; no name of a tenant has a colon. */
  public static String roomPrefix(String tenant) {
    return ROOMS + tenant + ":";
  }

  /** The bucket of a bot, as bot servers name it. */
  public static String bucket(String bot) {
    return bot + ".gbai";
  }
}
