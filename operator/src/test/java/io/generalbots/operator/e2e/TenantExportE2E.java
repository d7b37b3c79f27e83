package io.generalbots.operator.e2e;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.generalbots.api.v1alpha1.tenant.ExportState;
import io.generalbots.api.v1alpha1.tenant.ExportStatus;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.operator.kube.Part;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A Tenant with something in every store, its export, and others that begin with it. */
@Thorough
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
class TenantExportE2E {

  private static final String TENANT =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: Tenant
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        clusterRef: {name: demo}
        bots: [{name: %1$s}]
        hosts: [%1$s.example.org]
        %3$s
      """;
  private static final String BOOTSTRAP =
      "bootstrap: {export: {bucket: acme.gbai, key: exports/%s/manifest.json, secretName: acme-s3,"
          + " sha256: %s, bots: [{from: acme, name: %s}]}}";
  private static final Duration LIMIT = ofMinutes(5);
  private static final String NAMESPACE = "e2e-tenant-export";
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final TenantPods PODS = new TenantPods(CLIENT, NAMESPACE);

  @BeforeAll
  static void twoTenantsWithSomethingInEveryStore() {
    PODS.close();
    PODS.create();
    for (var tenant : new String[] {"acme", "rival"}) {
      create(tenant, "");
    }
    PODS.awaitPhase("acme", TenantPhase.READY, ofMinutes(6));
    PODS.awaitPhase("rival", TenantPhase.READY, LIMIT);
    PODS.startClient();
    for (var tenant : new String[] {"acme", "rival"}) {
      fill(tenant);
    }
  }

  @AfterAll
  static void remove() {
    PODS.close();
  }

  @Test
  @Order(1)
  void allThatATenantHasIsInItsExportAndNothingOfItsNeighbour() {
    var export = export("one");
    assertThat(export.message()).isNull();
    assertThat(export.state()).isEqualTo(ExportState.COMPLETE);
    assertThat(download("one")).isEqualTo("200200");
    assertThat(PODS.run("sha256sum /tmp/archive | cut -c-64")).isEqualTo(export.sha256());
    assertThat(PODS.run("tar tf /tmp/archive | head -n2"))
        .isEqualTo("export.json\npostgres/00000001");
    var dump = "tar xOf /tmp/archive postgres/00000001 | pg_restore -f - | grep -c %s";
    assertThat(PODS.run(dump.formatted("treasure-of-acme"))).isNotEqualTo("0");
    assertThat(PODS.run(dump.formatted("treasure-of-rival"))).isEqualTo("0");
    assertThat(PODS.run("grep -ac treasure-of-acme /tmp/archive")).isNotEqualTo("0");
    assertThat(PODS.run("grep -ac treasure-of-rival /tmp/archive")).isEqualTo("0");
  }

  @Test
  @Order(2)
  void aNewTenantBeginsWithAllOfIt() {
    create("heir", BOOTSTRAP.formatted("one", sha256("one"), "heir"));
    PODS.awaitPhase("heir", TenantPhase.READY, LIMIT);
    assertThat(rows("heir")).isEqualTo(rows("acme")).startsWith("10000|");
    assertThat(PODS.cache("heir", "GET t:heir:k")).isEqualTo("treasure-of-acme");
    assertThat(PODS.cache("heir", "HGET t:heir:h f")).isEqualTo("v");
    assertThat(PODS.cache("heir", "PEXPIRETIME t:heir:ttl"))
        .isEqualTo(PODS.cache("acme", "PEXPIRETIME t:acme:ttl"));
    assertThat(PODS.cache("heir", "GET t:acme:k")).contains("NOPERM");
    for (var object : new String[] {"large", "small", "empty"}) {
      assertThat(digest("heir", object)).as(object).isEqualTo(digest("acme", object));
    }
    assertThat(PODS.drive("heir", "$U/heir.gbai/exports/one/manifest.json")).isEqualTo("404");
  }

  /** Whoever is killed on the way is followed by another, and until that is done there is none. */
  @Test
  @Order(3)
  void anExportThatIsInterruptedIsNoneUntilItIsWhole() {
    ask("two");
    var pod = running();
    CLIENT.pods().inNamespace(NAMESPACE).withName(pod).withGracePeriod(0).delete();
    assertThat(PODS.drive("acme", "$U/acme.gbai/exports/two/manifest.json")).isEqualTo("404");
    var export = await("two");
    assertThat(export.state()).isEqualTo(ExportState.COMPLETE);
    assertThat(download("two")).isEqualTo("200200");
    assertThat(PODS.run("sha256sum /tmp/archive | cut -c-64")).isEqualTo(export.sha256());
  }

  @Test
  @Order(4)
  void aCorruptedArchiveIsRefusedAndLeavesNothing() {
    download("one");
    PODS.run("printf X | dd of=/tmp/archive bs=1 seek=5000 conv=notrunc");
    assertThat(PODS.drive("acme", "-T /tmp/archive $U/acme.gbai/exports/bad/archive.tar"))
        .isEqualTo("200");
    PODS.drive("acme", "$U/acme.gbai -o /tmp/manifest $U/acme.gbai/exports/one/manifest.json");
    assertThat(PODS.drive("acme", "-T /tmp/manifest $U/acme.gbai/exports/bad/manifest.json"))
        .isEqualTo("200");
    create("late", BOOTSTRAP.formatted("bad", sha256("one"), "late"));
    PODS.await("late", t -> t.getStatus().phase() == TenantPhase.STALLED, LIMIT);
    assertThat(stalled("late")).contains("corrupted");
    assertThat(PODS.sql(PODS.value("late-postgres", "uri"), "select to_regclass('notes') is null"))
        .isEqualTo("t");
    assertThat(PODS.cache("late", "EXISTS t:late:k")).isEqualTo("0");
    assertThat(PODS.drive("late", "$U/late.gbai/small")).isEqualTo("404");
  }

  /** The archive is mended, and somebody asks for another try. */
  @Test
  @Order(5)
  void whatWasRefusedIsTriedAgainWhenSomebodyAsks() {
    download("one");
    assertThat(PODS.drive("acme", "-T /tmp/archive $U/acme.gbai/exports/bad/archive.tar"))
        .isEqualTo("200");
    PODS.patch("late", "{\"metadata\":{\"annotations\":{\"generalbots.io/import\":\"again\"}}}");
    PODS.awaitPhase("late", TenantPhase.READY, LIMIT);
    assertThat(rows("late")).isEqualTo(rows("acme"));
  }

  private static void create(String tenant, String more) {
    CLIENT.resource(TENANT.formatted(tenant, NAMESPACE, more)).inNamespace(NAMESPACE).create();
  }

  private static void fill(String tenant) {
    var uri = PODS.value(tenant + "-postgres", "uri");
    PODS.sql(
        uri,
        "create table notes (n int primary key, t text, b bytea);"
            + " insert into notes select n, 'treasure-of-%s', sha256(n::text::bytea) from generate_series(1, 10000) n"
                .formatted(tenant));
    var prefix = "t:%s:".formatted(tenant);
    PODS.cache(tenant, "SET " + prefix + "k treasure-of-" + tenant);
    PODS.cache(tenant, "HSET " + prefix + "h f v");
    PODS.cache(tenant, "SET " + prefix + "ttl x EX 86400");
    PODS.run(
        "head -c 67108864 /dev/urandom >/tmp/large; echo treasure-of-%s >/tmp/small; : >/tmp/empty"
            .formatted(tenant));
    for (var object : new String[] {"large", "small", "empty"}) {
      assertThat(PODS.drive(tenant, "-T /tmp/%2$s $U/%1$s.gbai/%2$s".formatted(tenant, object)))
          .isEqualTo("200");
    }
  }

  private static String rows(String tenant) {
    var uri = PODS.value(tenant + "-postgres", "uri");
    return PODS.sql(uri, "select count(*), md5(string_agg(n::text, '' order by n.n)) from notes n");
  }

  private static String digest(String tenant, String object) {
    var url = "$U/%1$s.gbai -o /tmp/read $U/%1$s.gbai/%2$s".formatted(tenant, object);
    assertThat(PODS.drive(tenant, url)).isEqualTo("200200");
    return PODS.run("sha256sum </tmp/read");
  }

  private static String download(String name) {
    return PODS.drive(
        "acme", "$U/acme.gbai -o /tmp/archive $U/acme.gbai/exports/%s/archive.tar".formatted(name));
  }

  private static String sha256(String name) {
    return Objects.requireNonNull(await(name).sha256());
  }

  private static ExportStatus export(String name) {
    ask(name);
    return await(name);
  }

  private static void ask(String name) {
    PODS.patch(
        "acme",
        "{\"metadata\":{\"annotations\":{\"generalbots.io/export\":\"%s\"}}}".formatted(name));
  }

  private static ExportStatus await(String name) {
    PODS.await(
        "acme", t -> t.getStatus().exports().stream().anyMatch(e -> isEnded(e, name)), LIMIT);
    return PODS.tenant("acme").require().getStatus().exports().stream()
        .filter(e -> isEnded(e, name))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isEnded(ExportStatus export, String name) {
    return export.name().equals(name)
        && (export.state() == ExportState.COMPLETE || export.state() == ExportState.FAILED);
  }

  /** The pod that carries just now. */
  private static String running() {
    return CLIENT
        .pods()
        .inNamespace(NAMESPACE)
        .withLabels(Part.ofTenant("acme", "export").selector())
        .informOnCondition(pods -> pods.stream().anyMatch(TenantExportE2E::isRunning))
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join()
        .stream()
        .filter(TenantExportE2E::isRunning)
        .map(pod -> pod.getMetadata().getName())
        .findFirst()
        .orElseThrow();
  }

  private static boolean isRunning(Pod pod) {
    return "Running".equals(pod.getStatus().getPhase());
  }

  private static String stalled(String tenant) {
    return PODS.tenant(tenant).require().getStatus().conditions().stream()
        .filter(c -> "Stalled".equals(c.getType()))
        .map(c -> c.getReason() + ": " + c.getMessage())
        .findFirst()
        .orElse("");
  }
}
