package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.generalbots.api.v1alpha1.BotCluster;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A volume that fills up grows under its server; each test builds on the one before. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(480)
@Tag("REQ-SCALE-1")
class VolumeGrowthE2E {

  private static final String NAMESPACE = "e2e-volume-growth";
  private static final String LIMITED = "VolumesLimited";
  private static final String POD = "demo-postgres-0";
  private static final String CLAIM = "data-" + POD;
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final PostgresCluster POSTGRES = new PostgresCluster(CLIENT, NAMESPACE);
  private static final Shell SHELL = new Shell(CLIENT, NAMESPACE);

  /** Room for a new database, which takes a fourth of it, and for one step and a bit. */
  private static final String GROWING =
      "{instances: 1, pooler: {enabled: false},"
          + " storage: {size: 600Mi, autoGrow: {threshold: 60, maxSize: 760Mi}}}";

  /** Takes so much that a volume is full to so many percent. */
  private static final String FILL =
      "cd /var/lib/postgresql && read size used < <(df --output=size,used --block-size=1 . | tail -n1)"
          + " && fallocate --length $((size * %1$d / 100 - used)) filling-%1$d";

  private static final String FILL_UP = "cat /dev/zero >/var/lib/postgresql/filling-up; true";

  private static String uid = "";

  @BeforeAll
  static void oneServer() {
    POSTGRES.prepareNamespace();
    POSTGRES.create(GROWING);
    POSTGRES.awaitReady(1, ofMinutes(3));
    POSTGRES.sql(POD, "CREATE TABLE treasure AS SELECT generate_series(1, 1000) n");
    POSTGRES.sql(POD, "CHECKPOINT");
    uid = POSTGRES.servers().get(0).getMetadata().getUid();
  }

  @AfterAll
  static void remove() {
    POSTGRES.close();
  }

  @AfterEach
  void nothingIsLostAndThePodIsTheSame() {
    assertThat(POSTGRES.sql(POD, "SELECT count(*) FROM treasure")).isEqualTo("1000");
    assertThat(POSTGRES.servers())
        .singleElement()
        .satisfies(pod -> assertThat(pod.getMetadata().getUid()).isEqualTo(uid));
  }

  @Test
  @Order(1)
  void whatIsNotFullStaysAsItIs() {
    new Told(cluster()).await(LIMITED, c -> "RoomToGrow".equals(c.getReason()), ofMinutes(3));
    assertThat(claimed()).isEqualByComparingTo(bytes("600Mi"));
    assertThat(events()).isEmpty();
  }

  @Test
  @Order(2)
  void itGrowsByAStepWhenItIsFullToTheThreshold() {
    have("720Mi", 65);
    POSTGRES.awaitReady(1, ofMinutes(2));
    assertThat(events()).singleElement().asString().contains(CLAIM, "from 600Mi to 720Mi");
    assertThat(restarts()).isZero();
    assertThat(told()).hasValueSatisfying(size -> assertThat(size).hasToString("720Mi"));
    new Told(cluster()).await(LIMITED, c -> "RoomToGrow".equals(c.getReason()), ofMinutes(2));
    assertThat(claimed()).as("a step, and no other").isEqualByComparingTo(bytes("720Mi"));
  }

  @Test
  @Order(3)
  void itStopsAtMaxSizeAndThatIsTold() {
    have("720Mi", 65);
    have("760Mi", 75);
    var limit = new Told(cluster()).await(LIMITED, c -> reasonIs("AtMaxSize", c), ofMinutes(3));
    assertThat(limit.getMessage()).contains(CLAIM, "spec.postgres.storage.autoGrow.maxSize");
    assertThat(claimed()).isEqualByComparingTo(bytes("760Mi"));
    assertThat(restarts()).isZero();
  }

  @Test
  @Order(4)
  void oneThatIsFullGrowsOnWhenItMay() {
    have("720Mi", 65);
    have("760Mi", 75);
    SHELL.run(POD, FILL_UP);
    assertThat(SHELL.run(POD, "df --output=pcent /var/lib/postgresql | tail -n1")).contains("100%");
    POSTGRES.patch("{\"postgres\":{\"storage\":{\"autoGrow\":{\"maxSize\":\"2Gi\"}}}}");
    awaitCapacity("912Mi");
    POSTGRES.awaitReady(1, ofMinutes(3));
    POSTGRES.sql(POD, "CREATE TABLE written AS SELECT generate_series(1, 100000) n");
    assertThat(POSTGRES.sql(POD, "SELECT count(*) FROM written")).isEqualTo("100000");
  }

  /** It has at least as much, or is made so full that it has soon. */
  private static void have(String size, int percent) {
    if (claimed().compareTo(bytes(size)) < 0) {
      System.out.println(SHELL.run(POD, FILL.formatted(percent)));
    }
    awaitCapacity(size);
  }

  /** Waits until it has as much, or has gone on to more. */
  private static void awaitCapacity(String size) {
    CLIENT
        .persistentVolumeClaims()
        .inNamespace(NAMESPACE)
        .withName(CLAIM)
        .waitUntilCondition(
            claim ->
                claim != null
                    && storage(claim.getStatus().getCapacity()).compareTo(bytes(size)) >= 0,
            4,
            TimeUnit.MINUTES);
  }

  private static boolean reasonIs(String reason, Condition told) {
    return Told.isTrue(told) && reason.equals(told.getReason());
  }

  private static BigDecimal claimed() {
    var claim = POSTGRES.claims().get(0);
    return storage(claim.getSpec().getResources().getRequests());
  }

  private static BigDecimal storage(Map<String, Quantity> sizes) {
    return sizes.getOrDefault("storage", new Quantity("0")).getNumericalAmount();
  }

  private static Optional<Quantity> told() {
    return cluster().require().getStatus().volumes().stream()
        .filter(volume -> CLAIM.equals(volume.name()))
        .map(volume -> volume.size())
        .findFirst();
  }

  private static int restarts() {
    return POSTGRES.servers().get(0).getStatus().getContainerStatuses().stream()
        .mapToInt(status -> status.getRestartCount())
        .sum();
  }

  private static List<String> events() {
    var own = cluster().require().getMetadata().getUid();
    return CLIENT.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(event -> own.equals(event.getInvolvedObject().getUid()))
        .filter(event -> "GrowingVolumes".equals(event.getReason()))
        .map(Event::getMessage)
        .toList();
  }

  private static BigDecimal bytes(String size) {
    return new Quantity(size).getNumericalAmount();
  }

  private static Resource<BotCluster> cluster() {
    return CLIENT.resources(BotCluster.class).inNamespace(NAMESPACE).withName("demo");
  }
}
