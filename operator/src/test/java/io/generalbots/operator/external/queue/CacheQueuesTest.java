package io.generalbots.operator.external.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.valkey.CacheEntrance;
import io.generalbots.operator.external.Certificates;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Until;
import io.generalbots.operator.external.spread.TemporaryServer;
import io.generalbots.operator.kube.Secrets;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Messages that wait in a Valkey that runs; skipped where none is in the path. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("REQ-SCALE-1")
class CacheQueuesTest {

  private static final String ORDERS = "orders";
  private static final String BOTS = "bots";

  private final Vertx vertx = Vertx.vertx();
  private final List<LoneCache> caches = new ArrayList<>();

  @BeforeAll
  void start() throws IOException {
    assumeTrue(LoneCache.program().isPresent(), "no valkey-server here: see dev/tools/valkey");
    caches.add(LoneCache.start(vertx));
  }

  @AfterAll
  void end() throws IOException {
    for (var cache : caches) {
      cache.close();
    }
    vertx.close();
  }

  @BeforeEach
  void empty() {
    cache().ask("FLUSHALL");
  }

  @Test
  void whereNobodyEverPutAMessageNoneWaits() {
    assertThat(depth(ORDERS)).isEqualTo(new Depth(0, false));
  }

  @Test
  void whatNobodyReadsWaitsAllOfIt() {
    put(ORDERS, 7);
    assertThat(depth(ORDERS)).isEqualTo(new Depth(7, false));
  }

  @Test
  void whatWasHandedOutWaitsUntilItIsDone() {
    group(ORDERS, BOTS);
    put(ORDERS, 10);
    var read = read(BOTS, 4);
    assertThat(depth(ORDERS)).isEqualTo(new Depth(10, false));
    read.subList(0, 3).forEach(id -> cache().ask("XACK", ORDERS, BOTS, id));
    assertThat(depth(ORDERS)).isEqualTo(new Depth(7, false));
    read(BOTS, 6).forEach(id -> cache().ask("XACK", ORDERS, BOTS, id));
    cache().ask("XACK", ORDERS, BOTS, read.get(3));
    assertThat(depth(ORDERS)).isEqualTo(new Depth(0, false));
  }

  @Test
  void eachGroupHasWorkOfItsOwnAndQueuesAreCountedTogether() {
    group(ORDERS, BOTS);
    group(ORDERS, "bills");
    put(ORDERS, 10);
    read(BOTS, 4).forEach(id -> cache().ask("XACK", ORDERS, BOTS, id));
    put("unread", 5);
    assertThat(depth(ORDERS, "nothing", "unread")).isEqualTo(new Depth(6 + 10 + 5, false));
  }

  @Test
  void whereTheServerHasLostCountEntriesAreCounted() {
    group(ORDERS, BOTS);
    var ids = put(ORDERS, 350);
    read(BOTS, 20);
    cache().ask("XDEL", ORDERS, ids.get(100));
    var groups = cache().ask("XINFO", "GROUPS", ORDERS);
    assertThat(Group.of(ORDERS, groups.get(0)).lag()).isEmpty();
    assertThat(depth(ORDERS)).isEqualTo(new Depth(349, false));
  }

  @Test
  void countingEndsWhereItWouldTakeTooLong() {
    group(ORDERS, BOTS);
    var ids = put(ORDERS, Streams.MOST_ENTRIES + 500);
    cache().ask("XDEL", ORDERS, ids.get(1));
    var depth = depth(ORDERS);
    assertThat(depth.isLeast()).isTrue();
    assertThat(depth.against(100)).isGreaterThan(Streams.MOST_ENTRIES);
    assertThatThrownBy(() -> depth.against(20_000))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("whether there are more than 20000");
  }

  @Test
  void moreGroupsThanAreLookedAtAreNoNumber() {
    IntStream.rangeClosed(0, Streams.MOST_GROUPS).forEach(i -> group(ORDERS, "g" + i));
    assertFails("queue orders is read by 65 groups", ORDERS);
  }

  @Test
  void whatIsNoStreamIsToldByItsName() {
    cache().ask("SET", "greeting", "hello");
    put(ORDERS, 1);
    assertFails("key greeting of the cache is no stream", ORDERS, "greeting");
  }

  @Test
  void aPasswordThatIsNotRightIsNotToldAnybody() {
    assertThatThrownBy(() -> door(cache().port(), "not-hidden").depth(List.of(ORDERS)))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("WRONGPASS")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void whoNeedsAPasswordIsNotAskedWithoutOne() {
    assertThatThrownBy(() -> door(cache().port(), "").depth(List.of(ORDERS)))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("NOAUTH");
  }

  @Test
  void aCacheThatIsAwayIsTold() throws IOException {
    var nowhere = TemporaryServer.freePort();
    assertThatThrownBy(() -> door(nowhere, LoneCache.PASSWORD).depth(List.of(ORDERS)))
        .isInstanceOf(StepFailure.class)
        .hasMessageStartingWith("asking the cache for queues: Connection refused")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void aCacheThatDoesNotAnswerIsNotWaitedForLong() throws IOException, InterruptedException {
    cache().hang(true);
    var began = System.nanoTime();
    try {
      assertFails("no answer within", ORDERS);
    } finally {
      cache().hang(false);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    put(ORDERS, 1);
    assertThat(depth(ORDERS)).isEqualTo(new Depth(1, false));
  }

  @Test
  void nothingStaysOpenAfterALook() {
    put(ORDERS, 1);
    var before = clients();
    depth(ORDERS);
    Until.holds("nobody is connected that was not before", () -> clients() == before);
  }

  @Test
  void whoIsPrimaryAfterAnotherCountsTheSame() throws IOException {
    group(ORDERS, BOTS);
    put(ORDERS, 10);
    read(BOTS, 4).stream().limit(3).forEach(id -> cache().ask("XACK", ORDERS, BOTS, id));
    try (var next =
        LoneCache.start(
            vertx,
            "--replicaof 127.0.0.1 " + cache().port(),
            "--primaryauth " + LoneCache.PASSWORD,
            "--repl-diskless-sync-delay 0")) {
      assertThat(cache().ask("WAIT", 1, 9_000).toInteger()).isEqualTo(1);
      next.ask("REPLICAOF", "NO", "ONE");
      assertThat(door(next.port(), LoneCache.PASSWORD).depth(List.of(ORDERS)))
          .isEqualTo(new Depth(7, false));
    }
  }

  @Test
  void overTlsItIsAskedByWhomTheAuthorityVouchesForAlone() throws Exception {
    var port = TemporaryServer.freePort();
    var certificates = Certificates.make(List.of("127.0.0.1"));
    var files = List.of("cert-file /tls.crt", "key-file /tls.key", "ca-cert-file /ca.crt");
    var settings = files.stream().map(f -> "--tls-" + f.replace("/", certificates + "/"));
    var more = Stream.of("--tls-port " + port, "--tls-auth-clients no");
    try (var secured =
        LoneCache.start(vertx, Stream.concat(settings, more).toArray(String[]::new))) {
      secured.ask("XADD", ORDERS, "*", "text", "hello");
      var address = "rediss://127.0.0.1:" + port;
      var login = Map.of("username", "default", "password", LoneCache.PASSWORD);
      var authority = Map.of("ca.crt", Files.readString(certificates.resolve("ca.crt")));
      var trusting = new TreeMap<>(login);
      trusting.putAll(authority);
      assertThat(door(address, trusting).depth(List.of(ORDERS))).isEqualTo(new Depth(1, false));
      assertThatThrownBy(() -> door(address, login).depth(List.of(ORDERS)))
          .isInstanceOf(StepFailure.class)
          .hasMessageContaining("asking the cache for queues");
    } finally {
      TemporaryServer.remove(certificates);
    }
  }

  private void assertFails(String message, String... queues) {
    assertThatThrownBy(() -> depth(queues))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining(message);
  }

  private long clients() {
    return cache().ask("CLIENT", "LIST").toString().lines().count();
  }

  private LoneCache cache() {
    return caches.get(0);
  }

  private Depth depth(String... queues) {
    return door(cache().port(), LoneCache.PASSWORD).depth(List.of(queues));
  }

  private CacheDoor door(int port, String password) {
    return door("127.0.0.1:" + port, Map.of("username", "default", "password", password));
  }

  private CacheDoor door(String address, Map<String, String> login) {
    var yaml = "spec: {valkey: {external: {address: \"%s\"}}}".formatted(address);
    var entrance = new CacheEntrance(Serialization.unmarshal(yaml, BotCluster.class));
    var client = new KubernetesClientBuilder().build();
    return new CacheQueues(client, vertx, "cluster.local")
        .elsewhere(entrance, Secrets.basicAuth(new ObjectMeta(), login));
  }

  private void group(String queue, String name) {
    cache().ask("XGROUP", "CREATE", queue, name, "$", "MKSTREAM");
  }

  /** The ids of as many entries. */
  private List<String> put(String queue, int entries) {
    return IntStream.range(0, entries)
        .mapToObj(i -> cache().ask("XADD", queue, "*", "text", "message " + i).toString())
        .toList();
  }

  /** The ids of what a group was handed out. */
  private List<String> read(String group, int entries) {
    var told =
        cache().ask("XREADGROUP", "GROUP", group, "me", "COUNT", entries, "STREAMS", ORDERS, ">");
    return told.get(0).get(1).stream().map(entry -> entry.get(0).toString()).toList();
  }
}
