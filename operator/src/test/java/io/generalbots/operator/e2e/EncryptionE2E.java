package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.operator.kernel.SecureEntropy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever should read encrypted data can, also after a failover and with another key; others, and
 * whoever has the disk, cannot. The statements are those of the guide.
 */
@Timeout(600)
@TestMethodOrder(OrderAnnotation.class)
@Thorough
class EncryptionE2E {

  private static final String NAMESPACE = "e2e-encryption";
  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final EncryptionCluster CLUSTER = new EncryptionCluster(CLIENT, NAMESPACE);
  private static final PostgresCluster POSTGRES = CLUSTER.postgres();
  private static final S3Pod S3 = new S3Pod(CLIENT, NAMESPACE);
  private static final String READ =
      "SELECT pgp_sym_decrypt(v, current_setting('app.encryption_key')) FROM kept";

  /** What another login may try. */
  private static final List<String> TRIES =
      List.of(
          "SHOW app.encryption_key",
          "SELECT current_setting('app.encryption_key', true)",
          "SHOW ALL",
          "SELECT * FROM pg_settings",
          "SELECT * FROM pg_db_role_setting",
          "SELECT * FROM pg_roles",
          "SELECT * FROM pg_user",
          "SELECT * FROM pg_shadow",
          "SELECT * FROM pg_authid",
          "SELECT * FROM pg_file_settings",
          "SELECT * FROM pg_stat_activity",
          "SELECT * FROM pg_proc WHERE pronamespace = 'generalbots'::regnamespace",
          "SELECT pg_read_file('/etc/encryption/data-key')",
          "SELECT pg_read_binary_file('/etc/encryption/data-key')",
          "SELECT pg_ls_dir('/etc/encryption')",
          "SELECT lo_import('/etc/encryption/data-key')",
          "CREATE TEMP TABLE t (x text); COPY t FROM '/etc/encryption/data-key'; TABLE t",
          "CREATE TEMP TABLE t (x text); COPY t FROM PROGRAM 'cat /etc/encryption/data-key'; TABLE t",
          "SELECT generalbots.unlock(); SHOW app.encryption_key",
          "SET ROLE botserver; SHOW app.encryption_key",
          "SET SESSION AUTHORIZATION botserver; SELECT generalbots.unlock(); SHOW app.encryption_key",
          "CREATE EXTENSION file_fdw",
          "CREATE EVENT TRIGGER mine ON login EXECUTE FUNCTION generalbots.on_login()");

  private static String client = "";

  @BeforeAll
  static void oneSmallCluster() {
    CLUSTER.create();
    var pod = CLIENT.resource(ClientPod.of(NAMESPACE, "client-")).create();
    CLIENT.pods().resource(pod).waitUntilReady(120, TimeUnit.SECONDS);
    client = pod.getMetadata().getName();
    S3.start();
    sql("botserver", "CREATE DATABASE later");
    sql("later", "CREATE TABLE kept (v bytea)");
    sql(
        "later",
        "INSERT INTO kept VALUES (pgp_sym_encrypt('kept-' || 7 * 6 || '-secret',"
            + " current_setting('app.encryption_key'), 'cipher-algo=aes256'))");
    POSTGRES.sql(POSTGRES.primary(), "CREATE ROLE other LOGIN CREATEDB PASSWORD 'other'");
  }

  @AfterAll
  static void remove() {
    S3.remove();
    CLIENT.pods().inNamespace(NAMESPACE).withName(client).delete();
    CLUSTER.close();
  }

  @Test
  @Order(1)
  void objectsAreEncryptedWithTheKeyOfTheSecret() {
    var gateway = CLUSTER.drive().pods("s3").get(0).getMetadata().getName();
    var used = POSTGRES.exec(gateway, "printenv", "WEED_S3_SSE_KEK");
    assertThat(used.equals(CLUSTER.key("drive-key"))).isTrue();
    var secret = S3.run("openssl rand -hex 32 | tee secret.txt");
    var control = S3.run("openssl rand -hex 32 | tee control.txt");
    assertThat(S3.run("code s3 -X PUT \"$ENDPOINT/control\"")).isEqualTo("200");
    assertThat(S3.run("code s3 -T control.txt \"$ENDPOINT/control/c\"")).isEqualTo("200");
    assertThat(S3.run("code s3 -T secret.txt \"$ENDPOINT/$BUCKET/s\"")).isEqualTo("200");
    assertThat(S3.run("s3 \"$ENDPOINT/$BUCKET/s\"")).isEqualTo(secret);
    assertThat(CLUSTER.drive().serversThatHold(control)).isOne();
    assertThat(CLUSTER.drive().serversThatHold(secret)).isZero();
  }

  @Test
  @Order(2)
  void whatTheGuideSaysWorksThroughThePooler() {
    remember();
    assertThat(sql("botserver", guide(1))).isEqualTo("name|Ada");
    assertThat(sql("botserver", guide(2))).isEmpty();
    assertThat(sql("botserver", guide(1) + "SELECT value = '' FROM bot_memories"))
        .isEqualTo("name|Ada\nt");
  }

  @Test
  @Order(3)
  void aDatabaseThatIsMadeLaterHasTheKeyAndTheDiskHasNothingInClear() {
    var key = sql("later", "SELECT current_setting('app.encryption_key')");
    assertThat(key.equals(CLUSTER.key("data-key"))).isTrue();
    sql("later", "CREATE TABLE IF NOT EXISTS plain AS SELECT 'plain-' || 7 * 6 || '-control' v");
    assertThat(sql("later", READ)).isEqualTo("kept-42-secret");
    POSTGRES.sql(POSTGRES.primary(), "CHECKPOINT");
    assertThat(disk("plain-42-control")).isEqualTo("found");
    assertThat(disk("kept-42-secret")).isEqualTo("nothing");
    assertThat(disk(CLUSTER.key("data-key"))).isEqualTo("nothing");
  }

  @Test
  @Order(4)
  void noOtherLoginGetsTheKey() {
    var key = CLUSTER.key("data-key");
    assertThat(sql("later", "SHOW app.encryption_key").equals(key)).isTrue();
    for (var statement : TRIES) {
      var answer = as("other", statement + ";\nSELECT 'tried'");
      assertThat(answer.contains(key)).as(statement).isFalse();
      assertThat(answer).as(statement).endsWith("tried");
    }
  }

  @Test
  @Order(5)
  void withoutAKeyNothingIsEncrypted() {
    var encrypt = "SELECT pgp_sym_encrypt('x', current_setting('app.encryption_key'));";
    assertThat(as("other", encrypt)).contains("unrecognized configuration parameter");
    var reset = "RESET ALL; " + encrypt;
    assertThat(sql("later", reset)).contains("Illegal argument to function");
    assertThat(sql("later", "SELECT generalbots.unlock();" + READ)).endsWith("kept-42-secret");
  }

  @Test
  @Order(6)
  void aFailoverChangesNothing() {
    CLUSTER.failOver();
    awaiting(() -> sql("later", READ).equals("kept-42-secret"), ofMinutes(1));
    assertThat(disk(CLUSTER.key("data-key"))).isEqualTo("nothing");
  }

  @Test
  @Order(7)
  void inSessionModeTheKeyComesBackToAConnectionThatWasReset() {
    POSTGRES.patch("{\"postgres\": {\"pooler\": {\"poolMode\": \"Session\"}}}");
    awaiting(() -> pooler("SHOW CONFIG").contains("pool_mode|session"), ofMinutes(3));
    var first = sql("later", "SET work_mem = '77MB'; SELECT pg_backend_pid()");
    var then = "SELECT pg_backend_pid(); SHOW work_mem;" + READ;
    assertThat(sql("later", then)).isEqualTo(first + "\n4MB\nkept-42-secret");
  }

  @Test
  @Order(8)
  void anotherKeyIsTakenAsTheGuideSays() {
    remember();
    var fresh = new SecureEntropy().key();
    CLUSTER.replaceDataKey(fresh);
    awaiting(
        () -> POSTGRES.exec(POSTGRES.primary(), "cat", "/etc/encryption/data-key").equals(fresh),
        ofMinutes(3));
    sql("botserver", guide(3));
    assertThat(sql("botserver", guide(1))).contains("Wrong key or corrupt data");
    assertThat(sql("botserver", guide(4) + guide(1))).isEqualTo("name|Ada");
    assertThat(sql("botserver", guide(4) + guide(1))).as("once more").isEqualTo("name|Ada");
  }

  @Test
  @Order(9)
  void noLogHasAKey() {
    assertThat(CLUSTER.logs()).anyMatch(log -> log.contains("pgp_sym_encrypt"));
    var keys = POSTGRES.secret("-encryption").getData().keySet();
    assertThat(keys).hasSizeGreaterThan(2);
    for (var name : keys) {
      var key = CLUSTER.key(name);
      assertThat(CLUSTER.logs()).as(name).noneMatch(log -> log.contains(key));
    }
  }

  /** A table of bot servers, and its values encrypted as the guide says. */
  private static void remember() {
    sql("botserver", "DROP TABLE IF EXISTS bot_memories");
    sql("botserver", "CREATE TABLE bot_memories (key text, value text NOT NULL)");
    sql("botserver", "INSERT INTO bot_memories VALUES ('name', 'Ada')");
    assertThat(sql("botserver", guide(0))).isEmpty();
  }

  /** Waits for what tells nobody when it is done. */
  private static void awaiting(BooleanSupplier condition, Duration limit) {
    var end = Instant.now().plus(limit);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
    }
  }

  /** A block of SQL of the guide. */
  private static String guide(int number) {
    try {
      var text = Files.readString(Path.of("../docs/guides/encryption.md"));
      return SQL.matcher(text).results().map((MatchResult m) -> m.group(1)).toList().get(number);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** As the application through the pooler, each statement by itself. */
  private static String sql(String database, String statements) {
    return run("PGDATABASE=" + database, statements);
  }

  private static String as(String role, String statements) {
    return run("PGDATABASE=later PGUSER=%1$s PGPASSWORD=%1$s".formatted(role), statements);
  }

  private static String run(String environment, String statements) {
    var command = environment + " psql -X -q -A -t 2>&1 <<'SQL'\n" + statements + "\nSQL\n";
    return new Shell(CLIENT, NAMESPACE).run(client, command, ofMinutes(1));
  }

  private static String pooler(String order) {
    var pod = CLUSTER.drive().pods("pooler").get(0).getMetadata().getName();
    return POSTGRES.exec(
        pod,
        "psql",
        "-XqAt",
        "-h",
        "/run/pooler",
        "-U",
        "pgbouncer",
        "-d",
        "pgbouncer",
        "-c",
        order);
  }

  /** Whether the primary's volume holds this text anywhere. */
  private static String disk(String text) {
    var search = "grep -rqa -e '%s' /var/lib/postgresql && echo found || echo nothing";
    return new Shell(CLIENT, NAMESPACE)
        .run(POSTGRES.primary(), search.formatted(text), ofMinutes(2));
  }
}
