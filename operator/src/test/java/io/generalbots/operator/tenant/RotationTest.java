package io.generalbots.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.external.tenant.OpenDatabase;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.tenant.place.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens when: what clients read works, and nothing works for longer than it has to. */
class RotationTest {

  private static final Duration GRACE = Duration.ofMinutes(5);

  private static final int TURNS = 400;

  private final Household household = new Household(Tenants.openCluster());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void thePublishedLoginIsValidAndTheFormerEnds(long seed) {
    var random = new Random(seed);
    household.settle();
    var seen = 0;
    for (var turn = 0; turn < TURNS; turn++) {
      happen(random, turn);
      var isOver = isOver();
      household.round();
      assertThat(valid()).as("turn %d", turn).hasSizeBetween(1, 2).contains(published());
      if (isOver) {
        assertThat(valid()).as("turn %d", turn).containsExactly(published());
      }
      seen = Math.max(seen, generation("acme-seed"));
      assertThat(opened()).allMatch(logins -> logins <= 2);
    }
    assertThat(seen).as("generations").isGreaterThan(2);
  }

  private void happen(Random random, int turn) {
    switch (random.nextInt(6)) {
      case 0 -> household.annotate("generalbots.io/rotate", "turn " + turn);
      case 1 -> household.holdUp(Optional.of("no answer"));
      case 2, 3 -> household.holdUp(Optional.empty());
      case 4 -> household.pass(Duration.ofSeconds(random.nextInt(600)));
      default -> household.pass(Duration.ofDays(random.nextInt(40)));
    }
  }

  /** Whether the newest login was published so long ago that the one before is to be gone. */
  private boolean isOver() {
    var since = annotation("acme-valkey", "generalbots.io/published-at");
    return generation("acme-valkey") == generation("acme-seed")
        && !household.now().isBefore(Instant.parse(since).plus(GRACE));
  }

  private int generation(String secret) {
    var said = annotation(secret, "generalbots.io/generation");
    return said.isEmpty() ? 0 : Integer.parseInt(said);
  }

  private String annotation(String secret, String key) {
    return Objects.annotations(household.secret(secret)).getOrDefault(key, "");
  }

  private String published() {
    return Secrets.text(household.secret("acme-valkey"), "username");
  }

  private List<String> valid() {
    return household.registration().orElseThrow().cache().stream().map(Login::name).toList();
  }

  private List<Integer> opened() {
    return household.steps().stream()
        .filter(OpenDatabase.class::isInstance)
        .map(step -> ((OpenDatabase) step).logins().size())
        .toList();
  }
}
