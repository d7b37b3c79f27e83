package io.generalbots.sharding.tenant;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Names of shards: shard-1, shard-2 and so on. */
final class ShardNames {

  /** As people count: shard-2 comes before shard-10. */
  static final Comparator<String> ORDER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private static final String PREFIX = "shard-";

  private static final Pattern NUMBERED = Pattern.compile(PREFIX + "([0-9]{1,8})");

  private ShardNames() {}

  /** So many names behind all that are taken, so that no gap is filled with another shard. */
  static List<String> next(Collection<String> taken, int count) {
    var last =
        taken.stream()
            .map(NUMBERED::matcher)
            .filter(name -> name.matches())
            .mapToInt(name -> Integer.parseInt(name.group(1)))
            .max()
            .orElse(0);
    return IntStream.rangeClosed(last + 1, last + count).mapToObj(i -> PREFIX + i).toList();
  }
}
