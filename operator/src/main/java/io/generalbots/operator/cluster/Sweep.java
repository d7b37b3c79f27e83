package io.generalbots.operator.cluster;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.operator.external.tenant.Orphans;
import io.generalbots.operator.kernel.Conditions;
import io.generalbots.operator.kernel.Facts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is told of things in the stores that belong to no Tenant; nothing is done about them. */
final class Sweep {

  private static final String TYPE = "OrphansFound";

  /** Who has more looks into the stores anyway. */
  private static final int MOST_NAMED = 20;

  private Sweep() {}

  /** Nothing is told where nobody has looked yet. */
  static Optional<Condition> condition(Facts facts) {
    return facts.surroundings().reading(Orphans.class).map(Sweep::condition);
  }

  private static Condition condition(Orphans orphans) {
    var all =
        Stream.of(
                named("database or role ", orphans.databases()),
                named("user of the cache ", orphans.users()),
                named("bucket ", orphans.buckets()),
                named("collection ", orphans.collections()),
                named("namespace of the vault ", orphans.namespaces()))
            .flatMap(names -> names)
            .toList();
    return all.isEmpty()
        ? Conditions.of(
            TYPE, false, "NoneFound", "all that tenants have belongs to one" + but(orphans))
        : Conditions.of(TYPE, true, "BelongToNoTenant", words(all) + but(orphans));
  }

  /** Of a store that did not answer nobody can tell. */
  private static String but(Orphans orphans) {
    return orphans.unseen().isEmpty()
        ? ""
        : "; nobody could look into " + String.join(", ", orphans.unseen());
  }

  private static Stream<String> named(String kind, List<String> names) {
    return names.stream().map(name -> kind + name);
  }

  private static String words(List<String> all) {
    var more = all.size() > MOST_NAMED ? " and %d more".formatted(all.size() - MOST_NAMED) : "";
    return "no Tenant has these, and nobody removes them: "
        + all.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
        + more;
  }
}
