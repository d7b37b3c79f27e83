package io.generalbots.sharding.tenant;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Names of shards: a prefix and a number from 1. */
final class ShardNames {

  /** As people count: shard-2 comes before shard-10. */
  static final Comparator<String> ORDER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private static final String NUMBER = "([0-9]{1,8})";

  private ShardNames() {}

  /** So many names behind all that are taken, so that no gap is filled with another shard. */
  static List<String> next(String prefix, Collection<String> taken, int count) {
    var numbered = Pattern.compile(Pattern.quote(prefix) + NUMBER);
    var last =
        taken.stream()
            .map(numbered::matcher)
            .filter(name -> name.matches())
            .mapToInt(name -> Integer.parseInt(name.group(1)))
            .max()
            .orElse(0);
    return IntStream.rangeClosed(last + 1, last + count).mapToObj(i -> prefix + i).toList();
  }
}
