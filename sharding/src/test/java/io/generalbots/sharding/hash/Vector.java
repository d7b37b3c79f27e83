package io.generalbots.sharding.hash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** A published test vector: a key, its hash, and its shards among so many. */
record Vector(String key, long hash, int count, int consistent, int modulo) {

  private static final Pattern ROW =
      Pattern.compile("\"((?:[^\"]|\"\")*)\",(-?\\d+),(\\d+),(\\d+),(\\d+)");

  static List<Vector> all() throws IOException {
    try (var file = HashFunction.class.getResourceAsStream("vectors.csv")) {
      var text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).map(Vector::read).toList();
    }
  }

  private static Vector read(String line) {
    var row = ROW.matcher(line);
    if (!row.matches()) {
      throw new IllegalArgumentException("no vector: " + line);
    }
    return new Vector(
        row.group(1).replace("\"\"", "\""),
        Long.parseLong(row.group(2)),
        Integer.parseInt(row.group(3)),
        Integer.parseInt(row.group(4)),
        Integer.parseInt(row.group(5)));
  }
}
