package io.generalbots.operator.config;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Files as a careless hand might write them; the same for the same seed. */
public final class AnyFile {

  private static final List<String> NONSENSE =
      List.of(
          "", "0", "-1", "101", "99999999999", "yes", "NO", "x y", "\"", "a,b", "ü", "1e3", "~");

  private static final List<String> NUMBERS = List.of("1", "2", "25", "50", "99");

  private AnyFile() {}

  /** Settings with values that suit most of them, and now and then one that does not. */
  public static String of(long seed) {
    var random = new Random(seed);
    return IntStream.range(0, random.nextInt(40))
        .mapToObj(i -> line(random))
        .collect(Collectors.joining(one(random, List.of("\n", "\r\n"))));
  }

  private static String line(Random random) {
    var examples = Keys.examples();
    var example = examples.get(random.nextInt(examples.size()));
    return switch (random.nextInt(20)) {
      case 0 -> example.key() + "," + one(random, NONSENSE);
      case 1 -> example.key().replace('-', '_') + "," + example.value();
      case 2 -> "\"%s\",\"%s\"".formatted(example.key(), example.value());
      case 3 -> "bot-setting-" + random.nextInt(9) + "," + one(random, NONSENSE).replace("\"", "");
      case 4, 5, 6, 7, 8 -> example.key() + "," + varied(random, example.value());
      default -> example.key() + "," + example.value();
    };
  }

  private static String varied(Random random, String value) {
    if (value.matches("\\d+")) {
      return one(random, NUMBERS);
    }
    return value.replace("true", "false").replace("localhost", "server.example.com");
  }

  private static String one(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
