package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.rbac.Right;
import io.generalbots.operator.rbac.Rights;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the operator was granted is what it used, as the audit log of the API server tells. Runs
 * after all other end-to-end tests: they are what it looks at. It takes all of them to use all.
 */
class RbacE2E {

  private static final String OPERATOR = "generalbots-operator";

  /** Served by the operator that the other tests are about, should there be several. */
  private static final String NAMESPACE = "e2e-postgres";

  /** Read before its finalizer is written again: only if somebody else wrote it in between. */
  private static final Right AFTER_A_CONFLICT = new Right("generalbots.io", "tenants", "get");

  private static KubernetesClient client;
  private static RoleBinding binding;
  private static List<AuditLog.Request> requests;

  @BeforeAll
  static void readTheLog() {
    client = new KubernetesClientBuilder().build();
    binding = client.rbac().roleBindings().inNamespace(NAMESPACE).withName(OPERATOR).require();
    requests = AuditLog.ofNode().of(user());
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @Test
  void theOperatorWasAtWork() {
    assertThat(requests).as("requests of " + user()).isNotEmpty();
  }

  @Test
  void nothingWasForbidden() {
    assertThat(requests).filteredOn(AuditLog.Request::isForbidden).isEmpty();
  }

  @Test
  @Thorough
  void everyRightWasUsedOrHandedOn() {
    var used =
        requests.stream()
            .flatMap(AuditLog.Request::used)
            .collect(Collectors.toCollection(TreeSet::new));
    used.addAll(Rights.handedOn());
    used.add(AFTER_A_CONFLICT);
    assertThat(granted()).isSubsetOf(used);
    assertThat(Rights.clusterWide()).isSubsetOf(used);
  }

  @Test
  void nothingIsBoundClusterWideButTheRightToReadStorageClasses() {
    assertThat(boundTo(OPERATOR)).hasSameElementsAs(Rights.clusterWide());
  }

  /** Its tokens are shown to whoever says that it is a kubelet. */
  @Test
  void whoAsksKubeletsMayDoNothingElse() {
    assertThat(boundTo(OPERATOR + "-volumes")).hasSameElementsAs(Rights.ofKubelets());
  }

  private static Stream<Right> boundTo(String account) {
    return client.rbac().clusterRoleBindings().list().getItems().stream()
        .filter(b -> b.getSubjects().stream().anyMatch(s -> account.equals(s.getName())))
        .flatMap(b -> Rights.of(rules(b.getRoleRef().getName())).stream());
  }

  private static List<PolicyRule> rules(String role) {
    return client.rbac().clusterRoles().withName(role).require().getRules();
  }

  private static String user() {
    var subject = binding.getSubjects().get(0);
    return "system:serviceaccount:" + subject.getNamespace() + ":" + subject.getName();
  }

  private static SortedSet<Right> granted() {
    return Rights.of(rules(binding.getRoleRef().getName()));
  }
}
