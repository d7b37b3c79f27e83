package io.generalbots.operator.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.operator.cluster.ClusterReferences;
import io.generalbots.operator.kernel.Kind;
import io.generalbots.operator.reconcile.ClusterLoop;
import io.generalbots.operator.reconcile.TenantLoop;
import io.generalbots.operator.shard.PolicyReferences;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart grants what the code needs and nothing that gives more than itself. */
class RbacTest {

  private static final SortedSet<Right> GRANTED = Rights.ofChart();

  @Test
  void everyKindThatIsWatchedMayBeListedAndWatched() {
    assertThat(GRANTED).containsAll(watched("list", "watch"));
  }

  @Test
  void nothingIsWatchedThatTheCodeDoesNotKnow() {
    var known = watched("watch");
    assertThat(GRANTED.stream().filter(r -> "watch".equals(r.verb())))
        .allMatch(r -> known.contains(r) || r.group().equals("generalbots.io"));
  }

  @Test
  void outsideOfTheWatchedNamespacesOnlyStorageClassesAreRead() {
    assertThat(Rights.clusterWide())
        .containsExactly(
            new Right("storage.k8s.io", "storageclasses", "list"),
            new Right("storage.k8s.io", "storageclasses", "watch"));
  }

  /** Neither is bound to the operator itself. */
  @Test
  void whoAsksKubeletsMayDoNothingElseAndOnlyItsTokensAreGiven() {
    assertThat(Rights.ofKubelets()).containsExactly(new Right("", "nodes/stats", "get"));
    assertThat(Rights.ofKubeletTokens())
        .containsExactly(new Right("", "serviceaccounts/token", "create"));
    assertThat(GRANTED).doesNotContainAnyElementsOf(Rights.ofKubelets());
  }

  @Test
  void forExternalDnsItsOwnKindIsGrantedAndOnlyBeside() {
    var needed =
        new PolicyReferences(true)
            .allKinds().stream()
                .flatMap(kind -> rights(kind, "get", "list", "watch", "create", "patch", "delete"))
                .toList();
    assertThat(needed).isNotEmpty();
    assertThat(Rights.ofExternalDns()).containsExactlyInAnyOrderElementsOf(needed);
    assertThat(GRANTED).doesNotContainAnyElementsOf(needed);
  }

  @Test
  void nothingIsGrantedByWildcard() {
    assertThat(GRANTED).noneMatch(right -> right.toString().contains("*"));
  }

  @Test
  void nothingGivesMoreThanTheOperatorHas() {
    var dangerous = Set.of("escalate", "bind", "impersonate", "deletecollection");
    assertThat(GRANTED).noneMatch(right -> dangerous.contains(right.verb()));
  }

  @Test
  void whatPodsMayDoTheOperatorMayDoToo() {
    assertThat(Rights.handedOn()).isNotEmpty().isSubsetOf(GRANTED);
  }

  @Test
  void nothingLeadsIntoAPodOrToAToken() {
    var doors = List.of("pods/exec", "pods/attach", "pods/portforward", "serviceaccounts/token");
    assertThat(GRANTED).noneMatch(right -> doors.contains(right.resource()));
  }

  /**
   * The finalizer of a Tenant stands in its metadata, which has no right of its own. A Cell is
   * made, and Kubernetes collects it.
   */
  @Test
  void ofWhatUsersWriteOnlyTheFinalizerOfATenantIsWrittenAndCellsAreMade() {
    assertThat(GRANTED)
        .filteredOn(right -> right.group().equals("generalbots.io"))
        .filteredOn(right -> !Set.of("get", "list", "watch").contains(right.verb()))
        .filteredOn(right -> !right.resource().endsWith("/status"))
        .containsExactly(
            new Right("generalbots.io", "botclusters", "create"),
            new Right("generalbots.io", "botclusters", "patch"),
            new Right("generalbots.io", "tenants", "patch"));
  }

  /** Our own kinds, and those of other operators that a spec may ask for. */
  private static List<Right> watched(String... verbs) {
    var own =
        Stream.concat(ClusterLoop.KINDS.stream(), TenantLoop.KINDS.stream())
            .flatMap(kind -> rights(kind, verbs));
    var others = new ClusterReferences().allKinds().stream().flatMap(kind -> rights(kind, verbs));
    return Stream.concat(own, others).toList();
  }

  private static Stream<Right> rights(Kind kind, String... verbs) {
    var group = kind.apiVersion().substring(0, kind.apiVersion().indexOf('/'));
    var plural = Pluralize.toPlural(kind.name().toLowerCase(Locale.ROOT));
    return Stream.of(verbs).map(verb -> new Right(group, plural, verb));
  }

  private static Stream<Right> rights(Class<? extends HasMetadata> kind, String... verbs) {
    return Stream.of(verbs)
        .map(verb -> new Right(HasMetadata.getGroup(kind), HasMetadata.getPlural(kind), verb));
  }
}
