package io.generalbots.sharding.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.generalbots.sharding.Laws;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions in SQL, on a PostgreSQL if the machine has one. */
@TestInstance(Lifecycle.PER_CLASS)
class FunctionsSqlTest {

  /** Operators and functions that give other results, first in everybody's path. */
  private static final String HOSTILE_PATH =
      """
      CREATE SCHEMA hostile;
      CREATE FUNCTION hostile.zero(int8, int8) RETURNS int8 LANGUAGE sql AS 'SELECT 0::int8';
      CREATE FUNCTION hostile.zero(int8, int4) RETURNS int8 LANGUAGE sql AS 'SELECT 0::int8';
      CREATE FUNCTION hostile.yes(int8, int4) RETURNS bool LANGUAGE sql AS 'SELECT true';
      CREATE FUNCTION hostile.no(text, text) RETURNS bool LANGUAGE sql AS 'SELECT false';
      CREATE FUNCTION hostile.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1';
      CREATE FUNCTION hostile.shard_hash(text) RETURNS int8 LANGUAGE sql AS 'SELECT 0::int8';
      CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.no);
      CREATE OPERATOR hostile.> (LEFTARG = int8, RIGHTARG = int4, FUNCTION = hostile.yes);
      CREATE OPERATOR hostile.+ (LEFTARG = int8, RIGHTARG = int8, FUNCTION = hostile.zero);
      CREATE OPERATOR hostile.+ (LEFTARG = int8, RIGHTARG = int4, FUNCTION = hostile.zero);
      CREATE OPERATOR hostile.* (LEFTARG = int8, RIGHTARG = int8, FUNCTION = hostile.zero);
      CREATE OPERATOR hostile.& (LEFTARG = int8, RIGHTARG = int8, FUNCTION = hostile.zero);
      CREATE OPERATOR hostile.% (LEFTARG = int8, RIGHTARG = int8, FUNCTION = hostile.zero);
      CREATE OPERATOR hostile.>> (LEFTARG = int8, RIGHTARG = int4, FUNCTION = hostile.zero);
      CREATE OPERATOR hostile.<< (LEFTARG = int8, RIGHTARG = int4, FUNCTION = hostile.zero);
      SET search_path = hostile, pg_catalog;
      """;

  private static final String DIFFERENT =
      """
      SELECT count(*), (SELECT count(*) FROM vector) FROM vector WHERE
        (hash, range, consistent, modulo) IS DISTINCT FROM
        (sharding.shard_hash(key), sharding.key_range(hash),
         sharding.shard_of(key, count), sharding.shard_of(key, count, 'Modulo'));
      """;

  private static final String DIFFERENT_OF_HASHES =
      """
      SELECT count(*), (SELECT count(*) FROM vector) FROM vector
      WHERE (consistent, modulo) IS DISTINCT FROM
        (sharding.consistent_hash(hash, count), sharding.modulo(hash, count));
      """;

  private Optional<TemporaryPostgres> postgres = Optional.empty();

  @BeforeAll
  void start() throws IOException, InterruptedException {
    var programs = TemporaryPostgres.installed();
    Assumptions.assumeTrue(programs.isPresent(), "no PostgreSQL here: say where by PG_BIN");
    postgres = Optional.of(TemporaryPostgres.start(programs.orElseThrow()));
    sql(HashSql.functions() + HashSql.functions());
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    if (postgres.isPresent()) {
      postgres.orElseThrow().stop();
    }
  }

  @Test
  void everyKeyHasTheShardThatJavaGivesIt() throws IOException, InterruptedException {
    var random = Laws.random(1);
    var rows =
        IntStream.range(0, 12_000)
            .mapToObj(i -> key(random))
            .flatMap(key -> random.ints(4, 1, 257).mapToObj(count -> row(key, count)));
    assertThat(sql(table(rows) + DIFFERENT)).isEqualTo("0|48000");
  }

  @Test
  void theVectorsHoldWithOtherOperatorsInThePath() throws IOException, InterruptedException {
    var rows = Vector.all().stream().map(vector -> row(vector.key(), vector.count()));
    assertThat(sql(table(rows) + HOSTILE_PATH + DIFFERENT)).isEqualTo("0|256");
  }

  /** Any hashes, and those where whole numbers and floating point part. */
  @Test
  void everyHashHasItsShardAtEveryCount() throws IOException, InterruptedException {
    var chosen = LongStream.of(HashFunctionTest.HASHES_WITH_WHOLE_QUOTIENTS);
    var hashes = LongStream.concat(chosen, Laws.random(2).longs(100)).boxed().toList();
    var rows =
        hashes.stream()
            .flatMap(hash -> IntStream.rangeClosed(1, 256).mapToObj(count -> row("", hash, count)));
    assertThat(sql(table(rows) + DIFFERENT_OF_HASHES)).isEqualTo("0|" + hashes.size() * 256);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'a', 0; the number of shards must be 1 to 256, not 0",
        "'a', 257; the number of shards must be 1 to 256, not 257",
        "'a', -1, 'Modulo'; the number of shards must be 1 to 256, not -1",
        "'a', 4, 'modulo'; a hash function is ConsistentHash or Modulo, not modulo"
      })
  void whatCannotBeIsRefused(String arguments, String message) {
    assertThatIllegalStateException()
        .isThrownBy(() -> sql("SELECT sharding.shard_of(" + arguments + ");"))
        .withMessageContaining(message);
  }

  @Test
  void aKeyThatIsNullHasNoShard() throws IOException, InterruptedException {
    assertThat(sql("SELECT sharding.shard_of(NULL, 4) IS NULL;")).isEqualTo("t");
  }

  @Test
  void castsToTextGiveTheCanonicalText() throws IOException, InterruptedException {
    var uuid = "8E619972-B2F5-4002-BAD8-59B1F86EB54D";
    assertThat(sql("SELECT '%s'::uuid::text, '+007'::int8::text;".formatted(uuid)))
        .isEqualTo(KeyType.UUID.canonical(uuid) + "|" + KeyType.INTEGER.canonical("+007"));
  }

  @Test
  void anybodyMayCallThemAndAnIndexMayBeMadeOfThem() throws IOException, InterruptedException {
    assertThat(
            sql(
                """
                CREATE ROLE anybody;
                SET ROLE anybody;
                CREATE TEMPORARY TABLE message (user_id uuid);
                CREATE INDEX ON message (sharding.shard_of(user_id::text, 4));
                SELECT sharding.shard_of('a', 2);
                """))
        .isEqualTo("1");
  }

  private String sql(String statements) throws IOException, InterruptedException {
    return postgres.orElseThrow().sql(statements);
  }

  private static String table(Stream<String> rows) {
    return """
        CREATE TEMPORARY TABLE vector
          (key text, hash int8, range int4, count int4, consistent int4, modulo int4);
        COPY vector FROM STDIN CSV;
        %s
        \\.
        """
        .formatted(rows.collect(Collectors.joining("\n")));
  }

  private static String row(String key, int count) {
    return row(key, KeyHash.of(key), count);
  }

  private static String row(String key, long hash, int count) {
    return "\"%s\",%d,%d,%d,%d,%d"
        .formatted(
            key.replace("\"", "\"\""),
            hash,
            KeyRange.of(hash),
            count,
            HashFunction.CONSISTENT_HASH.shardOf(hash, count),
            HashFunction.MODULO.shardOf(hash, count));
  }

  private static String key(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new UUID(random.nextLong(), random.nextLong()).toString();
      case 1 -> Long.toString(random.nextLong() >> random.nextInt(63));
      default -> text(random);
    };
  }

  /** Any characters but the one that PostgreSQL has not, and halves of pairs. */
  private static String text(Random random) {
    return random
        .ints(random.nextInt(80), 1, Character.MAX_CODE_POINT + 1)
        .map(c -> random.nextInt(4) == 0 ? c : 1 + c % 0x2FF)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
