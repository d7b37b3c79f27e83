package io.generalbots.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.golden.Case;
import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies of every case of the databases let through what the table of links says, and nothing
 * else: all pairs, all ports, both directions. Those who look like others are among them.
 */
class LinksTest {

  private static final Links LINKS = Links.written();

  /** Not yet those with a component that the table does not name. */
  static List<Case> cases() {
    return Case.all().stream().filter(LinksTest::isInTable).toList();
  }

  private static boolean isInTable(Case given) {
    var named =
        LINKS.all().stream()
            .flatMap(link -> Stream.of(link.from(), link.to()))
            .collect(Collectors.toSet());
    return Scene.of(given).policies().stream()
        .map(policy -> policy.getMetadata().getName().replaceFirst("demo-", ""))
        .allMatch(named::contains);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thePoliciesAllowTheLinksAndNothingElse(Case given) {
    var scene = Scene.of(given);
    assertThat(reached(scene, scene.policies(), given))
        .as("an unexpected line is open without a link; one not found has a link but is closed")
        .containsExactlyElementsOf(Links.allowed(LINKS.in(given, scene), scene));
  }

  @Test
  void everyLinkIsThereInSomeCase() {
    var there = new HashSet<Link>();
    cases().forEach(given -> there.addAll(LINKS.in(given, Scene.of(given))));
    assertThat(there).containsExactlyInAnyOrderElementsOf(LINKS.all());
  }

  @Test
  void noTwoLinksSayTheSame() {
    assertThat(LINKS.all())
        .flatExtracting(
            link ->
                link.allPorts().stream()
                    .map(port -> link.from() + " " + link.to() + " " + port + link.condition())
                    .toList())
        .doesNotHaveDuplicates();
  }

  /** Takes each rule away, and opens each for everybody and for every port: all of it shows. */
  @Test
  void aPolicyThatGetsWiderOrNarrowerShows() {
    var unseen = new HashSet<String>();
    var seen = new HashSet<String>();
    var tried = new HashSet<List<NetworkPolicy>>();
    for (var given : cases()) {
      var scene = Scene.of(given);
      if (!tried.add(scene.policies())) {
        continue;
      }
      var expected = Links.allowed(LINKS.in(given, scene), scene);
      for (var change : Changes.of(scene.policies())) {
        var shows = !reached(scene, change.policies(), given).equals(expected);
        (shows ? seen : unseen).add(change.name());
      }
    }
    unseen.removeAll(seen);
    assertThat(seen).hasSizeGreaterThan(40);
    assertThat(unseen).isEmpty();
  }

  private static SortedSet<String> reached(Scene scene, List<NetworkPolicy> policies, Case given) {
    return Reached.allowed(scene, policies, LINKS.in(given, scene));
  }
}
