package io.generalbots.operator.external.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.generalbots.operator.external.Sql;
import io.generalbots.operator.kernel.NotOurs;
import io.generalbots.operator.residents.Restraint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What is done to the server for a Tenant, from what is found there. */
class OpeningTest {

  private static final Credential FIRST = new Credential("ta_ac-me", "0123456789abcdef");
  private static final Credential SECOND = new Credential("tb_ac-me", "fedcba9876543210");
  private static final String MARK = "generalbots.io/tenant uid-1";
  private static final Found NOTHING = new Found(List.of(), Optional.empty());

  @Test
  void nobodyCanEnterTheDatabaseBeforeItIsClosedToThePublic() {
    var statements = change(NOTHING, step(false, false, FIRST)).statements();
    assertThat(statements).hasSize(7);
    assertThat(statements.get(0))
        .startsWith("CREATE ROLE \"t_ac-me\" NOLOGIN; GRANT tenants TO \"t_ac-me\"")
        .endsWith("COMMENT ON ROLE \"t_ac-me\" IS '" + MARK + "'");
    assertThat(statements.subList(1, 4))
        .containsExactly(
            "CREATE DATABASE \"t_ac-me\" OWNER \"t_ac-me\" ALLOW_CONNECTIONS false CONNECTION LIMIT"
                + " 9",
            "REVOKE ALL ON DATABASE \"t_ac-me\" FROM PUBLIC",
            "ALTER DATABASE \"t_ac-me\" ALLOW_CONNECTIONS true IS_TEMPLATE false CONNECTION LIMIT"
                + " 9");
    assertThat(statements.get(4)).contains("LOGIN CONNECTION LIMIT 9 PASSWORD 'SCRAM-SHA-256$");
    assertThat(statements).noneMatch(s -> s.contains(FIRST.password()));
  }

  @Test
  void nothingIsWrittenWhereAllIsAsItShouldBe() {
    var change = change(settled(), step(false, false, FIRST));
    assertThat(change.statements()).isEmpty();
    assertThat(change.ended()).containsExactly("tb_ac-me", "tm_ac-me");
  }

  @Test
  void aLoginThatIsNotNamedAnyMoreIsClosedAndItsSessionsEnd() {
    var change = change(settled(), step(false, false, SECOND));
    assertThat(change.statements())
        .last()
        .isEqualTo("ALTER ROLE \"ta_ac-me\" NOLOGIN PASSWORD NULL");
    assertThat(change.ended()).contains("ta_ac-me");
  }

  @Test
  void suspendedMeansThatNobodyLogsInAndEverySessionEnds() {
    var change = change(settled(), step(true, false, FIRST));
    assertThat(change.statements())
        .singleElement()
        .asString()
        .startsWith("ALTER ROLE \"ta_ac-me\" NOLOGIN CONNECTION LIMIT 9 PASSWORD");
    assertThat(change.ended()).containsExactly("ta_ac-me", "tb_ac-me", "tm_ac-me");
  }

  @Test
  void whoHasTooMuchWritesNothingUnlessItMeansTo() {
    var change = change(settled(), step(false, false, Restraint.READ_ONLY, true, FIRST));
    assertThat(change.statements())
        .containsExactly("ALTER ROLE \"ta_ac-me\" SET default_transaction_read_only = on");
    assertThat(change.ended()).containsExactly("ta_ac-me", "tb_ac-me", "tm_ac-me");
    // Cut off before the sessions ended: they end the next time.
    var again = change(held(true), step(false, false, Restraint.READ_ONLY, true, FIRST));
    assertThat(again.statements()).isEmpty();
    assertThat(again.ended()).contains("ta_ac-me");
    var later = change(held(true), step(false, false, Restraint.READ_ONLY, false, FIRST));
    assertThat(later.ended()).containsExactly("tb_ac-me", "tm_ac-me");
  }

  @Test
  void whoWentOnWritingIsClosedAndWhoMadeRoomIsFree() {
    var closing = change(held(true), step(false, false, Restraint.CLOSED, true, FIRST));
    assertThat(closing.statements())
        .singleElement()
        .asString()
        .startsWith("ALTER ROLE \"ta_ac-me\" NOLOGIN CONNECTION LIMIT 9 PASSWORD");
    assertThat(closing.ended()).containsExactly("ta_ac-me", "tb_ac-me", "tm_ac-me");
    var free = change(held(false), step(false, false, FIRST));
    assertThat(free.statements())
        .last()
        .isEqualTo("ALTER ROLE \"ta_ac-me\" RESET default_transaction_read_only");
    assertThat(free.statements()).anyMatch(s -> s.contains(" LOGIN CONNECTION LIMIT 9"));
    assertThat(free.ended()).contains("ta_ac-me");
  }

  @Test
  void whatATenantCanDoToItsOwnDatabaseIsTakenBack() {
    var database = new Database("t_ac-me", false, true, true, -1);
    var found = new Found(settled().roles(), Optional.of(database));
    assertThat(change(found, step(false, false, FIRST)).statements())
        .containsExactly(
            "REVOKE ALL ON DATABASE \"t_ac-me\" FROM PUBLIC",
            "ALTER DATABASE \"t_ac-me\" ALLOW_CONNECTIONS true IS_TEMPLATE false CONNECTION LIMIT"
                + " 9");
  }

  @Test
  void whatSomebodyElseHasIsLeftAlone() {
    refused("role t_ac-me", found(owner("")), false);
    refused("role t_ac-me", found(owner("generalbots.io/tenant uid-2")), true);
    refused("role t_ac-me", found(unbounded("t_ac-me", "")), true);
    refused("role ta_ac-me", found(owner(MARK), login(List.of())), true);
    refused("database t_ac-me", new Found(List.of(), database("t_ac-me")), true);
    refused("database t_ac-me", new Found(List.of(owner(MARK)), database("botserver")), true);
  }

  @Test
  void whatNobodyHasOrADeletedTenantLeftIsAdoptedOnDemand() {
    for (var mark : List.of("", "made by hand", "generalbots.io/kept uid-2")) {
      assertThat(change(found(owner(mark)), step(false, true, FIRST)).statements())
          .contains("COMMENT ON ROLE \"t_ac-me\" IS '" + MARK + "'");
    }
  }

  @Test
  void namesOfOthersAreNotTouched() {
    var others = step(false, false, new Credential("botserver", "0123456789abcdef"));
    assertThatThrownBy(() -> change(NOTHING, others)).isInstanceOf(IllegalArgumentException.class);
    for (var tenant : List.of("", "A", "a\"b", "a'b", "a\nb", "-a", "a".repeat(41), "a;b", "ä")) {
      assertThatThrownBy(() -> new Dwelling(tenant, "uid-1"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Dwelling("acme", "uid'"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textsAreQuoted() {
    assertThat(Sql.name("a\"b")).isEqualTo("\"a\"\"b\"");
    assertThat(Sql.text("a'b\\")).isEqualTo("'a''b\\'");
    assertThatThrownBy(() -> Sql.text("\0")).isInstanceOf(IllegalArgumentException.class);
  }

  /** What was handed over is open on another server: opening it here too would make two of it. */
  @Test
  void aDatabaseThatWasHandedOverStaysClosedUntilSomebodyOpensItAgain() {
    var mover = new Credential("tm_ac-me", "0123456789abcdef");
    var handed = handed(false);
    assertThat(change(handed, step(false, false, FIRST, mover)).statements())
        .noneMatch(s -> s.startsWith("ALTER DATABASE"));
    assertThat(handing(handed).reopen().statements())
        .containsExactly(
            "ALTER DATABASE \"t_ac-me\" ALLOW_CONNECTIONS true",
            "COMMENT ON ROLE \"tm_ac-me\" IS NULL");
    assertThat(handing(handed).shut().deeds())
        .containsExactly(
            new Deed.OnServer("COMMENT ON ROLE \"tm_ac-me\" IS 'generalbots.io/handed-over'"),
            new Deed.OnServer("ALTER DATABASE \"t_ac-me\" ALLOW_CONNECTIONS false"),
            new Deed.EndSessions(List.of("ta_ac-me", "tb_ac-me")));
  }

  /** The last latch before a copy goes: what is open may be in use. */
  @Test
  void aFormerCopyThatIsOpenIsNotRemoved() {
    assertThat(handing(handed(false)).removed(true).statements())
        .containsExactly(
            "DROP DATABASE \"t_ac-me\" WITH (FORCE)", "COMMENT ON ROLE \"tm_ac-me\" IS NULL");
    assertThatThrownBy(() -> handing(handed(true)).removed(true)).isInstanceOf(NotOurs.class);
    assertThat(handing(handed(true)).removed(false).statements())
        .contains("DROP DATABASE \"t_ac-me\" WITH (FORCE)");
    assertThat(handing(NOTHING).removed(false)).isEqualTo(Change.NONE);
    assertThatThrownBy(() -> handing(NOTHING).shut()).isInstanceOf(NotOurs.class);
  }

  private static Handing handing(Found found) {
    return new Handing(new Dwelling("ac-me", "uid-1"), found);
  }

  private static Found handed(boolean open) {
    var mover =
        new Role(
            "tm_ac-me",
            true,
            9,
            "generalbots.io/handed-over",
            "",
            List.of(),
            List.of("t_ac-me"),
            true);
    var roles = Stream.concat(settled().roles().stream(), Stream.of(mover)).toList();
    return new Found(roles, Optional.of(new Database("t_ac-me", open, false, false, 9)));
  }

  @Test
  void closingKeepsTheDataOrRemovesIt() {
    assertThat(closing(settled(), "uid-1", true).statements())
        .containsExactly(
            "ALTER ROLE \"ta_ac-me\" NOLOGIN PASSWORD NULL",
            "COMMENT ON ROLE \"t_ac-me\" IS 'generalbots.io/kept uid-1'");
    assertThat(closing(settled(), "uid-1", false).deeds())
        .containsExactly(
            new Deed.OnServer("ALTER ROLE \"ta_ac-me\" NOLOGIN PASSWORD NULL"),
            new Deed.OnServer("DROP DATABASE \"t_ac-me\" WITH (FORCE)"),
            new Deed.OnServer("DROP OWNED BY \"t_ac-me\", \"ta_ac-me\""),
            new Deed.Dropped("ta_ac-me", List.of("t_ac-me"), "gone_ta_uid-1"),
            new Deed.Dropped("t_ac-me", List.of("tenants"), "gone_t_uid-1"),
            new Deed.Swept(),
            new Deed.EndSessions(List.of("ta_ac-me", "tb_ac-me", "tm_ac-me")));
    assertThat(closing(settled(), "uid-2", false)).isEqualTo(Change.NONE);
    assertThat(closing(NOTHING, "uid-1", false)).isEqualTo(Change.NONE);
  }

  @Test
  void aTemplateIsNoneBeforeItIsRemovedAndWhatIsHalfRemovedIsOnlyRemoved() {
    assertThat(closing(with(new Database("t_ac-me", true, true, false, 9)), "uid-1", false))
        .extracting(Change::statements)
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .containsSubsequence(
            "ALTER DATABASE \"t_ac-me\" IS_TEMPLATE false",
            "DROP DATABASE \"t_ac-me\" WITH (FORCE)");
    assertThat(closing(with(new Database("t_ac-me", true, false, false, -2)), "uid-1", false))
        .extracting(Change::statements)
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .contains("DROP DATABASE \"t_ac-me\" WITH (FORCE)")
        .noneMatch(statement -> statement.startsWith("ALTER DATABASE"));
  }

  private static Found with(Database database) {
    return new Found(settled().roles(), Optional.of(database));
  }

  private static Change closing(Found found, String holder, boolean keep) {
    return Closing.of(new CloseDatabase("demo", "bots", "ac-me", holder, keep), found).change();
  }

  private static Change change(Found found, OpenDatabase step) {
    return Opening.of(step, found).change();
  }

  private static void refused(String what, Found found, boolean adopt) {
    assertThatThrownBy(() -> change(found, step(false, adopt, FIRST)))
        .isInstanceOf(NotOurs.class)
        .hasMessage(what);
  }

  private static OpenDatabase step(boolean suspended, boolean adopt, Credential... logins) {
    return step(suspended, adopt, Restraint.NONE, false, logins);
  }

  private static OpenDatabase step(
      boolean suspended, boolean adopt, Restraint restraint, boolean turned, Credential... logins) {
    return new OpenDatabase(
        "demo",
        "bots",
        Room.DATABASE,
        "ac-me",
        "uid-1",
        List.of(logins),
        9,
        suspended,
        adopt,
        restraint,
        turned);
  }

  private static Found settled() {
    return found(owner(MARK), login(List.of("t_ac-me")));
  }

  private static Found held(boolean open) {
    var settings =
        List.of("role=t_ac-me", "temp_file_limit=1GB", "default_transaction_read_only=on");
    var groups = List.of("t_ac-me");
    return found(
        owner(MARK), new Role("ta_ac-me", open, 9, "", Verifier.of(FIRST), settings, groups, true));
  }

  private static Found found(Role... roles) {
    return new Found(List.of(roles), database("t_ac-me"));
  }

  private static Optional<Database> database(String owner) {
    return Optional.of(new Database(owner, true, false, false, 9));
  }

  private static Role owner(String mark) {
    return new Role("t_ac-me", false, -1, mark, "", List.of(), List.of("tenants"), true);
  }

  private static Role unbounded(String name, String mark) {
    return new Role(name, false, -1, mark, "", List.of(), List.of("tenants"), false);
  }

  private static Role login(List<String> groups) {
    var settings = List.of("role=t_ac-me", "temp_file_limit=1GB");
    return new Role("ta_ac-me", true, 9, "", Verifier.of(FIRST), settings, groups, true);
  }
}
