package io.generalbots.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.generalbots.operator.golden.Case;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies of every case let through what the table of links says, and nothing else: all pairs,
 * all ports, both directions. Those who look like others are among them.
 */
class LinksTest {

  private static final Links LINKS = Links.written();

  static List<Case> cases() {
    return Case.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void thePoliciesAllowTheLinksAndNothingElse(Case given) {
    var scene = Scene.of(given);
    var links = LINKS.in(scene);
    var reached = Reached.in(scene, links);
    for (var component : scene.components().stream().filter(Actor::isPod).toList()) {
      assertThat(reached.by(scene.policies(), component))
          .as("an unexpected line is open without a link; one not found has a link but is closed")
          .containsExactlyElementsOf(links.of(component, scene, reached.ports()));
    }
  }

  @Test
  void everyLinkIsThereInSomeCase() {
    var there = new HashSet<Link>();
    cases().forEach(given -> there.addAll(LINKS.in(Scene.of(given)).all()));
    assertThat(there).containsExactlyInAnyOrderElementsOf(LINKS.all());
  }

  @Test
  void noTwoLinksSayTheSame() {
    assertThat(LINKS.all())
        .flatExtracting(
            link ->
                link.ports().stream()
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
      if (tried.add(scene.policies())) {
        var reached = Reached.in(scene, LINKS.in(scene));
        Changes.of(scene.policies())
            .forEach(change -> (shows(change, reached) ? seen : unseen).add(change.name()));
      }
    }
    unseen.removeAll(seen);
    assertThat(seen).hasSizeGreaterThan(100);
    assertThat(unseen).isEmpty();
  }

  /** On those whom the changed policy selects; it says nothing of others. */
  private static boolean shows(Changes.Change change, Reached reached) {
    var scene = reached.scene();
    return scene.components().stream()
        .filter(Actor::isPod)
        .filter(c -> Selectors.selects(change.changed().getSpec().getPodSelector(), c.labels()))
        .anyMatch(c -> !reached.by(change.policies(), c).equals(reached.by(scene.policies(), c)));
  }
}
