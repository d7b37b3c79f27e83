package io.generalbots.operator.cluster.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.operator.kernel.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What pods see of a new authority: at every step each of them trusts what the others show. */
class AuthorityChangeTest {

  private static final Duration DECADE = Duration.ofDays(3650);

  private final Given given = new Given().rounds(2);

  @Test
  void anAuthorityNearItsEndKeepsItsKey() {
    var first = authority();
    given.later(DECADE.multipliedBy(2).dividedBy(3)).rounds(1);
    assertThat(authority().certificate()).isNotEqualTo(first.certificate());
    assertThat(authority().key()).isEqualTo(first.key());
    assertThat(authority().validity().until()).isEqualTo(given.now().plus(DECADE));
  }

  @Test
  void anAuthorityIsLeftAloneBefore() {
    var first = authority();
    given.later(DECADE.multipliedBy(2).dividedBy(3).minusDays(1)).rounds(2);
    assertThat(authority().certificate()).isEqualTo(first.certificate());
  }

  @Test
  void aNewAuthorityIsTrustedThenUsedThenAlone() {
    var former = given.served();
    replaceAuthority();

    var first = given.rounds(1).served();
    assertThat(first.identity()).isEqualTo(former.identity());
    assertThat(first.trust().authorities()).hasSize(2);

    var second = given.later(Settings.MOUNTING).rounds(1).served();
    assertThat(second.identity()).isNotEqualTo(former.identity());
    assertThat(second.trust()).isEqualTo(first.trust());

    var third = given.later(Settings.MOUNTING).rounds(1).served();
    assertThat(third.identity()).isEqualTo(second.identity());
    assertThat(third.trust().authorities()).containsExactly(authority().certificate());
    assertThat(given.later(Settings.MOUNTING).rounds(2).served()).isEqualTo(third);
  }

  @Test
  void podsThatReadAtDifferentTimesAlwaysTrustEachOther() {
    var seen = new ArrayList<Served>(List.of(given.served()));
    replaceAuthority();
    for (var step = 0; step < 4; step++) {
      seen.add(given.rounds(1).served());
      given.later(Settings.MOUNTING);
    }
    for (var i = 1; i < seen.size(); i++) {
      var older = seen.get(i - 1);
      var newer = seen.get(i);
      assertThat(older.trust().vouchesFor(newer.identity(), given.now())).isTrue();
      assertThat(newer.trust().vouchesFor(older.identity(), given.now())).isTrue();
    }
  }

  @Test
  void noStepIsTakenBeforePodsHadTimeToRead() {
    replaceAuthority();
    var first = given.rounds(1).served();
    given.later(Settings.MOUNTING.minusSeconds(1)).rounds(3);
    assertThat(given.served()).isEqualTo(first);
    assertThat(given.nextLook()).contains(given.now().plusSeconds(1));
  }

  @Test
  void whatNobodyAcceptsAnyMoreIsReplacedAtOnce() {
    replaceAuthority();
    given.later(Duration.ofDays(91)).rounds(2);
    assertThat(given.served().holds(given.now())).isTrue();
  }

  @Test
  void anotherSourceIsAnotherAuthority() {
    var own = authority();
    var company = new Company(given.entropy);
    given.provided("company-ca", company.authority()).certificates("{caSecretName: company-ca}");
    for (var step = 0; step < 4; step++) {
      given.rounds(1).later(Settings.MOUNTING);
    }
    assertThat(given.served().trust().authorities()).containsExactly(company.root());
    given.certificates("{}");
    for (var step = 0; step < 4; step++) {
      given.rounds(1).later(Settings.MOUNTING);
    }
    assertThat(given.served().trust().authorities()).containsExactly(own.certificate());
  }

  private void replaceAuthority() {
    given.without("Secret/demo-ca").rounds(1);
  }

  private Identity authority() {
    return OwnAuthority.of(given.cluster(), given.facts()).identity().orElseThrow();
  }
}
