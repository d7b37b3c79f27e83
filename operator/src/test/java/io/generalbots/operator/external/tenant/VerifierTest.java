package io.generalbots.operator.external.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What is written in place of a password. */
class VerifierTest {

  private static final Credential LOGIN = new Credential("ta_acme", "correct-horse-battery");

  /** The example of RFC 7677, whose user is called user and whose password is pencil. */
  @Test
  void isWhatAServerExpects() throws Exception {
    assertThat(Verifier.of("pencil", Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==")))
        .isEqualTo(
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
                + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
                + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
  }

  @Test
  void isTheSameEveryTimeAndAnotherForEveryRoleAndPassword() {
    assertThat(Verifier.of(LOGIN))
        .isEqualTo(Verifier.of(new Credential("ta_acme", "correct-horse-battery")))
        .isNotEqualTo(Verifier.of(new Credential("tb_acme", "correct-horse-battery")))
        .isNotEqualTo(Verifier.of(new Credential("ta_acme", "correct-horse-battery2")));
    assertThat(Verifier.of(LOGIN)).doesNotContain("horse");
  }

  @Test
  void refusesWhatIsNoPasswordAndDoesNotTellIt() {
    for (var password :
        new String[] {"", "short", "with a blank in the middle", "ümläut-ümläut-ü"}) {
      assertThatThrownBy(() -> Verifier.of(new Credential("ta_acme", password)))
          .hasMessage("the password of ta_acme cannot be used");
    }
  }
}
