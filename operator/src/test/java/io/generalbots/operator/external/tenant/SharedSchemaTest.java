package io.generalbots.operator.external.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.generalbots.operator.kernel.NotOurs;
import io.generalbots.operator.residents.Restraint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is done to the server for a Tenant with a schema, from what is found there. */
class SharedSchemaTest {

  private static final Credential FIRST = new Credential("ta_ac-me", "0123456789abcdef");
  private static final Credential KEEPER = new Credential(Foundation.KEEPER, "fedcba9876543210");
  private static final String MARK = "generalbots.io/tenant uid-1";
  private static final String PATH = "\"t_ac-me\", public, pg_temp";
  private static final Interior EMPTY =
      new Interior(Optional.empty(), List.of(), List.of(), List.of(), true, List.of());
  private static final Found NOTHING = new Found(List.of(), Optional.empty(), EMPTY);

  @Test
  void nobodyLogsInBeforeTheSchemaIsClosedToOthers() {
    var deeds = Opening.of(step(Room.SCHEMA), NOTHING).change().deeds();
    assertThat(deeds.get(0))
        .isEqualTo(
            new Deed.OnServer(
                "CREATE ROLE \"t_ac-me\" NOLOGIN; GRANT tenants TO \"t_ac-me\" WITH INHERIT FALSE,"
                    + " SET FALSE; GRANT shared_tenants TO \"t_ac-me\" WITH INHERIT FALSE, SET"
                    + " FALSE; COMMENT ON ROLE \"t_ac-me\" IS '"
                    + MARK
                    + "'"));
    assertThat(deeds.subList(1, 6))
        .containsExactly(
            new Deed.InShared("REVOKE ALL ON SCHEMA public FROM PUBLIC"),
            new Deed.InShared("CREATE SCHEMA \"t_ac-me\""),
            new Deed.InShared("GRANT CREATE, USAGE ON SCHEMA \"t_ac-me\" TO \"t_ac-me\""),
            new Deed.InShared("GRANT USAGE ON SCHEMA public TO \"t_ac-me\""),
            new Deed.InShared(
                "GRANT CONNECT, TEMPORARY ON DATABASE \"shared_tenants\" TO \"t_ac-me\""));
    assertThat(new Change(deeds.subList(6, deeds.size())).statements())
        .first()
        .asString()
        .startsWith("CREATE ROLE \"ta_ac-me\" LOGIN CONNECTION LIMIT 9 PASSWORD 'SCRAM-SHA-256$");
    assertThat(new Change(deeds).statements())
        .contains("ALTER ROLE \"ta_ac-me\" SET search_path = " + PATH)
        .noneMatch(s -> s.contains(FIRST.password()));
  }

  @Test
  void nothingIsWrittenWhereAllIsAsItShouldBe() {
    var change = Opening.of(step(Room.SCHEMA), settled()).change();
    assertThat(change.statements()).isEmpty();
    assertThat(change.ended()).containsExactly("tb_ac-me", "tm_ac-me");
  }

  @Test
  void aPathThatATenantChangedForItsLoginIsPinnedAgain() {
    var found = found(login("role=t_ac-me", "temp_file_limit=1GB", "search_path=evil"), inside());
    assertThat(Opening.of(step(Room.SCHEMA), found).change().statements())
        .containsExactly("ALTER ROLE \"ta_ac-me\" SET search_path = " + PATH);
    assertThat(SharedSchema.path("t_acme")).isEqualTo("t_acme, public, pg_temp");
  }

  @Test
  void whatIsNotItsOwnIsLeftAlone() {
    var database = Optional.of(new Database("t_ac-me", true, false, false, 9));
    var beside = new Found(settled().roles(), database, inside());
    refused("database t_ac-me", Room.SCHEMA, beside);
    refused("role t_ac-me", Room.DATABASE, settled());
    var planted =
        new Interior(Optional.of("postgres"), List.of(), List.of(), List.of(), false, List.of());
    refused("schema t_ac-me", Room.SCHEMA, new Found(settled().roles(), Optional.empty(), planted));
  }

  @Test
  void sessionsEndBeforeAnythingGoesAndRolesGoLast() {
    var change = closing(settled(), false);
    assertThat(change.deeds())
        .containsExactly(
            new Deed.OnServer("ALTER ROLE \"ta_ac-me\" NOLOGIN PASSWORD NULL"),
            new Deed.EndSessions(List.of("ta_ac-me", "tb_ac-me", "tm_ac-me")),
            new Deed.OnServer(
                "GRANT \"t_ac-me\", \"ta_ac-me\" TO \"shared_tenants_keeper\" WITH INHERIT TRUE,"
                    + " SET FALSE"),
            new Deed.Emptied("t_ac-me"),
            new Deed.InShared("DROP SCHEMA \"t_ac-me\" CASCADE"),
            new Deed.InShared("DROP OWNED BY \"t_ac-me\", \"ta_ac-me\" CASCADE"),
            new Deed.OnServer("DROP OWNED BY \"t_ac-me\", \"ta_ac-me\""),
            new Deed.Dropped("ta_ac-me", List.of("t_ac-me"), "gone_ta_uid-1"),
            new Deed.Dropped("t_ac-me", List.of("tenants", "shared_tenants"), "gone_t_uid-1"),
            new Deed.Swept(),
            new Deed.EndSessions(List.of("ta_ac-me", "tb_ac-me", "tm_ac-me")));
  }

  /** Whoever gives a role something keeps it from going, and is asked for the right to take it. */
  @Test
  void whatOthersGaveIsTakenBackWithTheirRightsAndTheseAreReturned() {
    var given =
        new Interior(Optional.empty(), List.of(), List.of(), List.of(), false, List.of("t_giver"));
    var change = closing(new Found(settled().roles(), Optional.empty(), given), false);
    assertThat(change.statements())
        .containsSubsequence(
            "GRANT \"t_ac-me\", \"ta_ac-me\", \"t_giver\" TO \"shared_tenants_keeper\" WITH INHERIT"
                + " TRUE, SET FALSE",
            "DROP OWNED BY \"t_ac-me\", \"ta_ac-me\" CASCADE",
            "REVOKE \"t_giver\" FROM \"shared_tenants_keeper\"")
        .noneMatch(s -> s.startsWith("DROP SCHEMA"));
  }

  @Test
  void whatIsKeptIsClosedAndOnlyMarked() {
    assertThat(closing(settled(), true).statements())
        .containsExactly(
            "ALTER ROLE \"ta_ac-me\" NOLOGIN PASSWORD NULL",
            "COMMENT ON ROLE \"t_ac-me\" IS 'generalbots.io/kept uid-1'");
  }

  @Test
  void theSharedDatabaseIsMadeOnceAndClosedBeforeAnybodyCanComeIn() {
    var nothing = new Found(List.of(), Optional.empty());
    var statements = new Foundation(KEEPER, nothing).change().statements();
    assertThat(statements).hasSize(5);
    assertThat(statements.get(0)).isEqualTo("CREATE ROLE \"shared_tenants\" NOLOGIN");
    assertThat(statements.get(1))
        .startsWith("CREATE ROLE \"shared_tenants_keeper\" LOGIN CONNECTION LIMIT 20 PASSWORD 'S")
        .doesNotContain(KEEPER.password(), "CREATEROLE", "CREATEDB");
    assertThat(statements.subList(2, 5))
        .containsExactly(
            "CREATE DATABASE \"shared_tenants\" OWNER \"shared_tenants_keeper\" ALLOW_CONNECTIONS"
                + " false",
            "REVOKE ALL ON DATABASE \"shared_tenants\" FROM PUBLIC",
            "ALTER DATABASE \"shared_tenants\" ALLOW_CONNECTIONS true");
    assertThat(new Foundation(KEEPER, made(Foundation.KEEPER, true)).change())
        .isEqualTo(Change.NONE);
  }

  @Test
  void aDatabaseOfThatNameThatSomebodyElseMadeIsNotTaken() {
    refused("database shared_tenants", made("botserver", true));
    refused("role shared_tenants_keeper", made(Foundation.KEEPER, false));
  }

  private static void refused(String what, Found found) {
    assertThatThrownBy(() -> new Foundation(KEEPER, found).change())
        .isInstanceOf(NotOurs.class)
        .hasMessage(what);
  }

  private static void refused(String what, Room room, Found found) {
    assertThatThrownBy(() -> Opening.of(step(room), found))
        .isInstanceOf(NotOurs.class)
        .hasMessage(what);
  }

  private static Found made(String owner, boolean bounded) {
    var none = List.<String>of();
    var verifier = Verifier.of(KEEPER);
    return new Found(
        List.of(
            new Role("shared_tenants", false, -1, "", "", none, none, true),
            new Role(Foundation.KEEPER, true, 20, "", verifier, none, none, bounded)),
        Optional.of(new Database(owner, true, false, false, -1)));
  }

  private static Change closing(Found found, boolean keep) {
    return Closing.of(new CloseDatabase("demo", "bots", "ac-me", "uid-1", keep), found).change();
  }

  private static OpenDatabase step(Room room) {
    return new OpenDatabase(
        "demo",
        "bots",
        room,
        "ac-me",
        "uid-1",
        List.of(FIRST),
        9,
        false,
        false,
        Restraint.NONE,
        false);
  }

  private static Found settled() {
    return found(login("role=t_ac-me", "temp_file_limit=1GB", "search_path=" + PATH), inside());
  }

  private static Found found(Role login, Interior interior) {
    var groups = List.of("tenants", "shared_tenants");
    var owner = new Role("t_ac-me", false, -1, MARK, "", List.of(), groups, true);
    return new Found(List.of(owner, login), Optional.empty(), interior);
  }

  private static Role login(String... settings) {
    var groups = List.of("t_ac-me");
    var all = List.of(settings);
    return new Role("ta_ac-me", true, 9, "", Verifier.of(FIRST), all, groups, true);
  }

  private static Interior inside() {
    return new Interior(
        Optional.of(Foundation.KEEPER),
        List.of("CREATE", "USAGE"),
        List.of("USAGE"),
        List.of("CONNECT", "TEMPORARY"),
        false,
        List.of());
  }
}
