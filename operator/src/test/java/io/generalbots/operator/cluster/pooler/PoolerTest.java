package io.generalbots.operator.cluster.pooler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the pooler wishes for, and how it says it is. */
class PoolerTest {

  @Test
  void aNewPoolerServesBeforeAnOldOneGoes() {
    var strategy = Given.pooler("{}").wished(Deployment.class).getSpec().getStrategy();
    assertThat(strategy.getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
    assertThat(strategy.getRollingUpdate().getMaxSurge().getIntVal()).isOne();
  }

  @Test
  void theSpecDecidesNumberImageAndSettings() {
    var given =
        Given.spec(
            "postgres: {pooler: {instances: 3, poolMode: Session, maxClientConnections: 500, defaultPoolSize: 7}}, images: {pooler: 'mine:1'}");
    var deployment = given.wished(Deployment.class).getSpec();
    assertThat(deployment.getReplicas()).isEqualTo(3);
    assertThat(deployment.getTemplate().getSpec().getContainers())
        .allSatisfy(c -> assertThat(c.getImage()).isEqualTo("mine:1"));
    assertThat(settings(given))
        .contains("pool_mode = session", "max_client_conn = 500", "default_pool_size = 7");
  }

  @Test
  void noPlaceInTheSettingsIsLeftEmpty() {
    assertThat(settings(Given.pooler("{}")))
        .doesNotContain("${")
        .contains("host=demo-postgres-rw ", "listen_port = 5432", "pool_mode = transaction");
  }

  @Test
  void changedSettingsRestartNoPod() {
    var before = Given.pooler("{defaultPoolSize: 20}").wished(Deployment.class);
    var after = Given.pooler("{defaultPoolSize: 30}").wished(Deployment.class);
    assertThat(after.getSpec().getTemplate()).isEqualTo(before.getSpec().getTemplate());
  }

  @Test
  void aDatabaseWithAWayOfItsOwnHasALineAndWithoutAnyThereIsNoFile() {
    var part = new Part("demo", Pooler.NAME);
    var spec = Given.pooler("{}").cluster().getSpec().postgres().pooler();
    var routes =
        List.of(
            new Route("t_b", "demo-postgres-rw", Optional.of("by-tenant-1-postgres-rw")),
            new Route("t_a", "by-tenant-1-postgres-rw", Optional.empty()));
    assertThat(PoolerConfig.configMap(part, spec, routes).getData())
        .containsEntry(
            "routes",
            "t_a by-tenant-1-postgres-rw\nt_b demo-postgres-rw by-tenant-1-postgres-rw\n");
    assertThat(PoolerConfig.configMap(part, spec, List.of()).getData()).doesNotContainKey("routes");
  }

  @Test
  void bothSidesSpeakTlsAndTheServerIsVerified() {
    assertThat(settings(Given.pooler("{}")))
        .contains("client_tls_sslmode = require", "server_tls_sslmode = verify-full");
  }

  @Test
  void noPasswordIsOutsideOfASecret() {
    var given = Given.pooler("{}");
    var password = Secrets.text(given.wished(Secret.class), "password");
    assertThat(password).hasSize(32);
    assertThat(given.wished(ConfigMap.class).getData().toString()).doesNotContain(password);
  }

  @Test
  void onlyTheNamespaceAndTheOperatorReachIt() {
    var rules = Given.pooler("{}").wished(NetworkPolicy.class).getSpec().getIngress();
    assertThat(rules).hasSize(2);
    assertThat(rules.get(0).getFrom().get(0).getNamespaceSelector()).isNull();
    assertThat(rules.get(1).getFrom().get(0).getNamespaceSelector().getMatchLabels())
        .containsValue("operators");
  }

  @Test
  void theServiceIsThePortOfPostgres() {
    var port = Given.pooler("{}").wished(Service.class).getSpec().getPorts().get(0);
    assertThat(port.getPort()).isEqualTo(5432);
  }

  @Test
  void itGoesWhenSwitchedOffOrWhenPostgresIsElsewhere() {
    assertThat(Given.pooler("{enabled: false}").plan()).isInstanceOf(Plan.Absent.class);
    var elsewhere = "postgres: {external: {address: 'db:5432', secretName: db}}";
    assertThat(Given.spec(elsewhere).plan()).isInstanceOf(Plan.Absent.class);
  }

  @Test
  void itSleepsWithTheCluster() {
    var asleep = Given.spec("hibernate: true").wished(Deployment.class);
    assertThat(asleep.getSpec().getReplicas()).isZero();
  }

  @Test
  void itServesWithFewerThanWishedAndNotWithNone() {
    assertThat(health(0)).isEqualTo(Health.State.WAITING);
    assertThat(health(1)).isEqualTo(Health.State.DEGRADED);
    assertThat(health(2)).isEqualTo(Health.State.READY);
  }

  private static Health.State health(int ready) {
    var given = Given.pooler("{instances: 2}");
    var deployment =
        new DeploymentBuilder(given.wished(Deployment.class))
            .withNewStatus()
            .withReadyReplicas(ready)
            .endStatus()
            .build();
    var known = given.having(deployment);
    return new Pooler().health(known.cluster(), known.facts()).state();
  }

  private static String settings(Given given) {
    return given.wished(ConfigMap.class).getData().getOrDefault(PoolerConfig.SETTINGS, "");
  }
}
