package io.generalbots.operator.cluster.seaweedfs;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.cluster.seaweedfs.Configuration.Script;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;

/** The pods of the roles. */
record Pods(Situation situation) {

  /** What the pods have to be restarted for when it changes. */
  static final String CONFIGURATION = "generalbots.io/configuration";

  private static final String LOGIN = "generalbots.io/login";
  private static final String CONFIG = "config";
  private static final String TLS = "tls";
  private static final String TMP = "tmp";
  private static final String RUN = "run";

  /** A Service needs a moment to forget a pod. */
  private static final String SETTLE_SECONDS = "4";

  PodTemplateSpec template(Role role) {
    var template = template(situation.part(role), server(role));
    var pod = template.getSpec();
    pod.setTerminationGracePeriodSeconds(graceSeconds(role));
    if (role == Role.S3) {
      pod.getVolumes().add(Volumes.secret("identities", identities()));
    }
    if (role == Role.FILER && !situation.isEmbedded()) {
      var database = new Database(situation);
      pod.getVolumes().add(database.authority());
      pod.setInitContainers(List.of(database.container(mounts())));
      template.getMetadata().getAnnotations().put(LOGIN, login(database));
    }
    return template;
  }

  /** As it is while the login is gone: what runs has read it. */
  private String login(Database database) {
    return database
        .revision()
        .or(
            () ->
                situation
                    .set(Role.FILER)
                    .map(s -> s.getSpec().getTemplate())
                    .map(t -> t.getMetadata().getAnnotations().get(LOGIN)))
        .orElse("");
  }

  /** A pod of one container with what all have in common. */
  PodTemplateSpec template(Part part, Container container) {
    var spec =
        new PodSpecBuilder()
            .withServiceAccountName(situation.part().name())
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withSecurityContext(Security.pod())
            .withContainers(container)
            .withVolumes(volumes())
            .build();
    var revision = new Configuration(situation).revision() + "." + Keys.of(situation).revision();
    var meta =
        new ObjectMetaBuilder()
            .withLabels(part.labels())
            .addToAnnotations(CONFIGURATION, revision)
            .build();
    return new PodTemplateSpec(meta, spec);
  }

  /** A container of the image with what all have in common. */
  ContainerBuilder container() {
    return Image.of(situation.cluster(), Names.COMPONENT, situation.facts().settings())
        .container()
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounts());
  }

  List<EnvVar> environment(Role role) {
    var variables = new ArrayList<EnvVar>();
    variables.add(Containers.field("POD_NAME", "metadata.name"));
    variables.add(Containers.field("POD_IP", "status.podIP"));
    // Renewed certificates are read again this often: well within a step to another authority.
    variables.add(new EnvVar("WEED_TLS_CERT_REFRESH_INTERVAL", "5s", null));
    variables.addAll(Keys.environment(situation, role));
    return variables;
  }

  private Container server(Role role) {
    return container()
        .withName(role.command())
        .withCommand(new Commands(situation).of(role))
        .withEnv(environment(role))
        .addAllToEnv(particular(role))
        .withPorts(ports(role))
        .withResources(Appetite.of(situation, role))
        .addAllToVolumeMounts(mounts(role))
        .withLifecycle(role == Role.S3 ? settle() : null)
        .withStartupProbe(role == Role.S3 ? prepared() : null)
        .withReadinessProbe(Probes.every(Probes.http(readyPath(role), role.port()), 5, 2))
        .withLivenessProbe(Probes.every(Probes.tcp(role.port()), 10, 6))
        .build();
  }

  private List<EnvVar> particular(Role role) {
    if (role == Role.S3) {
      return List.of(new EnvVar("ENCRYPT", Boolean.toString(situation.encrypts()), null));
    }
    return role == Role.FILER && !situation.isEmbedded()
        ? new Database(situation).settings()
        : List.of();
  }

  private List<VolumeMount> mounts(Role role) {
    if (role == Role.S3) {
      return List.of(Volumes.readOnly("identities", "/identities"));
    }
    if (role == Role.FILER && !situation.isEmbedded()) {
      return List.of(Database.authorityMount());
    }
    return List.of(Volumes.mount(Names.DATA, "/data"));
  }

  private List<VolumeMount> mounts() {
    return List.of(
        Volumes.readOnly(CONFIG, "/etc/seaweedfs"),
        Volumes.readOnly(TLS, "/" + TLS),
        Volumes.mount(TMP, "/" + TMP),
        Volumes.mount(RUN, "/run/" + Names.COMPONENT));
  }

  private List<Volume> volumes() {
    var part = situation.part();
    return List.of(
        Volumes.configMap(CONFIG, part.name()),
        Volumes.secret(TLS, part.name(Names.SERVER_CERTIFICATE)),
        Volumes.scratch(TMP, "256Mi"),
        Volumes.scratch(RUN, "1Mi"));
  }

  private String identities() {
    return situation.part().name(Names.IDENTITIES);
  }

  private static String readyPath(Role role) {
    return role == Role.MASTER ? "/cluster/healthz" : role == Role.S3 ? "/readyz" : "/healthz";
  }

  /** Ready is a gateway whose filers answered it once: the buckets are there. */
  private static Probe prepared() {
    return Probes.every(Probes.exec(Script.GATEWAY.command("ready")), 2, 300);
  }

  private static Lifecycle settle() {
    return new LifecycleBuilder()
        .withNewPreStop()
        .withExec(new ExecAction(List.of("sleep", SETTLE_SECONDS)))
        .endPreStop()
        .build();
  }

  /** A filer whose volume servers are gone never ends by itself. */
  private static long graceSeconds(Role role) {
    return role == Role.VOLUME ? 60L : 30L;
  }

  private static List<ContainerPort> ports(Role role) {
    var ports = new ArrayList<ContainerPort>();
    ports.add(Containers.port(role.command(), role.port()));
    ports.add(Containers.port("grpc", role.grpcPort()));
    if (role == Role.S3) {
      ports.add(Containers.port(Names.HTTPS, Names.HTTPS_PORT));
    }
    return ports;
  }
}
