package io.generalbots.operator.tenant.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Objection;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Tenants may live on a BotCluster. */
class AdmissionTest {

  private static final Tenant NEXT_DOOR = Tenants.tenant("bots", "acme", 1, "");
  private static final Tenant FAR = Tenants.tenant("acme-team", "acme", 1, "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from: Same | false",
        "from: All | true",
        "from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: acme-team}} | true",
        "from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: other}} | false",
        "from: Selector, selector: {matchLabels: {customer: acme-team}} | false",
        "from: Selector, selector: {} | false",
        "from: Selector, selector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator:"
            + " In, values: [x, acme-team]}]} | true",
        "from: Selector, selector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator:"
            + " NotIn, values: [x]}]} | false"
      })
  void anotherNamespaceNeedsToBeAdmitted(String allowed, boolean isAdmitted) {
    var cluster = Tenants.cluster("tenants: {allowedNamespaces: {%s}}".formatted(allowed));
    assertThat(reason(cluster, FAR))
        .isEqualTo(isAdmitted ? Optional.empty() : Optional.of("NamespaceNotAdmitted"));
    assertThat(reason(cluster, NEXT_DOOR)).isEmpty();
  }

  @Test
  void aClusterThatIsMissingIsWaitedForAtHomeAndNotTalkedAboutElsewhere() {
    var none = new Admission(Optional.empty());
    assertThat(none.objection(NEXT_DOOR)).map(Objection::reason).contains("ClusterNotFound");
    assertThat(none.objection(NEXT_DOOR)).map(Objection::waits).contains(true);
    assertThat(none.objection(FAR))
        .isEqualTo(new Admission(Optional.of(Tenants.cluster(""))).objection(FAR));
  }

  @Test
  void namesThatNoStoreCouldTakeAreRefused() {
    var cluster = Tenants.openCluster();
    assertThat(reason(cluster, Tenants.tenant("bots", "a.b", 1, ""))).contains("InvalidName");
    assertThat(reason(cluster, Tenants.tenant("bots", "a".repeat(41), 1, "")))
        .contains("InvalidName");
    assertThat(reason(cluster, Tenants.tenant("bots", "a".repeat(40), 1, ""))).isEmpty();
  }

  @Test
  void everyIsolationIsServed() {
    var cluster = Tenants.openCluster();
    assertThat(reason(cluster, Tenants.tenant("bots", "a", 1, "isolation: Schema"))).isEmpty();
    assertThat(reason(cluster, Tenants.tenant("bots", "a", 1, "isolation: Cell"))).isEmpty();
    assertThat(reason(cluster, Tenants.tenant("bots", "a", 1, "isolation: Database"))).isEmpty();
  }

  @Test
  void ofACellEveryObjectHasToHaveAName() {
    var cluster = Tenants.openCluster();
    assertThat(reason(cluster, Tenants.tenant("bots", "a".repeat(31), 1, "isolation: Cell")))
        .contains("InvalidName");
    assertThat(reason(cluster, Tenants.tenant("bots", "a".repeat(30), 1, "isolation: Cell")))
        .isEmpty();
  }

  /** The team that owns the namespace of a Cell may write Tenants there. */
  @Test
  void aCellAdmitsNobody() {
    var cell = Tenants.openCluster();
    cell.getMetadata().setLabels(Map.of("generalbots.io/tenant", "acme"));
    assertThat(reason(cell, NEXT_DOOR)).contains("CellNotShared");
    assertThat(reason(cell, FAR)).contains("CellNotShared");
    assertThat(reason(cell, Tenants.tenant("bots", "a", 1, "isolation: Cell")))
        .contains("CellNotShared");
  }

  private static Optional<String> reason(BotCluster cluster, Tenant tenant) {
    return new Admission(Optional.of(cluster)).objection(tenant).map(Objection::reason);
  }
}
