package io.generalbots.operator.cluster.seaweedfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Allowance;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Registered;
import io.generalbots.operator.residents.Registration;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Which keys of Tenants the gateways know, and for which buckets. */
class TenantKeysTest {

  private static final Registered ACME = new Registered("acme", "team");
  private static final Registered RIVAL = new Registered("rival", "team");

  @Test
  void eachIsHeldToTheBucketsOfItsBots() {
    var file = files(given(ACME.registration(), RIVAL.registration()));
    assertThat(buckets(file)).containsExactly("acme.gbai", "rival.gbai");
    assertThat(actions(file, "t-acme-a"))
        .containsExactly(
            "Read:acme.gbai", "Write:acme.gbai", "List:acme.gbai", "Tagging:acme.gbai");
    assertThat(identity(file, "t-acme-a").at("/credentials/0/secretKey").asText())
        .isEqualTo(ACME.password());
  }

  @Test
  void theSuspendedKeepTheirNamesAndBucketsAndHaveNoKey() {
    var before = files(given(ACME.registration(), RIVAL.registration()));
    var file = files(given(ACME.suspended(), RIVAL.registration()).having(before));
    assertThat(identity(file, "t-acme-a").path("credentials")).isEmpty();
    assertThat(actions(file, "t-acme-a")).isEmpty();
    assertThat(buckets(file)).containsExactly("acme.gbai", "rival.gbai");
  }

  @Test
  void whoHasTooMuchHasAPolicyThatReadsAndRemoves() throws IOException {
    var file = files(given(ACME.restrained("seaweedfs"), RIVAL.registration()));
    assertThat(identity(file, "t-acme-a").path("policyNames"))
        .extracting(JsonNode::asText)
        .containsExactly("shrinking-acme");
    assertThat(identity(file, "t-rival-a").has("policyNames")).isFalse();
    var whole = new ObjectMapper().readTree(Secrets.text(file, "s3.json"));
    assertThat(whole.path("policies")).hasSize(1);
    var content = whole.at("/policies/0/content").asText();
    assertThat(content)
        .contains("\"arn:aws:s3:::acme.gbai\",\"arn:aws:s3:::acme.gbai/*\"")
        .contains("s3:Get*", "s3:List*", "s3:DeleteObject", "s3:DeleteObjectVersion")
        .doesNotContain("Put", "s3:*", "rival");
    var free = files(given(ACME.registration(), RIVAL.registration()).having(file));
    assertThat(Secrets.text(free, "s3.json")).doesNotContain("polic");
    assertThat(names(free)).containsExactlyElementsOf(names(file));
  }

  /** Gateways go on to let in whoever is not in the file any more. */
  @Test
  void whoeverIsGoneKeepsTheNameAndHasNoKey() {
    var before = files(given(ACME.registration(), RIVAL.registration()));
    var file = files(given(RIVAL.registration()).having(before));
    assertThat(identity(file, "t-acme-a").path("credentials")).isEmpty();
    assertThat(actions(file, "t-acme-a")).isEmpty();
    assertThat(identity(file, "t-rival-a").path("credentials")).hasSize(1);
    assertThat(files(given(RIVAL.registration()).having(file)).getData()).isEqualTo(file.getData());
    assertThat(actions(files(given(ACME.registration()).having(file)), "t-acme-a")).hasSize(4);
  }

  @Test
  void noBotHasABucketOfThePlatformOrOfMoreThanOneTenant() {
    var file = files(given(with(ACME, "default", "both", "own"), with(RIVAL, "both", "theirs")));
    assertThat(buckets(file)).containsExactly("own.gbai", "theirs.gbai");
    assertThat(actions(file, "t-acme-a")).allMatch(action -> action.endsWith(":own.gbai"));
  }

  @Test
  void noBotHasAWildcardForAName() {
    var file = files(given(with(ACME, "*", "x\ny", "a/b", "own")));
    assertThat(buckets(file)).containsExactly("own.gbai");
    assertThat(actions(file, "t-acme-a")).hasSize(4);
  }

  @Test
  void noTenantTakesThePlaceOfAnother() {
    var login = List.of(new Login("botserver", "x"), new Login("t-rival-a", "x"));
    var file = files(given(with(ACME, List.of("acme"), login)));
    assertThat(names(file)).containsExactly("botserver");
  }

  private static Registration with(Registered tenant, String... bots) {
    return with(tenant, List.of(bots), tenant.registration().drive());
  }

  private static Registration with(Registered tenant, List<String> bots, List<Login> drive) {
    return new Registration(
        tenant.tenant(),
        "team",
        "uid",
        List.of(),
        bots,
        false,
        new Allowance(1, 1, 1, 1),
        List.of(),
        drive,
        List.of(),
        List.of(),
        false,
        false,
        false,
        Map.of(),
        "",
        "");
  }

  private static Given given(Registration... registrations) {
    var given = new Given().spec("profile: Minimal,");
    for (var registration : registrations) {
      given.having(Registered.secret(registration));
    }
    return given;
  }

  private static Secret files(Given given) {
    return ((Plan.Apply) new SeaweedFs().plan(given.cluster(), given.facts()))
        .wishes().stream()
            .flatMap(w -> Wishes.object(w).stream())
            .filter(Secret.class::isInstance)
            .map(Secret.class::cast)
            .filter(s -> "demo-seaweedfs-identities".equals(s.getMetadata().getName()))
            .findFirst()
            .orElseThrow();
  }

  private static List<String> buckets(Secret file) {
    return Secrets.text(file, "tenant-buckets").lines().toList();
  }

  private static List<String> names(Secret file) {
    return identities(file).findValuesAsText("name");
  }

  private static List<String> actions(Secret file, String name) {
    return StreamSupport.stream(identity(file, name).path("actions").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private static JsonNode identity(Secret file, String name) {
    return StreamSupport.stream(identities(file).spliterator(), false)
        .filter(identity -> name.equals(identity.path("name").asText()))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode identities(Secret file) {
    try {
      return new ObjectMapper().readTree(Secrets.text(file, "s3.json")).path("identities");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
