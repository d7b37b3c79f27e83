package io.generalbots.operator.shard.router;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.shard.GeoDatabase;
import io.generalbots.api.v1alpha1.shard.GeoDetection;
import io.generalbots.api.v1alpha1.shard.GeoStrategy;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pod of a router.
 *
 * @param part whose pod it is
 * @param image that it runs
 * @param policy it belongs to
 */
record RouterPods(Part part, Image image, ShardPolicy policy) {

  static final int PORT = 8080;

  private static final String TABLES = "tables";
  private static final String TMP = "tmp";
  private static final String GEOIP = "geoip";

  private static final ResourceRequirements MODEST =
      new ResourceRequirementsBuilder()
          .addToRequests("cpu", new Quantity("50m"))
          .addToRequests("memory", new Quantity("128Mi"))
          .addToRequests("ephemeral-storage", new Quantity("16Mi"))
          .addToLimits("cpu", new Quantity("1"))
          .addToLimits("memory", new Quantity("256Mi"))
          .addToLimits("ephemeral-storage", new Quantity("64Mi"))
          .build();

  PodSpec pod() {
    return new PodSpecBuilder()
        .withServiceAccountName(part.name())
        .withAutomountServiceAccountToken(true)
        .withEnableServiceLinks(false)
        .withSecurityContext(Security.pod())
        .withContainers(container())
        .withVolumes(volumes())
        .build();
  }

  private Container container() {
    return image
        .container()
        .withName(part.component())
        .withEnv(environment())
        .withPorts(Containers.port("http", PORT))
        .withStartupProbe(Probes.every(Probes.http("/q/health/live", PORT), 1, 60))
        .withReadinessProbe(Probes.every(Probes.http("/q/health/ready", PORT), 5, 2))
        .withLivenessProbe(Probes.every(Probes.http("/q/health/live", PORT), 10, 6))
        .withResources(Optional.ofNullable(policy.getSpec().router().resources()).orElse(MODEST))
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounts())
        .build();
  }

  private List<EnvVar> environment() {
    var all = new ArrayList<EnvVar>();
    all.add(Containers.field("EDGE_NAMESPACE", "metadata.namespace"));
    all.add(new EnvVar("EDGE_SNAPSHOT", "/" + TABLES + "/last.json", null));
    var trusted = policy.getSpec().router().trustedProxies();
    if (!trusted.isEmpty()) {
      all.add(new EnvVar("EDGE_TRUSTED_PROXIES", String.join(",", trusted), null));
    }
    database().ifPresent(d -> all.add(new EnvVar("EDGE_GEOIP_PATH", "/geoip/database.mmdb", null)));
    return all;
  }

  private List<Volume> volumes() {
    var all = new ArrayList<Volume>();
    all.add(Volumes.scratch(TABLES, "16Mi"));
    all.add(Volumes.scratch(TMP, "16Mi"));
    database().map(RouterPods::volume).ifPresent(all::add);
    return all;
  }

  private List<VolumeMount> mounts() {
    var all = new ArrayList<VolumeMount>();
    all.add(Volumes.mount(TABLES, "/" + TABLES));
    all.add(Volumes.mount(TMP, "/" + TMP));
    // The folder as a whole: a file mounted by itself would stay as it was.
    database().ifPresent(d -> all.add(Volumes.readOnly(GEOIP, "/" + GEOIP)));
    return all;
  }

  /** Without it all users go to the default region, which is better than no router. */
  private static Volume volume(GeoDatabase database) {
    return new VolumeBuilder(Volumes.secret(GEOIP, database.secretName()))
        .editSecret()
        .withOptional(true)
        .endSecret()
        .build();
  }

  private Optional<GeoDatabase> database() {
    return Optional.ofNullable(policy.getSpec().geo())
        .filter(geo -> geo.detection() == GeoDetection.IP)
        .map(GeoStrategy::database);
  }
}
