package io.generalbots.operator.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the operator: environment variables {@code GBO_…}, set by its chart. */
@ConfigMapping(prefix = "gbo")
interface OperatorConfiguration {

  /** The namespace the operator runs in. */
  @WithDefault("generalbots-system")
  String namespace();

  /** The DNS suffix of services. */
  @WithDefault("cluster.local")
  String clusterDomain();

  /** The ports on which pods find the API server. */
  @WithDefault("443,6443")
  List<Integer> apiServerPorts();

  /** Where the API server is, as CIDRs; anywhere if left out. */
  Optional<List<String>> apiServerAddresses();

  /** Whether the operator may read StorageClasses. */
  @WithDefault("false")
  boolean storageClasses();

  /** Whether the operator may write for external-dns. */
  @WithDefault("false")
  boolean externalDns();

  /** How long it takes at most until a changed Secret is in every pod that mounts it. */
  @WithDefault("2m")
  Duration mounting();

  /** How volumes grow. */
  Volumes volumes();

  /** What has to do with volumes that grow by themselves. */
  interface Volumes {

    /** The ServiceAccount whose tokens kubelets are shown; nobody asks them if it is left out. */
    Optional<String> account();

    /** The file with those who sign the certificates of kubelets. */
    @WithDefault("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt")
    String kubeletCa();

    /** Whether any certificate of a kubelet will do. */
    @WithDefault("false")
    boolean insecureKubelet();
  }

  /** From one question to a server about what it tells nobody by itself to the next. */
  @WithDefault("5m")
  Duration readings();

  /** The default image of each component. */
  Map<String, String> images();
}
