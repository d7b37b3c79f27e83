package io.generalbots.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the kinds are called and printed. */
class KindTest {

  private static final Map<Class<? extends HasMetadata>, String> COLUMNS =
      Map.of(
          BotCluster.class,
          "READY STATUS TENANTS POSTGRES CACHE VECTOR STORAGE RTC MESSAGING"
              + " VERSION* PRIMARY* LASTBACKUP* REASON* AGE",
          Tenant.class,
          "CLUSTER SHARD ISOLATION READY STATUS DATABASE* BUCKET* USED* LASTBACKUP* AGE",
          ShardPolicy.class,
          "CLUSTER STRATEGY SHARDS READY STATUS PROGRESS AGE");

  private static final Map<Class<? extends HasMetadata>, String> SHORT_NAMES =
      Map.of(BotCluster.class, "bc", Tenant.class, "bt", ShardPolicy.class, "sp");

  @Test
  void columnsAreTheDocumentedOnes() {
    COLUMNS.forEach(
        (kind, columns) ->
            assertThat(version(kind).getAdditionalPrinterColumns())
                .as(kind.getSimpleName())
                .extracting(KindTest::column)
                .containsExactly(columns.split(" ")));
  }

  @Test
  void columnsOfPriorityZeroDoNotSaySo() {
    COLUMNS
        .keySet()
        .forEach(
            kind ->
                assertThat(version(kind).getAdditionalPrinterColumns())
                    .extracting(CustomResourceColumnDefinition::getPriority)
                    .doesNotContain(0));
  }

  @Test
  void everyKindIsABotAndHasAShortName() {
    SHORT_NAMES.forEach(
        (kind, shortName) -> {
          var names = GeneratedCrds.of(kind).getSpec().getNames();
          assertThat(names.getCategories()).containsExactly("bots");
          assertThat(names.getShortNames()).containsExactly(shortName);
        });
  }

  @Test
  void botClusterScalesItsBotServers() {
    var scale = version(BotCluster.class).getSubresources().getScale();
    assertThat(
            List.of(
                scale.getSpecReplicasPath(),
                scale.getStatusReplicasPath(),
                scale.getLabelSelectorPath()))
        .containsExactly(".spec.botserver.replicas", ".status.replicas", ".status.selector");
  }

  private static CustomResourceDefinitionVersion version(Class<? extends HasMetadata> kind) {
    return GeneratedCrds.of(kind).getSpec().getVersions().get(0);
  }

  /** Wide columns carry a star. */
  private static String column(CustomResourceColumnDefinition column) {
    return column.getName() + (column.getPriority() == null ? "" : "*");
  }
}
