package io.generalbots.operator.tenant.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.residents.Allowance;
import io.generalbots.operator.residents.Registration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets which name, host and bot. */
class ClaimsTest {

  private static final BotCluster CLUSTER = Tenants.openCluster();

  @Test
  void whoHasItKeepsItThoughAnOlderOneWantsIt() {
    var older = Tenants.tenant("a", "one", 1, "hosts: [x.example.com]");
    var younger = Tenants.tenant("b", "two", 2, "hosts: [x.example.com]");
    var claims = new Claims(CLUSTER, List.of(older, younger), List.of(registered(younger)));
    assertThat(claims.of(younger).hosts()).containsExactly("x.example.com");
    assertThat(claims.of(older).hosts()).isEmpty();
  }

  @Test
  void ofThoseThatHaveItNotTheOldestGetsIt() {
    var older = Tenants.tenant("a", "one", 1, "bots: [{name: sales}]");
    var younger = Tenants.tenant("b", "two", 2, "bots: [{name: sales}, {name: help}]");
    var claims = new Claims(CLUSTER, List.of(younger, older), List.of());
    assertThat(claims.of(older).bots()).containsExactly("sales");
    assertThat(claims.of(younger).bots()).containsExactly("help");
    assertThat(claims.of(younger).objections()).extracting(Objection::reason).contains("BotTaken");
  }

  @Test
  void twoOfOneNameInDifferentNamespacesAreNotBothThere() {
    var older = Tenants.tenant("a", "acme", 1, "");
    var younger = Tenants.tenant("b", "acme", 2, "");
    var claims = new Claims(CLUSTER, List.of(older, younger), List.of());
    assertThat(claims.of(older).named()).isTrue();
    assertThat(claims.of(younger).named()).isFalse();
    assertThat(claims.of(younger).objections()).extracting(Objection::reason).contains("NameTaken");
  }

  @Test
  void theHolderIsNamedOnlyWhereItCanBeSeen() {
    var holder = Tenants.tenant("a", "one", 1, "hosts: [x.example.com]");
    var neighbour = Tenants.tenant("a", "two", 2, "hosts: [x.example.com]");
    var stranger = Tenants.tenant("b", "three", 3, "hosts: [x.example.com]");
    var claims = new Claims(CLUSTER, List.of(holder, neighbour, stranger), List.of());
    assertThat(claims.of(neighbour).objections().get(0).message()).contains("Tenant one");
    assertThat(claims.of(stranger).objections().get(0).message()).doesNotContain("Tenant");
  }

  /** In a Cell there is no other who could have it, and nobody outside of it is kept from it. */
  @Test
  void botsOfACellAreNobodyElsesBusiness() {
    var alone = Tenants.tenant("a", "one", 1, "isolation: Cell, bots: [{name: sales}]");
    var other = Tenants.tenant("b", "two", 2, "bots: [{name: sales}]");
    var claims = new Claims(CLUSTER, List.of(alone, other), List.of());
    assertThat(claims.of(alone).objections()).isEmpty();
    assertThat(claims.of(other).bots()).containsExactly("sales");
    var host = Tenants.tenant("b", "three", 3, "isolation: Cell, hosts: [x.example.com]");
    var first = Tenants.tenant("a", "four", 1, "hosts: [x.example.com]");
    assertThat(new Claims(CLUSTER, List.of(first, host), List.of()).of(host).objections())
        .extracting(Objection::reason)
        .containsExactly("HostTaken");
  }

  @Test
  void whatIsThePlatformsIsNobodys() {
    var greedy =
        Tenants.tenant("a", "one", 1, "hosts: [bots.example.com], bots: [{name: default}]");
    var verdict = new Claims(CLUSTER, List.of(greedy), List.of()).of(greedy);
    assertThat(verdict.hosts()).isEmpty();
    assertThat(verdict.bots()).isEmpty();
    assertThat(verdict.named()).isTrue();
  }

  @Test
  void whoIsNotAdmittedKeepsNothingFromOthers() {
    var closed = Tenants.cluster("");
    var outsider = Tenants.tenant("far", "one", 1, "hosts: [x.example.com]");
    var insider = Tenants.tenant("bots", "two", 2, "hosts: [x.example.com]");
    var claims = new Claims(closed, List.of(outsider, insider), List.of());
    assertThat(claims.of(insider).hosts()).containsExactly("x.example.com");
  }

  @Test
  void whatOneLeftBehindThatIsGoneNobodyTakes() {
    var gone = Tenants.tenant("a", "one", 1, "bots: [{name: sales}]");
    var next = Tenants.tenant("b", "two", 2, "bots: [{name: sales}]");
    var claims = new Claims(CLUSTER, List.of(next), List.of(registered(gone)));
    assertThat(claims.of(next).bots()).isEmpty();
  }

  /** Any Tenants, any of them registered, in any order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void nothingIsEverGivenTwiceAndEverythingWantedIsGivenOnce(long seed) {
    var random = new Random(seed);
    var tenants = some(random);
    var registered = tenants.stream().filter(t -> random.nextBoolean()).toList();
    var claims = new Claims(CLUSTER, tenants, exclusive(registered));
    var given = new HashMap<String, Integer>();
    tenants.forEach(t -> claims.of(t).hosts().forEach(h -> given.merge(h, 1, Integer::sum)));
    assertThat(given.values()).allMatch(times -> times == 1);
    var wanted = tenants.stream().flatMap(t -> t.getSpec().hosts().stream()).distinct().toList();
    assertThat(given.keySet()).containsExactlyInAnyOrderElementsOf(wanted);
    var shuffled = new ArrayList<>(tenants);
    Collections.shuffle(shuffled, random);
    var again = new Claims(CLUSTER, shuffled, exclusive(registered));
    assertThat(tenants).allSatisfy(t -> assertThat(again.of(t)).isEqualTo(claims.of(t)));
  }

  /** Each registered as the rules would have it: none has what another one has. */
  private static List<Registration> exclusive(List<Tenant> tenants) {
    var claims = new Claims(CLUSTER, tenants, List.of());
    return tenants.stream()
        .map(t -> registration(t, claims.of(t).hosts(), claims.of(t).bots()))
        .toList();
  }

  private static List<Tenant> some(Random random) {
    var tenants = new ArrayList<Tenant>();
    for (var i = 0; i < 8; i++) {
      var hosts =
          Stream.of("a", "b", "c", "d", "e")
              .filter(h -> random.nextBoolean())
              .map(h -> h + ".example.org")
              .toList();
      tenants.add(Tenants.tenant("n" + i % 3, "t" + i, random.nextInt(4), "hosts: " + hosts));
    }
    return tenants;
  }

  private static Registration registered(Tenant tenant) {
    return registration(tenant, Claim.HOST.wanted(tenant), Claim.BOT.wanted(tenant));
  }

  private static Registration registration(Tenant tenant, List<String> hosts, List<String> bots) {
    var meta = tenant.getMetadata();
    return new Registration(
        meta.getName(),
        meta.getNamespace(),
        meta.getUid(),
        hosts,
        bots,
        false,
        new Allowance(1, 1, 1, 1),
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
  }
}
