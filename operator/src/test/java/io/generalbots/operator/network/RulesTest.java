package io.generalbots.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies mean here what the documentation of Kubernetes says they mean. */
class RulesTest {

  private static final Actor SERVER =
      new Actor("db", "bots", Map.of("role", "db"), "10.244.1.1", Map.of("sql", 5432));

  private static final List<Actor> CLIENTS =
      List.of(
          Actor.pod("front", "bots", Map.of("role", "front")),
          Actor.pod("plain", "bots", Map.of()),
          Actor.pod("foreign front", "other", Map.of("role", "front")),
          Actor.outside("near", "172.17.0.9"),
          Actor.outside("nearer", "172.17.1.9"));

  private static Rules rules(String... specs) {
    return new Rules(Arrays.stream(specs).map(RulesTest::policy).toList());
  }

  private static NetworkPolicy policy(String spec) {
    var yaml =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: a, namespace: bots}
        spec: %s
        """;
    return new KubernetesSerialization().unmarshal(yaml.formatted(spec), NetworkPolicy.class);
  }

  private static List<String> letIn(Rules rules, Port port) {
    return CLIENTS.stream()
        .filter(c -> !rules.in(c, SERVER, List.of(port)).isEmpty())
        .map(Actor::name)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{podSelector: {}}|",
        "{podSelector: {matchLabels: {role: web}}}|front,plain,foreign front,near,nearer",
        "{podSelector: {}, policyTypes: [Egress]}|front,plain,foreign front,near,nearer",
        "{podSelector: {}, ingress: [{}]}|front,plain,foreign front,near,nearer",
        "{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}|front,plain",
        "{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {role: front}}}]}]}|front",
        "{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}|front,plain,foreign front",
        "{podSelector: {}, ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels:"
            + " {role: front}}}]}]}|front,foreign front",
        "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels:"
            + " {kubernetes.io/metadata.name: other}}}, {podSelector: {matchLabels: {role:"
            + " front}}}]}]}|front,foreign front",
        "{podSelector: {}, ingress: [{from: [{podSelector: {matchExpressions: [{key: role,"
            + " operator: Exists}]}}]}]}|front",
        "{podSelector: {}, ingress: [{from: [{podSelector: {matchExpressions: [{key: role,"
            + " operator: DoesNotExist}]}}]}]}|plain",
        "{podSelector: {}, ingress: [{from: [{podSelector: {matchExpressions: [{key: role,"
            + " operator: NotIn, values: [front]}]}}]}]}|plain",
        "{podSelector: {}, ingress: [{from: [{podSelector: {matchExpressions: [{key: role,"
            + " operator: In, values: [a, front]}]}}]}]}|front",
        "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 172.17.0.0/16}}]}]}|near,nearer",
        "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 172.17.0.0/16, except:"
            + " [172.17.1.0/24]}}]}]}|near"
      })
  void peersAreWhoTheSelectorsSay(String spec, String names) {
    var expected = names == null ? List.of() : List.of((Object[]) names.split(","));
    assertThat(letIn(rules(spec), Port.tcp(5432))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|5432,53/UDP,8008",
        "[{port: 5432}]|5432",
        "[{port: sql}]|5432",
        "[{port: other}]|",
        "[{port: 53, protocol: UDP}]|53/UDP",
        "[{protocol: UDP}]|53/UDP",
        "[{port: 5000, endPort: 9000}]|5432,8008",
        "[{port: 5432}, {port: 53, protocol: UDP}]|5432,53/UDP"
      })
  void portsAreNumbersNamesAndRanges(String ports, String open) {
    var rules = rules("{podSelector: {}, ingress: [{ports: %s}]}".formatted(ports));
    var expected = open == null ? List.<String>of() : List.of(open.split(","));
    var tried = List.of(Port.tcp(5432), Port.udp(53), Port.tcp(8008));
    assertThat(rules.in(CLIENTS.get(0), SERVER, tried))
        .extracting(Port::toString)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void policiesAddUp() {
    var rules =
        rules(
            "{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {role: front}}}]}]}",
            "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 172.17.1.9/32}}]}]}");
    assertThat(letIn(rules, Port.tcp(1))).containsExactly("front", "nearer");
  }

  @Test
  void whatGoesOutIsClosedByItsOwnType() {
    var ports = List.of(Port.tcp(5432), Port.tcp(5433));
    assertThat(out("{podSelector: {}}", SERVER, ports)).isEqualTo(ports);
    assertThat(out("{podSelector: {}, policyTypes: [Egress]}", SERVER, ports)).isEmpty();
    var named = "{podSelector: {}, egress: [{to: [{podSelector: {}}], ports: [{port: sql}]}]}";
    assertThat(out(named, SERVER, ports)).containsExactly(Port.tcp(5432));
    assertThat(out(named, CLIENTS.get(2), ports)).isEmpty();
  }

  private static List<Port> out(String spec, Actor to, List<Port> ports) {
    return List.copyOf(rules(spec).out(CLIENTS.get(1), to, ports));
  }
}
