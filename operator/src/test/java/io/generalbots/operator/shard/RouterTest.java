package io.generalbots.operator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatusBuilder;
import io.generalbots.api.v1alpha1.cluster.ComponentStatus;
import io.generalbots.api.v1alpha1.shard.ShardPolicyPhase;
import io.generalbots.operator.cluster.ClusterBlueprint;
import io.generalbots.operator.external.spread.ShardsUnread;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.tenant.place.Tenants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The routers of a policy: when there are any, what their pods are given, and how they are told.
 */
@Tag("REQ-SHARD-GEO")
class RouterTest {

  private static final String BY_HASH = "strategy: Hash, hash: {count: 1}";

  @Test
  void runsForGeoAndForHashWhereItIsAskedFor() {
    assertThat(Policy.objects(round(geo("")), Deployment.class)).hasSize(1);
    assertThat(round(geo(", router: {enabled: false}")).plan().get("router"))
        .isEqualTo(new Plan.Absent());
    assertThat(round(hash("")).plan().get("router")).isEqualTo(new Plan.Absent());
    assertThat(Policy.objects(round(hash(", router: {enabled: true}")), Deployment.class))
        .hasSize(1);
  }

  /** Which shard has a key is told without it: what is wrong with it hides nothing else. */
  @Test
  void isNoPartOfAPolicyThatHasNone() {
    assertThat(Policy.said(round(geo(", router: {enabled: false}")), "Ready").getReason())
        .isEqualTo("AllReady");
  }

  @Test
  void isReachedByTheNameOfThePolicyAndGoesWithIt() {
    var round = round(geo(", router: {replicas: 3}"));
    assertThat(ours(round))
        .hasSize(7)
        .allSatisfy(object -> assertThat(name(object)).isEqualTo("by-region-router"));
    var service = only(round, Service.class).getSpec();
    assertThat(service.getPorts()).extracting(port -> port.getPort()).containsExactly(8080);
    var deployment = only(round, Deployment.class).getSpec();
    assertThat(deployment.getReplicas()).isEqualTo(3);
    assertThat(deployment.getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(service.getSelector())
        .containsEntry(Labels.SHARD_POLICY, "by-region")
        .doesNotContainKey(Labels.CLUSTER);
    var budget = only(round, PodDisruptionBudget.class).getSpec();
    assertThat(budget.getSelector().getMatchLabels()).isEqualTo(service.getSelector());
  }

  @Test
  void mayReadConfigMapsOfItsNamespaceAndNothingElse() {
    var round = round(geo(""));
    assertThat(only(round, Role.class).getRules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.getApiGroups()).containsExactly("");
              assertThat(rule.getResources()).containsExactly("configmaps");
              assertThat(rule.getVerbs()).containsExactly("list", "watch");
            });
    var binding = only(round, RoleBinding.class);
    assertThat(binding.getSubjects().get(0).getName()).isEqualTo("by-region-router");
    assertThat(binding.getSubjects().get(0).getNamespace()).isEqualTo("bots");
    assertThat(pod(round).getSpec().getServiceAccountName())
        .isEqualTo(name(only(round, ServiceAccount.class)));
  }

  @Test
  void itsPodIsClosedAndHoldsNoPrivilege() {
    var round = round(geo(""));
    var pod = pod(round);
    var policy = only(round, NetworkPolicy.class).getSpec();
    assertThat(pod.getMetadata().getLabels().entrySet())
        .containsAll(policy.getPodSelector().getMatchLabels().entrySet());
    assertThat(policy.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getEgress()).hasSize(2);
    assertThat(policy.getIngress())
        .singleElement()
        .satisfies(rule -> assertThat(rule.getPorts().get(0).getPort().getIntVal()).isEqualTo(8080))
        .satisfies(
            rule ->
                assertThat(rule.getFrom().get(0).getNamespaceSelector()).as("of here").isNull());
    assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
        .isEqualTo("RuntimeDefault");
    var security = container(round).getSecurityContext();
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
  }

  @Test
  void runsTheImageThatItsBotClusterNames() {
    assertThat(container(round(geo(""))).getImage()).isEqualTo("generalbots/edge:0.1");
    var cluster = Tenants.cluster("images: {edge: 'registry.example.com/edge:1'}");
    var scene = new Scene(geo(""), Optional.of(cluster), List.of(), List.of(cluster), List.of());
    assertThat(container(Policy.round(scene, new ShardsUnread("-"))).getImage())
        .isEqualTo("registry.example.com/edge:1");
    assertThat(ClusterBlueprint.serves("spec.images.edge")).isTrue();
  }

  @Test
  void trustsWhomThePolicyTrusts() {
    assertThat(variable(round(geo("")), "EDGE_TRUSTED_PROXIES")).isEmpty();
    var trusting = geo(", router: {trustedProxies: [10.42.0.0/16, 'fd00::/8']}");
    assertThat(variable(round(trusting), "EDGE_TRUSTED_PROXIES")).contains("10.42.0.0/16,fd00::/8");
  }

  /** A file mounted by itself would stay as it was, and a pod would wait for a missing Secret. */
  @Test
  void hasTheDatabaseAsAFolderThatMayBeEmpty() {
    var round = round(geo(""));
    var volume = volumes(round, "geoip");
    assertThat(volume)
        .singleElement()
        .satisfies(v -> assertThat(v.getSecret().getSecretName()).isEqualTo("places"))
        .satisfies(v -> assertThat(v.getSecret().getOptional()).isTrue());
    var mount = mount(round, "geoip");
    assertThat(mount.getSubPath()).isNull();
    assertThat(variable(round, "EDGE_GEOIP_PATH"))
        .contains(mount.getMountPath() + "/database.mmdb");
  }

  @Test
  void needsNoDatabaseWhereProxiesTellTheCountry() {
    var round = round("by-region", ", detection: Header");
    assertThat(volumes(round, "geoip")).isEmpty();
    assertThat(variable(round, "EDGE_GEOIP_PATH")).isEmpty();
  }

  /** Its tables are written where it may write, and outlive a crash of the process. */
  @Test
  void keepsItsTablesOnAVolume() {
    var round = round(geo(""));
    assertThat(variable(round, "EDGE_SNAPSHOT"))
        .hasValueSatisfying(
            path -> assertThat(path).startsWith(mount(round, "tables").getMountPath() + "/"));
    assertThat(volumes(round, "tables"))
        .singleElement()
        .satisfies(v -> assertThat(v.getEmptyDir()).isNotNull());
  }

  @Test
  void isWaitedForAndThenCounted() {
    var none = round(geo(""), Policy.routers("by-region", 0));
    assertThat(Policy.said(none, "Ready").getReason()).isEqualTo("NoRouterReady");
    var one = round(geo(""), Policy.routers("by-region", 1));
    assertThat(Policy.said(one, "Ready").getReason()).isEqualTo("RoutersMissing");
    assertThat(Policy.said(one, "Ready").getMessage()).isEqualTo("1 of 2 routers are ready");
    var both = round(geo(""), Policy.routers("by-region", 2)).status(new Outcome(Map.of()));
    assertThat(both.phase()).isEqualTo(ShardPolicyPhase.READY);
    assertThat(both.summary()).as("of regions").isEqualTo("1/1");
  }

  @Test
  void aNameThatNoServiceCanHaveIsToldOf() {
    for (var name : List.of("3-regions", "a.region", "r".repeat(57))) {
      var round = round(name, "");
      assertThat(round.plan().get("router")).isEqualTo(new Plan.Absent());
      assertThat(Policy.said(round, "Stalled").getReason()).isEqualTo("NameNotUsable");
    }
    assertThat(Policy.objects(round("r".repeat(56), ""), Service.class)).hasSize(1);
  }

  private static ShardPolicy geo(String more) {
    return geo("by-region", "", more);
  }

  private static ShardPolicy geo(String name, String detection, String more) {
    return Policy.of(
        name,
        1,
        "strategy: Geo, geo: {default: us-east, database: {secretName: places}%s, regions: ["
                .formatted(detection)
            + "{name: us-east, clusterRef: {name: demo}, countries: [US]}]}"
            + more);
  }

  private static ShardPolicy hash(String more) {
    return Policy.of("by-user", 1, BY_HASH + more);
  }

  private static ShardPolicyBlueprint round(String name, String detection) {
    return round(geo(name, detection, ""));
  }

  private static ShardPolicyBlueprint round(ShardPolicy policy, HasMetadata... made) {
    var cluster = running();
    var scene = new Scene(policy, Optional.of(cluster), List.of(), List.of(cluster), List.of());
    return Policy.round(scene, new ShardsUnread("-"), made);
  }

  private static BotCluster running() {
    var cluster = Tenants.cluster("");
    cluster.setStatus(
        new BotClusterStatusBuilder()
            .components(
                List.of(
                    new ComponentStatus("gateway", 1, 1, "1/1"),
                    new ComponentStatus("postgres", 1, 1, "1/1")))
            .build());
    return cluster;
  }

  /** Nothing of it stays when the policy goes. */
  private static List<HasMetadata> ours(ShardPolicyBlueprint round) {
    return Policy.wishes(round).stream()
        .filter(Wish.Managed.class::isInstance)
        .map(wish -> ((Wish.Managed) wish).object())
        .toList();
  }

  private static <T extends HasMetadata> T only(ShardPolicyBlueprint round, Class<T> kind) {
    var all = Policy.objects(round, kind);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  private static PodTemplateSpec pod(ShardPolicyBlueprint round) {
    return only(round, Deployment.class).getSpec().getTemplate();
  }

  private static Container container(ShardPolicyBlueprint round) {
    return pod(round).getSpec().getContainers().get(0);
  }

  private static Optional<String> variable(ShardPolicyBlueprint round, String name) {
    return container(round).getEnv().stream()
        .filter(variable -> name.equals(variable.getName()))
        .map(EnvVar::getValue)
        .findFirst();
  }

  private static List<Volume> volumes(ShardPolicyBlueprint round, String name) {
    return pod(round).getSpec().getVolumes().stream()
        .filter(v -> name.equals(v.getName()))
        .toList();
  }

  private static VolumeMount mount(ShardPolicyBlueprint round, String name) {
    return container(round).getVolumeMounts().stream()
        .filter(mount -> name.equals(mount.getName()))
        .findFirst()
        .orElseThrow();
  }
}
