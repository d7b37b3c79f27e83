package io.generalbots.operator.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** The settings of the operator: environment variables {@code GBO_…}, set by its chart. */
@ConfigMapping(prefix = "gbo")
interface OperatorConfiguration {

  /** The namespace the operator runs in. */
  @WithDefault("generalbots-system")
  String namespace();

  /** The DNS suffix of services. */
  @WithDefault("cluster.local")
  String clusterDomain();

  /** The default image of each component. */
  Map<String, String> images();
}
