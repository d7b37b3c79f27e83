package io.generalbots.sharding.published;

import java.util.List;

/**
 * Whose rules these are, and for which requests.
 *
 * @param namespace of policy and cluster
 * @param policy name of the ShardPolicy
 * @param cluster name of its BotCluster
 * @param hosts that requests for it come to, in lower case; with none, it has to be asked for by
 *     name
 */
public record Scope(String namespace, String policy, String cluster, List<String> hosts) {

  /** Refuses names that are none. */
  public Scope {
    Form.LABEL.checked("namespace", namespace);
    Form.NAME.checked("policy", policy);
    Form.NAME.checked("cluster", cluster);
    hosts = Form.HOST.allChecked("a host", hosts);
  }
}
