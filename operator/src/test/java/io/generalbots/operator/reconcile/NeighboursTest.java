package io.generalbots.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Allowance;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.tenant.place.Claims;
import io.generalbots.operator.tenant.place.Neighbourhood;
import io.generalbots.operator.tenant.place.Tenants;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of all Tenants of a BotCluster a round sees those that matter, and comes to the same. */
class NeighboursTest {

  private static final BotCluster CLUSTER = Tenants.openCluster();
  private static final Allowance ALLOWANCE = new Allowance(1, 1, 1, 1);

  /** What there is, and what is seen of it. */
  private record Town(List<Tenant> tenants, List<Secret> secrets) {

    Neighbourhood all() {
      return new Neighbourhood(Optional.of(CLUSTER), tenants, secrets);
    }

    Neighbourhood near(Tenant tenant) {
      var found = found(tenants, Places::of);
      var kept = found(secrets, Places::of);
      return new Neighbours(
              place -> found.getOrDefault(place, List.of()),
              place -> kept.getOrDefault(place, List.of()),
              id -> tenants.stream().filter(t -> ResourceID.fromResource(t).equals(id)).findFirst())
          .of(tenant, Optional.of(CLUSTER));
    }

    private static <T> Map<String, List<T>> found(List<T> all, Function<T, List<String>> places) {
      var found = new HashMap<String, List<T>>();
      all.forEach(
          one ->
              places
                  .apply(one)
                  .forEach(p -> found.computeIfAbsent(p, x -> new ArrayList<>()).add(one)));
      return found;
    }
  }

  /** Any Tenants, any of them registered with what they want or wanted before. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void theVerdictIsThatOfWhoLooksAtAll(long seed) {
    var town = town(new Random(seed));
    assertThat(town.tenants())
        .allSatisfy(
            tenant -> {
              var near = town.near(tenant);
              assertThat(Claims.on(CLUSTER, near).of(tenant))
                  .isEqualTo(Claims.on(CLUSTER, town.all()).of(tenant));
              assertThat(near.registered(tenant)).isEqualTo(town.all().registered(tenant));
              assertThat(near.remains(tenant)).isEqualTo(town.all().remains(tenant));
              assertThat(near.secret("demo-server")).isPresent();
            });
  }

  @Test
  void whatIsSeenDoesNotGrowWithTheNumberOfTenants() {
    var tenants =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    Tenants.tenant(
                        "n" + i % 7,
                        "t" + i,
                        i % 60,
                        "hosts: [h%d.example.org], bots: [{name: b%d}]".formatted(i, i)))
            .toList();
    var secrets =
        Stream.concat(
                Stream.of(own()),
                tenants.stream().map(t -> registration(t, t.getSpec().hosts(), false)))
            .toList();
    var town = new Town(tenants, secrets);
    assertThat(tenants)
        .allSatisfy(
            tenant -> {
              assertThat(town.near(tenant).tenants()).hasSize(1);
              assertThat(town.near(tenant).secrets()).hasSize(2);
            });
  }

  private static Town town(Random random) {
    var tenants = new ArrayList<Tenant>();
    var secrets = new ArrayList<Secret>(List.of(own()));
    for (var i = 0; i < 9; i++) {
      var name = "t" + random.nextInt(7);
      var now = Tenants.tenant("n" + i % 3, name, random.nextInt(60), "hosts: " + hosts(random));
      var registered = random.nextBoolean();
      if (registered && secrets.stream().noneMatch(s -> isOf(s, name))) {
        secrets.add(registration(now, hosts(random), random.nextInt(4) == 0));
      }
      if (random.nextInt(5) > 0 && tenants.stream().noneMatch(t -> isSame(t, now))) {
        tenants.add(now);
      }
    }
    return new Town(tenants, secrets);
  }

  private static boolean isSame(Tenant one, Tenant other) {
    return ResourceID.fromResource(one).equals(ResourceID.fromResource(other));
  }

  private static boolean isOf(Secret secret, String tenant) {
    return secret.getMetadata().getName().equals(Registration.secretName("demo", tenant));
  }

  private static List<String> hosts(Random random) {
    return Stream.of("a", "b", "c", "d")
        .filter(h -> random.nextInt(3) == 0)
        .map(h -> h + ".example.org")
        .toList();
  }

  private static Secret own() {
    var secret =
        Secrets.opaque(
            new ObjectMetaBuilder().withName("demo-server").withNamespace("bots").build(),
            Map.of("ca.crt", "CA"));
    secret.getMetadata().setLabels(Map.of(Labels.CLUSTER, "demo"));
    return secret;
  }

  private static Secret registration(Tenant tenant, List<String> hosts, boolean gone) {
    var meta = tenant.getMetadata();
    var bots = tenant.getSpec().bots().stream().map(b -> b.name()).toList();
    var told =
        new Registration(
            meta.getName(),
            meta.getNamespace(),
            meta.getUid(),
            hosts,
            bots,
            false,
            ALLOWANCE,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            false,
            false,
            false,
            Map.of(),
            "",
            "");
    var secret =
        gone
            ? new Remains(told, Instant.EPOCH, Optional.empty(), List.of()).secret("demo")
            : told.secret("demo", true);
    var stamp = TenantLoop.abroad(tenant, CLUSTER);
    return stamp.put(secret, gone ? Remains.COMPONENT : Registration.COMPONENT, false);
  }
}
