package io.generalbots.sharding.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The vectors, and the page that shows some of them. */
class VectorTest {

  private static final Path PAGE = Path.of("..", "docs", "reference", "hash-function.md");

  private static final Pattern ROW =
      Pattern.compile(
          "\\| `([^`]*)` \\| `([0-9a-f]{16})` \\| (-?\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|");

  @Test
  void everyVectorIsWhatTheFunctionsSay() throws IOException {
    assertThat(Vector.all())
        .allSatisfy(vector -> assertThat(computed(vector.key(), vector.count())).isEqualTo(vector));
  }

  @Test
  void everyCountHasAVector() throws IOException {
    assertThat(Vector.all().stream().map(Vector::count).distinct())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, HashFunction.MAX_COUNT).boxed().toList());
  }

  @Test
  void thePageShowsVectorsThatAreInTheFile() throws IOException {
    var rows = ROW.matcher(Files.readString(PAGE)).results().toList();
    assertThat(rows).hasSizeGreaterThan(10);
    var published = Vector.all();
    for (var row : rows) {
      var vector = computed(row.group(1), Integer.parseInt(row.group(4)));
      assertThat(published).contains(vector);
      assertThat(
              List.of(
                  String.format("%016x", vector.hash()),
                  String.valueOf(vector.hash()),
                  String.valueOf(vector.consistent()),
                  String.valueOf(vector.modulo())))
          .containsExactly(row.group(2), row.group(3), row.group(5), row.group(6));
    }
  }

  private static Vector computed(String key, int count) {
    var hash = KeyHash.of(key);
    return new Vector(
        key,
        hash,
        count,
        HashFunction.CONSISTENT_HASH.shardOf(hash, count),
        HashFunction.MODULO.shardOf(hash, count));
  }
}
