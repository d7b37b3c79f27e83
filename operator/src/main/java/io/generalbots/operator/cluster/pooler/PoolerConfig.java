package io.generalbots.operator.cluster.pooler;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.generalbots.api.v1alpha1.cluster.PoolMode;
import io.generalbots.api.v1alpha1.cluster.PoolerSpec;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files that every pooler runs by; a running one applies changed files without a restart. */
final class PoolerConfig {

  static final String SETTINGS = "pgbouncer.ini";
  static final String SCRIPT = "pooler.sh";
  static final String ROUTES = "routes";

  private static final String FOLDER = "pooler/";

  private PoolerConfig() {}

  static ConfigMap configMap(Part part, PoolerSpec spec, List<Route> routes) {
    var data = new HashMap<String, String>();
    data.put(SETTINGS, settings(part.cluster(), spec));
    data.put(SCRIPT, Resources.text(FOLDER + SCRIPT));
    if (!routes.isEmpty()) {
      data.put(ROUTES, Route.lines(routes));
    }
    return new ConfigMapBuilder().withMetadata(part.meta()).withData(data).build();
  }

  /** The name under which the primary is reached; the server's certificate bears it. */
  static String server(String cluster) {
    return servers(cluster).name("rw");
  }

  /** Those behind the pooler. */
  static Part servers(String cluster) {
    return new Part(cluster, "postgres");
  }

  private static String settings(String cluster, PoolerSpec spec) {
    var values =
        Map.of(
            "host", server(cluster),
            "port", String.valueOf(Pooler.PORT),
            "admin", Pooler.ADMIN,
            "poolMode", poolMode(spec.poolMode()),
            "maxClientConnections", String.valueOf(spec.maxClientConnections()),
            "defaultPoolSize", String.valueOf(spec.defaultPoolSize()));
    var text = Resources.text(FOLDER + SETTINGS);
    for (var value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    return text;
  }

  private static String poolMode(PoolMode mode) {
    return switch (mode) {
      case TRANSACTION -> "transaction";
      case SESSION -> "session";
      case STATEMENT -> "statement";
    };
  }
}
