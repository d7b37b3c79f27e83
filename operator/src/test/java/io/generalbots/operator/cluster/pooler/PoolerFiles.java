package io.generalbots.operator.cluster.pooler;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;

/** The files of a pooler, for tests that run one. */
public final class PoolerFiles {

  private PoolerFiles() {}

  /** By name, of a cluster named demo with this block pooler, as YAML in one line. */
  public static Map<String, String> of(String yaml) {
    return Given.pooler(yaml).wished(ConfigMap.class).getData();
  }
}
