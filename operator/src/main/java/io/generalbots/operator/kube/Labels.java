package io.generalbots.operator.kube;

/** The label and annotation keys of the API, each spelled once. */
public final class Labels {

  public static final String NAME = "app.kubernetes.io/name";
  public static final String INSTANCE = "app.kubernetes.io/instance";
  public static final String VERSION = "app.kubernetes.io/version";
  public static final String COMPONENT_OF_APP = "app.kubernetes.io/component";
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String PART_OF = "app.kubernetes.io/part-of";

  public static final String CLUSTER = "generalbots.io/cluster";
  public static final String COMPONENT = "generalbots.io/component";

  /** How far a bot server is in its life, for people and for gateways. */
  public static final String STAGE = "generalbots.io/stage";

  public static final String ROLE = "generalbots.io/role";

  /** The name of the Tenant an object is for; its namespace is told beside it. */
  public static final String TENANT = "generalbots.io/tenant";

  public static final String TENANT_NAMESPACE = "generalbots.io/tenant-namespace";

  /** The name of the ShardPolicy an object is for. */
  public static final String SHARD_POLICY = "generalbots.io/shardpolicy";

  /** The value of {@link #MANAGED_BY} on everything this operator makes. */
  public static final String OPERATOR = "generalbots-operator";

  /** The value of {@link #PART_OF} on everything this operator makes. */
  public static final String PLATFORM = "generalbots";

  private Labels() {}
}
