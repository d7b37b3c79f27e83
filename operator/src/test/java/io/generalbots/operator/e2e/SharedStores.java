package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.residents.Registered;
import io.generalbots.operator.residents.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A BotCluster of a cache and an object store, with Tenants that are registered by hand, and a pod
 * that speaks for any of them.
 *
 * @param client how it is reached
 * @param namespace where it runs
 */
record SharedStores(KubernetesClient client, String namespace) implements AutoCloseable {

  private static final String POD = "tenants";

  private static final String CLUSTER =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: BotCluster
      metadata: {name: demo, namespace: %s}
      spec:
        domain: bots.example.com
        %s
        reclaimPolicy: Delete
        postgres: {external: {address: "postgres:5432", secretName: none}, pooler: {enabled: false}}
        valkey: %s
        seaweedfs:
          masters: 1
          volumes: {replicas: 1, replication: "000", storage: {size: 1Gi}, resources: %4$s}
          filers: {replicas: 1, store: Embedded, storage: {size: 1Gi}, resources: %4$s}
          s3: {replicas: 2, resources: %4$s}
      """;

  private static final String CLIENT =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: tenants, namespace: %s}
      spec:
        automountServiceAccountToken: false
        terminationGracePeriodSeconds: 0
        securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
        volumes:
        - {name: tmp, emptyDir: {}}
        - {name: attack, configMap: {name: attack}}
        - {name: tls, secret: {secretName: demo-valkey-server, items: [{key: ca.crt, path: ca.crt}]}}
        containers:
        - name: client
          image: generalbots/tools:1
          imagePullPolicy: IfNotPresent
          command: [sleep, infinity]
          volumeMounts:
          - {name: tmp, mountPath: /tmp}
          - {name: attack, mountPath: /attack}
          - {name: tls, mountPath: /tls}
          env:
          - {name: HOME, value: /tmp}
          - {name: CACHE, value: demo-valkey}
          - {name: U, value: "https://demo-s3:8334"}
          - {name: ROOT, valueFrom: {secretKeyRef: {name: demo-s3, key: username}}}
          - {name: ROOT_PASSWORD, valueFrom: {secretKeyRef: {name: demo-s3, key: password}}}
          - {name: APPLICATION_PASSWORD, valueFrom: {secretKeyRef: {name: demo-valkey, key: password}}}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
      """;

  /** Of whoever LOGIN and PASSWORD name. */
  private static final String FUNCTIONS =
      """
      cd /tmp
      cache() { REDISCLI_AUTH=$PASSWORD timeout 10 valkey-cli --no-auth-warning --user "$LOGIN" \
      -h "$CACHE" -p 6380 --tls --cacert /tls/ca.crt "$@" 2>&1; }
      s3() { curl -s --max-time 10 --cacert /tls/ca.crt --aws-sigv4 aws:amz:us-east-1:s3 \
      --user "$LOGIN:$PASSWORD" "$@"; }
      code() { s3 -o /dev/null -w '%{http_code}' "$@"; }
      """;

  /** With these Tenants from the start, until both stores serve. */
  void create(Registration... registrations) {
    new Stage(client, namespace).prepare();
    for (var registration : registrations) {
      register(registration);
    }
    var yaml =
        CLUSTER.formatted(
            namespace, Specs.storesAnd("seaweedfs", "  "), Small.VALKEY, Small.RESOURCES);
    client.resource(yaml).inNamespace(namespace).create();
    await("ValkeyReady");
    await("SeaweedfsReady");
    startClient();
  }

  private void await(String condition) {
    var cluster = client.resources(BotCluster.class).inNamespace(namespace).withName("demo");
    new Told(cluster).awaitTrue(condition, Duration.ofMinutes(4));
  }

  private void startClient() {
    new Attack(client, namespace).create("valkey.txt", "s3.txt");
    client.resource(CLIENT.formatted(namespace)).inNamespace(namespace).create();
    client.pods().inNamespace(namespace).withName(POD).waitUntilReady(2, TimeUnit.MINUTES);
  }

  /** Writes what the Tenant's loop would. */
  void register(Registration registration) {
    client
        .resource(Registered.secret(registration))
        .inNamespace(namespace)
        .forceConflicts()
        .serverSideApply();
  }

  void remove(Registered tenant) {
    var name = Registration.secretName("demo", tenant.tenant());
    client.secrets().inNamespace(namespace).withName(name).delete();
  }

  /** Runs a command with the functions above, as a tenant. */
  String as(Registered tenant, String command) {
    return as(tenant.login(), tenant.password(), command, Duration.ofSeconds(30));
  }

  /** The same as the platform's own, who may do anything with objects. */
  String asRoot(String command) {
    return as("$ROOT", "$ROOT_PASSWORD", command, Duration.ofSeconds(30));
  }

  /** The same as the platform's applications in the cache. */
  String asApplication(String command) {
    return as("default", "$APPLICATION_PASSWORD", command, Duration.ofSeconds(30));
  }

  private String as(String login, String password, String command, Duration limit) {
    var whole = "export LOGIN=%s PASSWORD=%s\n%s%s".formatted(login, password, FUNCTIONS, command);
    return new Shell(client, namespace).run(POD, whole, limit);
  }

  /** What the tries of one store say at the end: nothing but their number, if all were refused. */
  String attack(Registered tenant, String store) {
    var command = "bash /attack/attack.sh " + store;
    return as(tenant.login(), tenant.password(), command, Duration.ofMinutes(4));
  }

  /** Waits until a command says this: nothing in a server tells when it has read its files. */
  void until(Registered tenant, String command, String answer, Duration limit) {
    var end = Instant.now().plus(limit);
    var said = as(tenant, command);
    while (!said.contains(answer)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("%s said %s, not %s".formatted(command, said, answer));
      }
      said = as(tenant, command);
    }
  }

  @Override
  public void close() {
    new Attack(client, namespace).remove();
    new Stage(client, namespace).clear();
  }
}
