package io.generalbots.operator.cluster.seaweedfs;

import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Residents;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of Tenants and the buckets of their bots.
 *
 * @param residents all Tenants
 * @param own the platform's buckets, which no bot of a Tenant's gets by its name
 * @param disputed what two Tenants say is theirs: it is neither's, as one of them is wrong
 */
record TenantKeys(List<Registration> residents, Set<String> own, Set<String> disputed) {

  private static final List<String> ACTIONS = List.of("Read", "Write", "List", "Tagging");

  /** The gateways take wildcards in names, and read the list of buckets line by line. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  static TenantKeys of(Situation situation) {
    var own = Buckets.of(situation.cluster()).stream().map(Bucket::name);
    return of(Residents.of(situation.facts()), own.collect(Collectors.toSet()));
  }

  static TenantKeys of(List<Registration> residents, Set<String> own) {
    var seen = new HashSet<String>();
    var disputed =
        residents.stream()
            .flatMap(r -> r.buckets().stream().distinct())
            .filter(bucket -> !seen.add(bucket))
            .collect(Collectors.toSet());
    return new TenantKeys(residents, own, disputed);
  }

  /** All of them, those of suspended Tenants too. */
  Stream<String> buckets() {
    return residents.stream().flatMap(this::buckets);
  }

  /** Whoever is let in. */
  Stream<Identity> identities() {
    return residents.stream().filter(r -> !r.suspended()).flatMap(this::identities);
  }

  private Stream<Identity> identities(Registration resident) {
    var buckets = buckets(resident).toList();
    var actions =
        buckets.stream()
            .flatMap(bucket -> ACTIONS.stream().map(action -> action + ":" + bucket))
            .toList();
    var policy =
        Optional.of(ShrinkingPolicy.of(resident.tenant(), buckets))
            .filter(p -> resident.isRestrained(Names.COMPONENT) && !buckets.isEmpty());
    return resident.drive().stream()
        .filter(login -> login.isOf(resident.tenant()) && !login.secret().isBlank())
        .map(login -> new Identity(login.name(), login.name(), login.secret(), actions, policy));
  }

  private Stream<String> buckets(Registration resident) {
    return resident.buckets().stream()
        .distinct()
        .filter(bucket -> BUCKET.matcher(bucket).matches())
        .filter(bucket -> !own.contains(bucket) && !disputed.contains(bucket));
  }
}
