package io.generalbots.operator.shard.hash;

import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.external.spread.ShardSeen;
import io.generalbots.operator.external.spread.ShardStep.MoveRows;
import io.generalbots.operator.external.spread.ShardsUnread;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Keeps rows on the shards that the hash of their key says. */
public final class HashShards implements Component<ShardPolicy> {

  private static final int SHOWN = 5;

  /** The BotClusters of a policy's shards: all but the first, which is its own. */
  public static List<String> servers(ShardPolicy policy, Facts facts) {
    var layout = new Layout(policy);
    var wished = Optional.ofNullable(policy.getSpec().hash()).map(h -> h.count()).orElse(1);
    var count = Math.max(wished, Known.of(policy, facts).map(Known::routed).orElse(1));
    return layout.isDedicated()
        ? IntStream.range(1, count).mapToObj(layout::name).toList()
        : List.of();
  }

  @Override
  public String name() {
    return "rows";
  }

  @Override
  public Plan plan(ShardPolicy policy, Facts facts) {
    return Known.of(policy, facts)
        .<Plan>map(
            known ->
                new Plan.Apply(
                    new Course(known).steps().stream().<Wish>map(Wish.External::new).toList()))
        .orElseGet(() -> new Plan.Hold(unread(facts)));
  }

  @Override
  public Health health(ShardPolicy policy, Facts facts) {
    return Known.of(policy, facts)
        .map(HashShards::health)
        .orElseGet(() -> Health.waiting("ShardsNotRead", unread(facts)));
  }

  private static Health health(Known known) {
    var course = new Course(known);
    var serving =
        (int) known.shards().stream().filter(s -> s.state() == ShardSeen.State.OPEN).count();
    return refused(known)
        .or(() -> lost(course))
        .or(() -> silent(course))
        .or(() -> empty(known))
        .or(() -> differing(course))
        .or(() -> preparing(course))
        .orElseGet(() -> Health.ready(words(known)))
        .counting(serving, known.count());
  }

  private static Optional<Health> refused(Known known) {
    return joined(known.refusals(true))
        .map(why -> Health.refused("TableRefused", why))
        .or(() -> otherwise(known));
  }

  /** Where there is more than one shard, rows lie by the function that they were spread by. */
  private static Optional<Health> otherwise(Known known) {
    var function = known.turn().table().function();
    return Optional.of(
            Health.refused(
                "AlgorithmChanged",
                "rows are spread by %s: write hash.algorithm: %s, or create another policy"
                    .formatted(function.label(), function.label())))
        .filter(h -> function != known.function());
  }

  private static Optional<Health> lost(Course course) {
    return joined(course.lost().map(s -> s.shard().toString()))
        .map(
            which ->
                Health.refused(
                    "ShardLost",
                    "should have rows and knows nothing of them, as if it was made anew or is not where it was: %s. Bring it back; nothing moves meanwhile"
                        .formatted(which)));
  }

  private static Optional<Health> silent(Course course) {
    return joined(
            course.silent().stream()
                .map(s -> "%s: %s".formatted(s.shard(), s.trouble().orElse("no answer"))))
        .map(why -> Health.waiting("ShardNotReady", why));
  }

  private static Optional<Health> empty(Known known) {
    return Optional.of(
            Health.waiting(
                "TableMissing",
                "no table has column %s and can be spread; the bot servers make theirs when they start for the first time"
                    .formatted(known.wish().key())))
        .filter(h -> known.tables().isEmpty());
  }

  private static Optional<Health> differing(Course course) {
    return joined(course.differences())
        .map(
            which ->
                Health.waiting(
                    "TablesDiffer",
                    "not as it is on the first shard: %s; change it there as well, and rows can move"
                        .formatted(which)));
  }

  private static Optional<Health> preparing(Course course) {
    return course.steps().stream()
        .filter(step -> !(step instanceof MoveRows))
        .findFirst()
        .map(step -> Health.waiting("Preparing", step.words()));
  }

  private static String words(Known known) {
    var table = known.turn().table();
    var spread = "%d tables by %s: %s".formatted(known.tables().size(), known.wish().key(), table);
    return joined(known.refusals(false)).map(why -> spread + "; not spread: " + why).orElse(spread);
  }

  /** As many as one can read. */
  private static Optional<String> joined(Stream<String> words) {
    List<String> all = words.toList();
    var shown = all.stream().limit(SHOWN).collect(Collectors.joining(". "));
    var more = all.size() > SHOWN ? ", and %d more".formatted(all.size() - SHOWN) : "";
    return Optional.of(shown + more).filter(text -> !text.isEmpty());
  }

  private static String unread(Facts facts) {
    return facts
        .surroundings()
        .reading(ShardsUnread.class)
        .map(ShardsUnread::why)
        .orElse("nobody has looked at the shards yet");
  }
}
