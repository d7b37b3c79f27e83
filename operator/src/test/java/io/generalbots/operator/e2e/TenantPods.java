package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.cluster.RetainedTenant;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Remains;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A BotCluster with every store that Tenants share, Tenants on it, and a pod that is given what
 * their Secrets say.
 *
 * @param client how it is reached
 * @param namespace where all of it is
 */
record TenantPods(KubernetesClient client, String namespace) implements AutoCloseable {

  private static final String CLUSTER =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: BotCluster
      metadata: {name: demo, namespace: %1$s}
      spec:
        domain: bots.example.com
        %2$s
        reclaimPolicy: Delete
        postgres: {instances: 1, storage: {size: 1Gi}, pooler: {instances: 1}}
        valkey: %3$s
        vault: %5$s
        gateway: {replicas: 1, service: {type: ClusterIP}, tls: {mode: Disabled}, rateLimit: {enabled: false}}
        botserver: {enabled: false, image: "generalbots/botserver:double", workVolume: {size: 256Mi}, resources: %4$s, drainSeconds: 5}
        seaweedfs:
          masters: 1
          volumes: {replicas: 1, replication: "000", storage: {size: 1Gi}, resources: %4$s}
          filers: {replicas: 1, store: Embedded, storage: {size: 1Gi}, resources: %4$s}
          s3: {replicas: 1, resources: %4$s}
      """;

  private static final String TENANT =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: Tenant
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        clusterRef: {name: demo}
        bots: [{name: %1$s}]
        hosts: [%1$s.example.org]
        botserver: {enabled: true}
      """;

  void create() {
    new Stage(client, namespace).prepare();
    var yaml =
        CLUSTER.formatted(
            namespace,
            Specs.storesAnd(List.of("seaweedfs", "gateway", "botserver"), "  "),
            Small.VALKEY,
            Small.RESOURCES,
            Small.VAULT);
    client.resource(yaml).inNamespace(namespace).create();
  }

  void createTenant(String name) {
    client.resource(TENANT.formatted(name, namespace)).inNamespace(namespace).create();
  }

  /** A new pod gets into the rules of its network a moment after it has begun. */
  void startClient() {
    new Attack(client, namespace).create("vault.txt");
    client.resource(Customer.POD.formatted(namespace)).inNamespace(namespace).create();
    client
        .pods()
        .inNamespace(namespace)
        .withName(Customer.NAME)
        .waitUntilReady(2, TimeUnit.MINUTES);
    until(
        () -> sql(value("acme-postgres", "uri"), "select 'let in'"),
        "let in",
        Duration.ofSeconds(60));
  }

  void awaitPhase(String tenant, TenantPhase phase, Duration limit) {
    await(tenant, t -> t.getStatus().phase() == phase, limit);
  }

  void await(String tenant, Predicate<Tenant> condition, Duration limit) {
    tenant(tenant)
        .waitUntilCondition(
            t -> t != null && t.getStatus() != null && condition.test(t),
            limit.toSeconds(),
            TimeUnit.SECONDS);
  }

  /** Waits until the condition LimitExceeded has this reason. */
  void awaitLimit(String tenant, String reason, Duration limit) {
    await(
        tenant,
        t ->
            t.getStatus().conditions().stream()
                .anyMatch(c -> "LimitExceeded".equals(c.getType()) && reason.equals(c.getReason())),
        limit);
  }

  /** Changes a Tenant by a JSON merge patch. */
  void patch(String tenant, String patch) {
    tenant(tenant).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  void delete(String tenant, Duration limit) {
    tenant(tenant).delete();
    tenant(tenant).waitUntilCondition(Objects::isNull, limit.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits until the BotCluster lists just these as retained. */
  void awaitRetained(Duration limit, String... tenants) {
    client
        .resources(BotCluster.class)
        .inNamespace(namespace)
        .withName("demo")
        .waitUntilCondition(
            c ->
                c != null
                    && c.getStatus() != null
                    && c.getStatus().retained().stream()
                        .map(RetainedTenant::tenant)
                        .toList()
                        .equals(List.of(tenants)),
            limit.toSeconds(),
            TimeUnit.SECONDS);
  }

  /** Waits until this is told of what belongs to no Tenant. */
  void awaitOrphans(Predicate<Condition> told, Duration limit) {
    var cluster = client.resources(BotCluster.class).inNamespace(namespace).withName("demo");
    new Told(cluster).await("OrphansFound", told, limit);
  }

  /** Waits until what was written down of Tenants that are gone is done with. */
  void awaitNothingKept(Duration limit) {
    client
        .secrets()
        .inNamespace(namespace)
        .withLabel(Labels.COMPONENT, Remains.COMPONENT)
        .informOnCondition(List::isEmpty)
        .orTimeout(limit.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** The names of all databases and roles. */
  String databases() {
    return asSuperuser("SELECT datname FROM pg_database UNION SELECT rolname FROM pg_roles");
  }

  /** What PostgreSQL answers to who may do everything. */
  String asSuperuser(String statement) {
    return new Shell(client, namespace)
        .run(
            "demo-postgres-0",
            "psql -U postgres -XAtc '%s' postgres".formatted(statement),
            Duration.ofSeconds(30));
  }

  Resource<Tenant> tenant(String name) {
    return client.resources(Tenant.class).inNamespace(namespace).withName(name);
  }

  /** One key of a published Secret. */
  String value(String secret, String key) {
    return Secrets.text(client.secrets().inNamespace(namespace).withName(secret).require(), key);
  }

  /** Waits until a published Secret is of this login. */
  void awaitLogin(String secret, String login, Duration limit) {
    client
        .secrets()
        .inNamespace(namespace)
        .withName(secret)
        .waitUntilCondition(
            (Secret s) -> s != null && login.equals(Secrets.text(s, "username")),
            limit.toSeconds(),
            TimeUnit.SECONDS);
  }

  String run(String command) {
    return run(command + " 2>&1 || true", Duration.ofSeconds(60));
  }

  String run(String command, Duration limit) {
    return new Shell(client, namespace).run(Customer.NAME, command, limit);
  }

  /** What PostgreSQL answers, or why it does not. */
  String sql(String uri, String statement) {
    return run("PGCONNECT_TIMEOUT=10 psql '%s' -XAtc \"%s\"".formatted(uri, statement));
  }

  /** What Valkey answers to the login of a Tenant. */
  String cache(String tenant, String command) {
    var secret = tenant + "-valkey";
    return run(
        "REDISCLI_AUTH=%s timeout 10 valkey-cli --no-auth-warning --user %s -h %s -p %s --tls --cacert /tls/ca.crt %s"
            .formatted(
                value(secret, "password"),
                value(secret, "username"),
                value(secret, "host"),
                value(secret, "tls-port"),
                command));
  }

  /** The status of an answer of the object store to the login of a Tenant. */
  String drive(String tenant, String more) {
    var secret = tenant + "-s3";
    return run(
        "echo treasure >/tmp/s; curl -s --max-time 10 --cacert /tls/ca.crt --aws-sigv4 aws:amz:us-east-1:s3 --user %s:%s -o /dev/null -w '%%{http_code}' %s"
            .formatted(
                value(secret, "username"),
                value(secret, "password"),
                more.replace("$U", value(secret, "tls-uri"))));
  }

  /** What a host of a Tenant answers at the gateway, and after it the status. */
  String host(String tenant, String path) {
    return run(
        "curl -s --max-time 10 -w ' %%{http_code}' -H 'Host: %s.example.org' http://demo-gateway%s"
            .formatted(tenant, path));
  }

  /** Waits until something is said: nothing in a server tells when it has read its files. */
  void until(Supplier<String> question, String answer, Duration limit) {
    var end = Instant.now().plus(limit);
    var said = question.get();
    while (!said.contains(answer)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("%s was said, not %s".formatted(said, answer));
      }
      said = question.get();
    }
  }

  @Override
  public void close() {
    client.resources(Tenant.class).inNamespace(namespace).list().getItems().stream()
        .map(t -> t.getMetadata().getName())
        .forEach(
            name -> {
              patch(
                  name,
                  "{\"metadata\":{\"annotations\":{\"generalbots.io/force-delete\":\"true\"}}}");
              delete(name, Duration.ofSeconds(60));
            });
    new Attack(client, namespace).remove();
    new Stage(client, namespace).clear();
  }
}
