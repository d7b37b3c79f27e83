package io.generalbots.operator.rbac;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.operator.golden.Case;
import io.generalbots.operator.golden.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules, taken apart into single rights. */
public final class Rights {

  /** Where the rules of the chart are: plain YAML, which its templates include. */
  private static final Path CHART = Path.of("..", "charts", "generalbots-operator", "files");

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private Rights() {}

  /** What the chart grants, namespace by namespace. */
  static SortedSet<Right> ofChart() {
    return ofFile(CHART.resolve("rules.yaml"));
  }

  /** What the chart grants beside, namespace by namespace, where external-dns is used. */
  static SortedSet<Right> ofExternalDns() {
    return ofFile(CHART.resolve("external-dns-rules.yaml"));
  }

  /** What the chart grants everywhere. */
  public static SortedSet<Right> clusterWide() {
    return ofFile(CHART.resolve("cluster-rules.yaml"));
  }

  /** What the chart grants everywhere to whoever asks kubelets how full volumes are. */
  public static SortedSet<Right> ofKubelets() {
    return ofFile(CHART.resolve("kubelet-rules.yaml"));
  }

  /** What the chart grants beside, for one name in the operator's own namespace. */
  static SortedSet<Right> ofKubeletTokens() {
    return ofFile(CHART.resolve("kubelet-token-rules.yaml"));
  }

  private static SortedSet<Right> ofFile(Path rules) {
    var role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nrules:\n";
    return of(YAML.unmarshal(role + read(rules), ClusterRole.class).getRules());
  }

  /**
   * What the roles of pods hold, as the golden cases render them. Kubernetes lets the operator give
   * only what it has itself.
   */
  public static SortedSet<Right> handedOn() {
    return of(
        Case.all().stream()
            .flatMap(given -> World.settled(given).stream())
            .filter(Role.class::isInstance)
            .flatMap(role -> ((Role) role).getRules().stream())
            .toList());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rights these rules grant, whatever the names of the objects. */
  public static SortedSet<Right> of(Collection<PolicyRule> rules) {
    return rules.stream().flatMap(Rights::of).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<Right> of(PolicyRule rule) {
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .flatMap(
                        resource ->
                            rule.getVerbs().stream()
                                .map(verb -> new Right(group, resource, verb))));
  }
}
