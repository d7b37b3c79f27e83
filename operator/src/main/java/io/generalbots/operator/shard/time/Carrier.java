package io.generalbots.operator.shard.time;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Jobs;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Resources;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Small;
import io.generalbots.operator.kube.Volumes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A pod that carries a partition, as the bot servers' own role. It is of the image of the
 * database's servers: their own programs, of their own version, and Python are in it.
 *
 * @param cluster whose partition it is
 * @param policy that asks for it
 * @param facts what is known
 */
record Carrier(BotCluster cluster, ShardPolicy policy, Facts facts) {

  /** With this code it ends where trying again does not help. */
  private static final int REFUSED = 3;

  private static final Jobs.Patience PATIENCE = new Jobs.Patience(2, 12 * 3600, REFUSED);

  private static final int POSTGRES = 5432;
  private static final int S3 = 8334;
  private static final String PROGRAMS = "programs";
  private static final List<String> OWN = List.of("archive.py", "place.py", "restore.py");
  private static final List<String> SHARED = List.of("common.py", "database.py", "s3.py");

  /** Who it is, what it runs, and whom it calls. */
  Stream<Wish> surroundings() {
    var egress =
        List.of(
            Egress.dns(),
            Egress.to(Policies.pods(part("postgres").selector()), POSTGRES),
            Egress.to(Policies.pods(Map.of(Labels.CLUSTER, part().cluster())), S3));
    return Stream.of(
        new Wish.Managed(Access.serviceAccount(part())),
        new Wish.Managed(programs()),
        new Wish.Managed(Policies.closed(part(), List.of(), egress)));
  }

  static ConfigMap programs(Part part) {
    var files = new TreeMap<String, String>();
    OWN.forEach(file -> files.put(file, Resources.text("partition/" + file)));
    SHARED.forEach(file -> files.put(file, Resources.text("export/" + file)));
    return new ConfigMapBuilder().withMetadata(part.meta()).withData(files).build();
  }

  private ConfigMap programs() {
    return programs(part());
  }

  /**
   * One turn.
   *
   * @param turn the suffix of its name
   * @param told what it has to know of the partition, as its environment
   */
  Job job(Errands.Way way, String turn, Map<String, String> told) {
    var meta =
        new ObjectMetaBuilder(part().meta(turn))
            .withAnnotations(
                Map.of(
                    Errands.PARTITION, told.getOrDefault("PARTITION", ""), Errands.WAY, way.name()))
            .build();
    var job = Jobs.of(meta, part(), PATIENCE, pod(way, told));
    job.getSpec()
        .getTemplate()
        .getMetadata()
        .setLabels(with(part().labels(), Labels.SHARD_POLICY, policy.getMetadata().getName()));
    return job;
  }

  private PodSpec pod(Errands.Way way, Map<String, String> told) {
    return Jobs.pod(part(), 30)
        .withContainers(container(way, told))
        .withVolumes(
            Volumes.configMap(PROGRAMS, part().name()),
            Volumes.scratch("tmp", "8Mi"),
            database(),
            drive())
        .build();
  }

  private Container container(Errands.Way way, Map<String, String> told) {
    var program = way.name().toLowerCase(Locale.ROOT) + ".py";
    return Image.of(cluster, "postgres", facts.settings())
        .container()
        .withName("archive")
        .withCommand("python3", "/programs/" + program)
        .withEnv(environment(told))
        .withResources(Small.resources("64Mi", "512Mi"))
        .withSecurityContext(Security.container())
        .withVolumeMounts(
            Volumes.readOnly(PROGRAMS, "/programs"),
            Volumes.mount("tmp", "/tmp"),
            Volumes.readOnly("postgres", "/login/postgres"),
            Volumes.readOnly("seaweedfs", "/login/seaweedfs"))
        .build();
  }

  private List<EnvVar> environment(Map<String, String> told) {
    var all = new TreeMap<>(told);
    all.put("HOME", "/tmp");
    all.put("BUCKET", part().cluster() + "-archive");
    all.put(
        "PGHOST",
        "%s.%s.svc.%s"
            .formatted(
                part("postgres").name("rw"),
                policy.getMetadata().getNamespace(),
                facts.settings().clusterDomain()));
    return all.entrySet().stream().map(e -> new EnvVar(e.getKey(), e.getValue(), null)).toList();
  }

  /** The login, and whose servers are trusted. */
  private Volume database() {
    return new VolumeBuilder()
        .withName("postgres")
        .withNewProjected()
        .withDefaultMode(0440)
        .addNewSource()
        .withNewSecret()
        .withName(part().cluster() + "-app")
        .endSecret()
        .endSource()
        .addNewSource()
        .withNewSecret()
        .withName(part().cluster() + "-server")
        .addNewItem("ca.crt", null, "ca.crt")
        .endSecret()
        .endSource()
        .endProjected()
        .build();
  }

  /** One that is not there is for the program to tell: a pod would wait for it without a word. */
  private Volume drive() {
    return new VolumeBuilder(Volumes.secret("seaweedfs", part().cluster() + "-s3"))
        .editSecret()
        .withOptional(true)
        .endSecret()
        .build();
  }

  private Part part() {
    return Errands.part(policy);
  }

  private Part part(String component) {
    return new Part(part().cluster(), component);
  }

  private static Map<String, String> with(Map<String, String> labels, String key, String value) {
    var all = new TreeMap<>(labels);
    all.put(key, value);
    return all;
  }
}
