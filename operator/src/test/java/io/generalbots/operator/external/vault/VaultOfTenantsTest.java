package io.generalbots.operator.external.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.kernel.NotOurs;
import io.generalbots.operator.kernel.Unfinished;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Namespaces of Tenants in a real OpenBao, where the property openbao names the program. */
class VaultOfTenantsTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final String TABLES = "secret/data/gbo/tables";
  private static final String FORMER = "former0123456789abcdef0123456789abcdef01234567";
  private static final String NEXT = "next00123456789abcdef0123456789abcdef012345678";

  private static LoneVault vault;

  @BeforeAll
  static void start(@TempDir Path folder) {
    Assumptions.assumeTrue(LoneVault.program().isPresent(), "-Dopenbao=PROGRAM");
    vault = LoneVault.in(folder, VERTX);
  }

  @AfterAll
  static void stop() {
    if (vault != null) {
      vault.close();
    }
    VERTX.close();
  }

  @Test
  void whoHasATokenReadsItsOwnNamespaceAndNothingElse() {
    vault.awaitDone(open("one", "u-1", Map.of("host", "of-one"), FORMER + "1"));
    vault.awaitDone(open("two", "u-2", Map.of("host", "of-two"), FORMER + "2"));
    assertThat(vault.read(FORMER + "1", "t-one/" + TABLES)).isEqualTo("of-one");
    assertThat(vault.read(FORMER + "2", "t-two/" + TABLES)).isEqualTo("of-two");
    refused(FORMER + "1", "t-two/" + TABLES);
    refused(FORMER + "1", TABLES);
    refused(FORMER + "1", "sys/namespaces/t-one");
    refused(FORMER + "1", "auth/token/lookup-self");
  }

  @Test
  void anEntryThatIsAsWishedKeepsItsVersionAndOneThatIsNotWantedGoes() {
    var step = open("kept", "u-3", Map.of("host", "same"), FORMER + "3");
    vault.awaitDone(step);
    vault.awaitDone(step);
    assertThat(vault.version("t-kept/" + TABLES)).isEqualTo(1);
    vault.awaitDone(open("kept", "u-3", Map.of("host", "other"), FORMER + "3"));
    assertThat(vault.version("t-kept/" + TABLES)).isEqualTo(2);
    vault.awaitDone(
        new OpenVault(
            vault.access(),
            new Chamber("kept", "u-3"),
            List.of(),
            new TreeMap<>(),
            List.of("tables"),
            false));
    try (var session = Session.open(VERTX, vault.access())) {
      assertThat(session.ask("t-kept/" + TABLES)).isEmpty();
    }
  }

  @Test
  void theFormerTokenEndsWhenItIsNoLongerWished() {
    vault.awaitDone(open("turn", "u-4", Map.of("host", "x"), FORMER));
    vault.awaitDone(open("turn", "u-4", Map.of("host", "x"), NEXT, FORMER));
    assertThat(vault.read(FORMER, "t-turn/" + TABLES)).isEqualTo("x");
    assertThat(vault.read(NEXT, "t-turn/" + TABLES)).isEqualTo("x");
    vault.awaitDone(open("turn", "u-4", Map.of("host", "x"), NEXT));
    refused(FORMER, "t-turn/" + TABLES);
    assertThat(vault.read(NEXT, "t-turn/" + TABLES)).isEqualTo("x");
  }

  @Test
  void theSuspendedIsOutAndComesBackWithTheSameToken() {
    var step = open("shut", "u-5", Map.of("host", "x"), FORMER + "5");
    vault.awaitDone(step);
    vault.awaitDone(open("shut", "u-5", Map.of("host", "x")));
    refused(FORMER + "5", "t-shut/" + TABLES);
    vault.awaitDone(step);
    assertThat(vault.read(FORMER + "5", "t-shut/" + TABLES)).isEqualTo("x");
  }

  @Test
  void whatAnotherHoldsIsNotTakenAndWhatIsKeptOnlyIfSaid() {
    vault.awaitDone(open("held", "u-6", Map.of("host", "x"), FORMER + "6"));
    var other = open("held", "u-7", Map.of("host", "y"), FORMER + "7");
    assertThatThrownBy(() -> vault.perform(other)).isInstanceOf(NotOurs.class);
    assertThatThrownBy(() -> vault.perform(adopting(other))).isInstanceOf(NotOurs.class);
    vault.awaitDone(new CloseVault(vault.access(), new Chamber("held", "u-7"), false));
    assertThat(vault.read(FORMER + "6", "t-held/" + TABLES)).isEqualTo("x");
    var keep = new CloseVault(vault.access(), new Chamber("held", "u-6"), true);
    vault.awaitDone(keep);
    vault.awaitDone(keep);
    refused(FORMER + "6", "t-held/" + TABLES);
    assertThatThrownBy(() -> vault.perform(other)).isInstanceOf(NotOurs.class);
    vault.awaitDone(adopting(other));
    assertThat(vault.read(FORMER + "7", "t-held/" + TABLES)).isEqualTo("y");
  }

  @Test
  void whatIsRemovedIsGoneWithItsLogins() {
    vault.awaitDone(open("gone", "u-8", Map.of("host", "x"), FORMER + "8"));
    var end = new CloseVault(vault.access(), new Chamber("gone", "u-8"), false);
    vault.awaitDone(end);
    refused(FORMER + "8", "t-gone/" + TABLES);
    try (var session = Session.open(VERTX, vault.access())) {
      assertThat(session.ask("sys/namespaces/t-gone")).isEmpty();
      assertThat(session.list("sys/policies/acl")).noneMatch(p -> p.startsWith("t-gone."));
    }
    vault.awaitDone(end);
  }

  @Test
  void theLoginsOfANameThatBeginsAlikeStay() {
    vault.awaitDone(open("a", "u-9", Map.of("host", "x"), FORMER + "9"));
    vault.awaitDone(open("a-b", "u-10", Map.of("host", "x"), FORMER + "10"));
    vault.awaitDone(open("a", "u-9", Map.of("host", "x")));
    assertThat(vault.read(FORMER + "10", "t-a-b/" + TABLES)).isEqualTo("x");
  }

  @Test
  void aVaultThatDoesNotAnswerIsWaitedFor() {
    var nowhere = new Access("http://127.0.0.1:1", "", new SignIn.Token("none"));
    var end = new CloseVault(nowhere, new Chamber("acme", "u-1"), true);
    assertThatThrownBy(() -> vault.perform(end))
        .isInstanceOf(Unfinished.class)
        .hasMessageContaining("Unreachable");
  }

  private static OpenVault open(
      String tenant, String holder, Map<String, String> tables, String... tokens) {
    var entries = new TreeMap<>(Map.of("tables", new TreeMap<>(tables)));
    return new OpenVault(
        vault.access(),
        new Chamber(tenant, holder),
        Arrays.stream(tokens).map(t -> new Credential("t-" + tenant, t)).toList(),
        new TreeMap<>(entries),
        List.of(),
        false);
  }

  private static OpenVault adopting(OpenVault step) {
    return new OpenVault(
        step.access(), step.chamber(), step.logins(), step.entries(), step.obsolete(), true);
  }

  private static void refused(String token, String path) {
    try (var session = Session.open(VERTX, vault.access(token))) {
      assertThatThrownBy(() -> session.ask(path))
          .isInstanceOf(VaultTrouble.class)
          .hasMessageContaining("403");
    }
  }
}
