package io.generalbots.operator.cluster.valkey;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpecBuilder;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Budgets;
import io.generalbots.operator.kube.Containers;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Probes;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The sentinels, each with an agent that may change one Service and nothing else.
 *
 * <p>They keep what they know in memory of the pod: the Service is the lasting record of who is
 * primary, and a new sentinel learns the rest from the others.
 */
final class SentinelSet {

  private static final String TOKEN = "token";
  private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String AGENT = "agent";
  private static final long TOKEN_SECONDS = 3600L;
  private static final long GRACE_SECONDS = 10L;

  private final Situation situation;
  private final Part part;
  private final Mounts mounts;

  SentinelSet(Situation situation) {
    this.situation = situation;
    this.part = situation.sentinels();
    this.mounts = new Mounts(situation);
  }

  List<HasMetadata> objects() {
    var service = List.of(situation.part().name());
    return List.of(
        Access.serviceAccount(part),
        Access.role(part, Access.rule("services", service, "get", "patch")),
        Access.roleBinding(part, situation.namespace()),
        Budgets.oneAtATime(part.meta(), part.selector()),
        set());
  }

  private StatefulSet set() {
    var spec =
        new StatefulSetSpecBuilder()
            .withServiceName(part.name())
            .withReplicas(situation.hibernates() ? 0 : Names.SENTINELS)
            .withPodManagementPolicy("Parallel")
            .withSelector(new LabelSelector(null, part.selector()))
            .withTemplate(template())
            .build();
    return new StatefulSetBuilder().withMetadata(part.meta()).withSpec(spec).build();
  }

  private PodTemplateSpec template() {
    var spec =
        new PodSpecBuilder()
            .withAutomountServiceAccountToken(false)
            .withServiceAccountName(part.name())
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(GRACE_SECONDS)
            .withSecurityContext(Security.pod())
            .withInitContainers(agent("locate", "locate"))
            .withContainers(sentinel(), agent(AGENT, "follow"))
            .withVolumes(mounts.volumes())
            .addToVolumes(token())
            .build();
    var meta =
        new ObjectMetaBuilder()
            .withLabels(part.labels())
            .addToAnnotations(ServerPod.CONFIGURATION, Configuration.sentinelRevision())
            .build();
    return new PodTemplateSpec(meta, spec);
  }

  private Container sentinel() {
    return container(Names.SENTINEL, Mounts.script("sentinel.sh"))
        .withPorts(Containers.port(Names.SENTINEL, Names.SENTINEL_PORT))
        .withLivenessProbe(Probes.every(Probes.tcp(Names.SENTINEL_PORT), 10, 6))
        // It serves once it can say who is primary; that it listens is enough to be alive.
        .withReadinessProbe(
            Probes.every(Probes.exec(Mounts.script(ServerPod.PROBE, "sentinel")), 10, 3))
        .withVolumeMounts(mounts.mounts("/run/sentinel"))
        .build();
  }

  private Container agent(String name, String command) {
    var mounted = new ArrayList<VolumeMount>(mounts.mounts("/run/sentinel"));
    mounted.add(Volumes.readOnly(TOKEN, TOKEN_PATH));
    return container(name, Mounts.script("agent.sh", command)).withVolumeMounts(mounted).build();
  }

  private ContainerBuilder container(String name, String... command) {
    return mounts
        .container()
        .withName(name)
        .withCommand(command)
        .withEnv(mounts.environment())
        .withResources(small())
        .withSecurityContext(Security.container());
  }

  private static ResourceRequirements small() {
    return new ResourceRequirementsBuilder()
        .withRequests(
            Map.of(
                "cpu", new Quantity("20m"),
                "memory", new Quantity("24Mi"),
                "ephemeral-storage", new Quantity("16Mi")))
        .withLimits(
            Map.of(
                "cpu", new Quantity("1"),
                "memory", new Quantity("96Mi"),
                "ephemeral-storage", new Quantity("64Mi")))
        .build();
  }

  /** The account's token, only for the containers that mount it. */
  private static Volume token() {
    return new VolumeBuilder()
        .withName(TOKEN)
        .withNewProjected()
        .addNewSource()
        .withNewServiceAccountToken(null, TOKEN_SECONDS, TOKEN)
        .endSource()
        .addNewSource()
        .withNewConfigMap()
        .withName("kube-root-ca.crt")
        .addNewItem("ca.crt", null, "ca.crt")
        .endConfigMap()
        .endSource()
        .endProjected()
        .build();
  }
}
