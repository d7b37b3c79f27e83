package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A store whose server hangs, refuses connections or is slower than anybody waits: that is told of
 * this store and of no other, and forgotten when it is over.
 */
@Timeout(300)
@Thorough
class StoreFaultsE2E {

  private static final String NAMESPACE = "e2e-store-faults";
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final StoresCluster CLUSTER = new StoresCluster(CLIENT, NAMESPACE);

  /** Probes ask every few seconds, and more than once before they believe it. */
  private static final double SECONDS = 30;

  private static final double SECONDS_IF_BUSY = 60;

  /** After that nothing follows any more from what was before. */
  private static final Duration QUIET = ofSeconds(4);

  /** Longer than it takes to tell of a fault. */
  private static final Duration WHILE = ofSeconds(30);

  /** A server of a store, and how it is told of. */
  private enum Server {
    POSTGRES("postgres", "patroni", "PostgresReady"),
    POOLER("pooler", "pgbouncer", "PoolerReady"),
    VALKEY("valkey", "valkey-server", "ValkeyReady"),
    VAULT("vault", "bao", "VaultReady"),
    DRIVE("s3", "weed", "SeaweedfsReady");

    private final String component;
    private final String process;
    private final String condition;

    Server(String component, String process, String condition) {
      this.component = component;
      this.process = process;
      this.condition = condition;
    }

    /**
     * Those that may be told of with it: a pooler may miss its only server, and the object store
     * has the names of its objects in the database.
     */
    String[] touched() {
      return switch (this) {
        case POSTGRES -> new String[] {condition, POOLER.condition, DRIVE.condition};
        case POOLER -> new String[] {condition, DRIVE.condition};
        case VALKEY, VAULT, DRIVE -> new String[] {condition};
      };
    }

    Fault.Ending suffer(Fault fault) {
      return fault.begin(Processes.of(CLUSTER.pod(component)), process);
    }
  }

  @BeforeAll
  static void oneOfEach() {
    CLUSTER.create();
    CLUSTER.awaitStores(ofMinutes(4));
  }

  @AfterAll
  static void remove() {
    CLUSTER.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(Fault.HANG, Fault.REFUSE, Fault.SLOW)
        .flatMap(f -> Stream.of(Server.values()).map(s -> Arguments.of(s, f)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultIsToldOfItsStoreAlone(Server server, Fault fault) {
    var others = CLUSTER.settled(QUIET, server.touched());
    var began = Instant.now();
    double told;
    var ending = server.suffer(fault);
    try {
      var condition = CLUSTER.await(server.condition, c -> !Told.isTrue(c), ofMinutes(2));
      told = secondsSince(began);
      System.out.printf(
          "%s %s: told after %.1f s: %s%n", server, fault, told, condition.getMessage());
    } finally {
      began = Instant.now();
      ending.end();
    }
    CLUSTER.awaitTrue(server.condition, ofMinutes(2));
    var well = secondsSince(began);
    System.out.printf("%s %s: well again after %.1f s%n", server, fault, well);
    assertThat(CLUSTER.since(server.touched())).as("the others").isEqualTo(others);
    Machine.assertWithin(told, SECONDS, SECONDS_IF_BUSY);
    Machine.assertWithin(well, SECONDS, SECONDS_IF_BUSY);
  }

  /** Nobody is told of what is no fault. */
  @Test
  void whoWaitsForHalfASecondIsNoCaseForACondition() {
    var before = CLUSTER.settled(QUIET);
    var faults = new ArrayList<Fault.Ending>();
    try {
      for (var server : Server.values()) {
        faults.add(server.suffer(Fault.SLUGGISH));
      }
      assertThat(CLUSTER.isTold(before, WHILE)).as("told within %s", WHILE).isFalse();
    } finally {
      faults.forEach(Fault.Ending::end);
    }
  }

  /** What applications were told is what holds: nobody has to find out why they cannot come in. */
  @ParameterizedTest
  @EnumSource
  void aPasswordThatIsNotTheSecretsIsSetBack(Login login) {
    CLUSTER.awaitStores(ofMinutes(2));
    Login.start(CLIENT, NAMESPACE);
    secondsUntil(() -> login.works(CLUSTER));
    var tries = 0;
    do {
      login.spoil(CLUSTER);
    } while (login.works(CLUSTER) && ++tries < 5);
    assertThat(tries).as("set back before anybody could notice").isLessThan(5);
    var well = secondsUntil(() -> login.works(CLUSTER));
    System.out.printf("%s: let in again after %.1f s%n", login, well);
    Machine.assertWithin(well, SECONDS, SECONDS_IF_BUSY);
  }

  /** Through the pooler, which looks up what the database says. */
  @Test
  void aPasswordThatIsWrittenIntoTheSecretHoldsSoonAndTheFormerNoLonger() {
    CLUSTER.awaitStores(ofMinutes(2));
    Login.start(CLIENT, NAMESPACE);
    var app = CLIENT.secrets().inNamespace(NAMESPACE).withName("demo-app");
    var former = Secrets.text(app.require(), "password");
    var another = UUID.randomUUID().toString();
    setPassword(app, another);
    var well = secondsUntil(() -> Login.opensDatabase(CLUSTER, another));
    System.out.printf("another password of the database: let in after %.1f s%n", well);
    assertThat(Login.opensDatabase(CLUSTER, former)).as("with the former one").isFalse();
    setPassword(app, former);
    secondsUntil(() -> Login.DATABASE.works(CLUSTER));
    Machine.assertWithin(well, SECONDS, SECONDS_IF_BUSY);
  }

  @Test
  void identitiesOfTheDriveAreWrittenAnewWhenTheyWereChanged() {
    var secrets = CLIENT.secrets().inNamespace(NAMESPACE).withName("demo-seaweedfs-identities");
    var good = secrets.require().getData();
    secrets.edit(
        s -> {
          s.setStringData(Map.of("s3.json", "{\"identities\": []}"));
          return s;
        });
    var began = Instant.now();
    secrets.waitUntilCondition(s -> s != null && good.equals(s.getData()), 60, TimeUnit.SECONDS);
    Machine.assertWithin(secondsSince(began), SECONDS, SECONDS_IF_BUSY);
  }

  /** The operator has no other way in: it can only say so. */
  @Test
  void aWrongPasswordOfTheVaultIsToldWithItsSecret() {
    var others = CLUSTER.settled(QUIET, "VaultReady");
    var good = password();
    var began = Instant.now();
    setPassword(operator(), "wrong");
    var told = CLUSTER.await("SecretsSynced", c -> "Refused".equals(c.getReason()), ofMinutes(2));
    var toldAfter = secondsSince(began);
    assertThat(told.getMessage()).contains("Secret demo-vault-operator");
    began = Instant.now();
    setPassword(operator(), good);
    CLUSTER.awaitTrue("SecretsSynced", ofMinutes(2));
    CLUSTER.awaitTrue("VaultReady", ofMinutes(2));
    var well = secondsSince(began);
    System.out.printf(
        "wrong password of the vault: told after %.1f s: %s; well again after %.1f s%n",
        toldAfter, told.getMessage(), well);
    assertThat(CLUSTER.since("VaultReady")).isEqualTo(others);
    Machine.assertWithin(toldAfter, SECONDS, SECONDS_IF_BUSY);
    Machine.assertWithin(well, SECONDS, SECONDS_IF_BUSY);
  }

  private static String password() {
    return Secrets.text(operator().require(), "password");
  }

  private static void setPassword(Resource<Secret> secret, String password) {
    secret.edit(
        s -> {
          s.setStringData(Map.of("password", password));
          return s;
        });
  }

  /** How long it took until this was so: nothing tells when a store lets in. */
  private static double secondsUntil(BooleanSupplier wanted) {
    var began = Instant.now();
    while (!wanted.getAsBoolean()) {
      assertThat(began).isAfter(Instant.now().minus(ofMinutes(2)));
    }
    return secondsSince(began);
  }

  private static Resource<Secret> operator() {
    return CLIENT.secrets().inNamespace(NAMESPACE).withName("demo-vault-operator");
  }

  private static double secondsSince(Instant began) {
    return Duration.between(began, Instant.now()).toMillis() / 1000.0;
  }
}
