package io.generalbots.operator.cluster.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the Services lead, and who says so. */
class NetworkTest {

  private static final Map<String, String> FIRST = Map.of(Names.POD_NAME, "demo-valkey-0");

  @Test
  void leadsToTheFirstServerUntilTheAgentsTakeOver() {
    assertThat(primary(new Given()).getSpec().getSelector()).isEqualTo(FIRST);
  }

  @Test
  void leavesTheServiceToTheAgentsOnceTheyHaveIt() {
    var given = new Given().servers(3).having(Given.set(3), Given.ledTo(2));
    assertThat(primary(given).getSpec().getSelector()).isNullOrEmpty();
  }

  @Test
  void takesTheServiceBackWhenOneServerIsLeftAndTheSentinelsAreGone() {
    var alone = new Given().valkey("{replicas: 1}").servers(1).having(Given.set(1), Given.ledTo(0));
    assertThat(primary(alone).getSpec().getSelector()).isEqualTo(FIRST);
    alone.having(sentinels());
    assertThat(primary(alone).getSpec().getSelector()).isNullOrEmpty();
  }

  @Test
  void opensTheWishedPortsOnly() {
    assertThat(primary(new Given().valkey("{tls: {mode: Disabled}}")).getSpec().getPorts())
        .extracting(ServicePort::getTargetPort)
        .containsExactly(new IntOrString(6379));
    assertThat(primary(new Given().valkey("{tls: {mode: Required}}")).getSpec().getPorts())
        .extracting(ServicePort::getPort, ServicePort::getTargetPort)
        .containsExactly(tuple(6379, new IntOrString(6380)), tuple(6380, new IntOrString(6380)));
  }

  private static Service primary(Given given) {
    return new Network(given.situation())
        .forServers().stream()
            .filter(Service.class::isInstance)
            .map(Service.class::cast)
            .filter(s -> s.getMetadata().getName().equals("demo-valkey"))
            .findFirst()
            .orElseThrow();
  }

  private static StatefulSet sentinels() {
    return new StatefulSetBuilder().withMetadata(Names.sentinels("demo").meta()).build();
  }
}
