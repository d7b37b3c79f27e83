package io.generalbots.operator.cluster.seaweedfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.generalbots.operator.external.drive.VolumeSlots;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Secrets;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is wished of an object store, and what is said of it. */
class SeaweedFsTest {

  private static final String EXTERNAL =
      "{external: {endpoint: 'https://s3.example.com', secretName: mine, region: eu-west-1}}";

  @Test
  void switchedOffItIsAbsent() {
    var given = new Given().seaweedfs("{enabled: false}");
    assertThat(plan(given)).isInstanceOf(Plan.Absent.class);
    assertThat(health(given).state()).isEqualTo(Health.State.DISABLED);
  }

  @Test
  void aStoreThatExistsAlreadyRunsNothingAndIsPublished() {
    var given =
        new Given()
            .seaweedfs(EXTERNAL)
            .user("mine", Map.of("access_key", "who", "secret_key", "what"));
    assertThat(((Plan.Apply) plan(given)).wishes())
        .allMatch(w -> Wishes.object(w).filter(Secret.class::isInstance).isPresent());
    var secret = wished(given, Secret.class, "demo-s3");
    assertThat(Secrets.text(secret, "username")).isEqualTo("who");
    assertThat(Secrets.text(secret, "password")).isEqualTo("what");
    assertThat(Secrets.text(secret, "host")).isEqualTo("s3.example.com");
    assertThat(Secrets.text(secret, "port")).isEqualTo("443");
    assertThat(Secrets.text(secret, "region")).isEqualTo("eu-west-1");
    assertThat(health(given).state()).isEqualTo(Health.State.READY);
  }

  @Test
  void aSecretThatIsMissingIsWaitedFor() {
    var given = new Given().seaweedfs(EXTERNAL).user("mine", Map.of("access_key", "who"));
    assertThat(plan(given)).isInstanceOf(Plan.Hold.class);
    assertThat(health(given).message()).contains("mine").contains("secret_key");
  }

  @Test
  void withoutTheKeyOfWhatIsOnTheDisksNothingIsTouched() {
    var given = new Given().having(Given.claim(Role.VOLUME, 0));
    assertThat(plan(given)).isInstanceOf(Plan.Hold.class);
    assertThat(health(given).reason()).isEqualTo("KeyLost");
  }

  @Test
  void halfALoginChangesNothing() {
    var meta = Role.S3.part("demo").meta();
    var given =
        new Given()
            .having(Secrets.basicAuth(meta, Map.of("username", "botserver", "password", "")));
    assertThat(plan(given)).isInstanceOf(Plan.Hold.class);
    assertThat(health(given).reason()).isEqualTo("LoginIncomplete");
  }

  @Test
  void theGatewaysAcceptWhatTheSecretSays() {
    var meta = Role.S3.part("demo").meta();
    var login = Secrets.basicAuth(meta, Map.of("username", "me", "password", "with \"quotes\""));
    var file = wished(new Given().having(login), Secret.class, "demo-seaweedfs-identities");
    assertThat(Secrets.text(file, "s3.json"))
        .contains("\"accessKey\":\"me\"")
        .contains("\"secretKey\":\"with \\\"quotes\\\"\"");
  }

  @Test
  void filersShareADatabaseThatTheOperatorManages() {
    var given = new Given().spec("postgres: {external: {address: 'db:5432', secretName: db}},");
    assertThat(health(given).reason()).isEqualTo("NoDatabase");
  }

  /** Or every pod would be restarted right after the first round. */
  @Test
  void podsAreToldOfTheKeysThatAreMade() {
    var first = new Given();
    var keys = wished(first, Secret.class, "demo-seaweedfs-signing");
    var later = new Given().having(keys);
    assertThat(revision(first)).isEqualTo(revision(later));
    var others = Secrets.opaque(keys.getMetadata(), Map.of("filer-read", "another"));
    assertThat(revision(new Given().having(others))).isNotEqualTo(revision(later));
  }

  private static String revision(Given given) {
    var set = wished(given, StatefulSet.class, "demo-seaweedfs-master");
    return set.getSpec()
        .getTemplate()
        .getMetadata()
        .getAnnotations()
        .getOrDefault(Pods.CONFIGURATION, "");
  }

  @Test
  void rolesEndOneAfterAnother() {
    var given =
        new Given()
            .spec("hibernate: true,")
            .having(Given.set(Role.VOLUME, 3), Given.set(Role.FILER, 2), Given.set(Role.MASTER, 3))
            .having(Given.pod(Role.FILER, 0), Given.pod(Role.VOLUME, 0));
    assertThat(replicas(given, Role.FILER)).isZero();
    assertThat(replicas(given, Role.VOLUME)).isEqualTo(3);
    assertThat(replicas(given, Role.MASTER)).isEqualTo(3);
    assertThat(wished(given, Deployment.class, "demo-s3").getSpec().getReplicas()).isZero();
  }

  @Test
  void itServesWithOneOfEachAndAMajorityOfMasters() {
    var given = new Given().having(Given.set(Role.VOLUME, 3));
    given.having(Given.pod(Role.MASTER, 0), Given.pod(Role.VOLUME, 0), Given.pod(Role.FILER, 0));
    assertThat(health(given).reason()).isEqualTo("NotServing");
    given.having(Given.pod(Role.MASTER, 1), gateway(1));
    assertThat(health(given).reason()).isEqualTo("PodsNotReady");
    assertThat(health(given).message()).startsWith("2 of 3 masters, 1 of 3 volume servers");
  }

  @Test
  void aDiskHoldsSixteenFullVolumesAndManyMoreThatAreNot() {
    assertThat(VolumeSizes.of(Quantity.parse("50Gi"))).isEqualTo(new VolumeSizes(3200, 128));
    assertThat(VolumeSizes.of(Quantity.parse("1Gi"))).isEqualTo(new VolumeSizes(64, 128));
    assertThat(VolumeSizes.of(Quantity.parse("1Ti"))).isEqualTo(new VolumeSizes(8192, 1024));
  }

  @Test
  void fewVolumesThatAreLeftAreToldBeforeTheLastIs() {
    var given = whole();
    assertThat(health(given).reason()).isEqualTo("Ready");
    assertThat(health(whole().reading(new VolumeSlots(39, 384))).reason()).isEqualTo("Ready");
    var low = health(whole().reading(new VolumeSlots(38, 384)));
    assertThat(low.state()).isEqualTo(Health.State.READY);
    assertThat(low.reason()).isEqualTo("VolumeSlotsLow");
    assertThat(low.message()).startsWith("38 of 384 volumes can still be begun");
    var gone = health(whole().reading(new VolumeSlots(0, 384)));
    assertThat(gone.state()).isEqualTo(Health.State.DEGRADED);
    assertThat(gone.reason()).isEqualTo("VolumeSlotsGone");
  }

  private static Given whole() {
    var given = new Given().having(gateway(2));
    Map.of(Role.MASTER, 3, Role.VOLUME, 3, Role.FILER, 2)
        .forEach(
            (role, count) -> {
              given.having(Given.set(role, count));
              IntStream.range(0, count).forEach(i -> given.having(Given.pod(role, i)));
            });
    return given;
  }

  private static Deployment gateway(int ready) {
    var drain = Given.drain(0, ready);
    drain.setMetadata(Role.S3.part("demo").meta());
    return drain;
  }

  private static int replicas(Given given, Role role) {
    return wished(given, StatefulSet.class, role.part("demo").name()).getSpec().getReplicas();
  }

  private static Plan plan(Given given) {
    return new SeaweedFs().plan(given.cluster(), given.facts());
  }

  private static Health health(Given given) {
    return new SeaweedFs().health(given.cluster(), given.facts());
  }

  private static <T extends HasMetadata> T wished(Given given, Class<T> kind, String name) {
    return ((Plan.Apply) plan(given))
        .wishes().stream()
            .flatMap(w -> Wishes.object(w).stream())
            .filter(kind::isInstance)
            .map(kind::cast)
            .filter(o -> name.equals(o.getMetadata().getName()))
            .findFirst()
            .orElseThrow();
  }
}
