package io.generalbots.operator.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.operator.golden.Specs;
import io.generalbots.operator.kernel.SecureEntropy;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Registered;
import io.generalbots.operator.residents.Registration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A Qdrant that Tenants share, as {@code qdrant.external} names it: the real server where a node
 * has its image, else the stand-in; and a pod that comes to it as any of them.
 *
 * @param client how it is reached
 * @param namespace where all of it is
 */
record TenantVectors(KubernetesClient client, String namespace) implements AutoCloseable {

  private static final String POD = "tenants";
  private static final String SERVER = "vectors";
  private static final Path STAND_IN =
      Path.of("src", "test", "resources", "e2e", "stand-in-qdrant.py");
  private static final int KEY_LENGTH = 40;

  /** The official image has it in a folder of its own. */
  private static final String OFFICIAL = "[sh, -c, \"PATH=$PATH:/qdrant exec qdrant\"]";

  private static final String CLUSTER =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: BotCluster
      metadata: {name: demo, namespace: %1$s}
      spec:
        domain: bots.example.com
        %2$s
        reclaimPolicy: Delete
        postgres: {external: {address: "postgres:5432", secretName: none}, pooler: {enabled: false}}
        valkey: {external: {address: "valkey:6379"}}
        gateway:
          {replicas: 1, service: {type: ClusterIP}, tls: {mode: Disabled},
          resources: {requests: {cpu: 20m, memory: 32Mi}}}
        qdrant: {external: {address: "http://vectors.%1$s.svc.cluster.local:6333", secretName: vectors}}
      """;

  private static final String WHOLE =
      """
      apiVersion: v1
      kind: List
      items:
      - apiVersion: v1
        kind: Service
        metadata: {name: vectors, namespace: %1$s}
        spec: {selector: {app: vectors}, ports: [{port: 6333}]}
      - apiVersion: v1
        kind: Pod
        metadata: {name: vectors, namespace: %1$s, labels: {app: vectors, generalbots.io/component: qdrant}}
        spec:
          automountServiceAccountToken: false
          terminationGracePeriodSeconds: 0
          securityContext: {runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
          volumes:
          - {name: data, emptyDir: {}}
          - {name: program, configMap: {name: vectors}}
          containers:
          - name: server
            image: %2$s
            imagePullPolicy: IfNotPresent
            command: %3$s
            workingDir: /data
            readinessProbe: {httpGet: {path: /readyz, port: 6333}, periodSeconds: 1}
            volumeMounts:
            - {name: data, mountPath: /data}
            - {name: program, mountPath: /program}
            env:
            - {name: QDRANT__SERVICE__JWT_RBAC, value: "true"}
            - {name: QDRANT__STORAGE__STORAGE_PATH, value: /data/storage}
            - {name: QDRANT__STORAGE__SNAPSHOTS_PATH, value: /data/snapshots}
            - {name: QDRANT_INIT_FILE_PATH, value: /data/.initialized}
            - {name: QDRANT__TELEMETRY_DISABLED, value: "true"}
            - {name: QDRANT__SERVICE__API_KEY, valueFrom: {secretKeyRef: {name: vectors, key: api_key}}}
            securityContext:
              allowPrivilegeEscalation: false
              readOnlyRootFilesystem: true
              capabilities: {drop: [ALL]}
      - apiVersion: v1
        kind: Pod
        metadata: {name: tenants, namespace: %1$s}
        spec:
          automountServiceAccountToken: false
          terminationGracePeriodSeconds: 0
          securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
          volumes:
          - {name: tmp, emptyDir: {}}
          - {name: attack, configMap: {name: attack}}
          containers:
          - name: client
            image: generalbots/tools:1
            imagePullPolicy: IfNotPresent
            command: [sleep, infinity]
            volumeMounts:
            - {name: tmp, mountPath: /tmp}
            - {name: attack, mountPath: /attack}
            env:
            - {name: HOME, value: /tmp}
            - {name: D, value: "http://demo-gateway-vectors:6333"}
            - {name: Q, value: "http://vectors:6333"}
            - {name: PLATFORM, valueFrom: {secretKeyRef: {name: vectors, key: api_key}}}
            securityContext:
              allowPrivilegeEscalation: false
              readOnlyRootFilesystem: true
              capabilities: {drop: [ALL]}
      """;

  private static final String TENANT =
      """
      apiVersion: generalbots.io/v1alpha1
      kind: Tenant
      metadata: {name: %s, namespace: %s}
      spec: {clusterRef: {name: demo}, reclaimPolicy: %s, limits: {vectors: 4}%s}
      """;

  private static final String ASK =
      "curl -sS -g --max-time 10 -H 'Content-Type: application/json' -o /tmp/said -w '%{http_code} '";

  /** Qdrant and one gateway, until both serve. */
  void create() {
    new Stage(client, namespace).prepare();
    var key = new SecureEntropy().password(KEY_LENGTH);
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(SERVER)
                .endMetadata()
                .withStringData(Map.of("api_key", key))
                .build())
        .inNamespace(namespace)
        .serverSideApply();
    client.resource(program()).inNamespace(namespace).serverSideApply();
    new Attack(client, namespace).create("qdrant.txt");
    var image = QdrantImage.on(client);
    var command = image.isPresent() ? OFFICIAL : "[python3, /program/stand-in.py, \"6333\"]";
    var whole = WHOLE.formatted(namespace, image.orElse("generalbots/tools:1"), command);
    client
        .load(new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8)))
        .inNamespace(namespace)
        .serverSideApply();
    for (var pod : List.of(SERVER, POD)) {
      client.pods().inNamespace(namespace).withName(pod).waitUntilReady(2, MINUTES);
    }
    var yaml = CLUSTER.formatted(namespace, Specs.storesAnd(List.of("gateway", "qdrant"), "  "));
    client.resource(yaml).inNamespace(namespace).create();
    var cluster = client.resources(BotCluster.class).inNamespace(namespace).withName("demo");
    new Told(cluster).awaitTrue("GatewayReady", Duration.ofMinutes(5));
  }

  private ConfigMap program() {
    try {
      return new ConfigMapBuilder()
          .withNewMetadata()
          .withName(SERVER)
          .endMetadata()
          .withData(Map.of("stand-in.py", Files.readString(STAND_IN)))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what the Tenant's loop would. */
  void register(Registration registration) {
    client
        .resource(Registered.secret(registration))
        .inNamespace(namespace)
        .forceConflicts()
        .serverSideApply();
  }

  void createTenant(String name, String policy, String more) {
    client
        .resource(TENANT.formatted(name, namespace, policy, more))
        .inNamespace(namespace)
        .create();
  }

  void patch(String name, String spec) {
    tenant(name).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":%s}".formatted(spec));
  }

  void annotate(String name, String key, String value) {
    tenant(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  void awaitPhase(String name, TenantPhase phase) {
    await(name, t -> t.getStatus().phase() == phase);
  }

  void await(String name, Predicate<Tenant> wished) {
    tenant(name)
        .waitUntilCondition(
            t -> t != null && t.getStatus() != null && wished.test(t), 180, SECONDS);
  }

  Tenant now(String name) {
    return tenant(name).require();
  }

  void delete(String name) {
    tenant(name).delete();
    tenant(name).waitUntilCondition(Objects::isNull, 120, SECONDS);
  }

  private Resource<Tenant> tenant(String name) {
    return client.resources(Tenant.class).inNamespace(namespace).withName(name);
  }

  /** What a Tenant is told of its collections. */
  String told(String tenant, String key) {
    var name = tenant + "-qdrant";
    return Secrets.text(client.secrets().inNamespace(namespace).withName(name).require(), key);
  }

  /** Waits until it is told another key than this one. */
  void awaitKeyOtherThan(String former, String tenant) {
    client
        .secrets()
        .inNamespace(namespace)
        .withName(tenant + "-qdrant")
        .waitUntilCondition(
            (Secret s) -> s != null && !former.equals(Secrets.text(s, "api-key")), 60, SECONDS);
  }

  /** Status and answer at the door, with a key; words are curl's. */
  String as(String key, String words) {
    return run("rm -f /tmp/said; %s -H 'api-key: %s' %s; cat /tmp/said".formatted(ASK, key, words));
  }

  String as(Registered tenant, String words) {
    return as(tenant.password(), words);
  }

  /** The same as the platform, straight at Qdrant. */
  String asPlatform(String words) {
    return run(
        "rm -f /tmp/said; %s -H \"api-key: $PLATFORM\" %s; cat /tmp/said".formatted(ASK, words));
  }

  /** What all tries say at the end. */
  String attack(Registered tenant) {
    var command = "export PASSWORD=%s\nbash /attack/attack.sh qdrant".formatted(tenant.password());
    return new Shell(client, namespace).run(POD, command, Duration.ofMinutes(5));
  }

  /** Waits until an answer begins so: nothing in a gateway tells when it has read its files. */
  void until(String key, String words, String answer, Duration limit) {
    var end = Instant.now().plus(limit);
    var said = as(key, words);
    while (!said.startsWith(answer)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("%s said %s, not %s".formatted(words, said, answer));
      }
      said = as(key, words);
    }
  }

  private String run(String command) {
    return new Shell(client, namespace).run(POD, command, Duration.ofSeconds(60));
  }

  @Override
  public void close() {
    new Attack(client, namespace).remove();
    new Stage(client, namespace).clear();
    client.services().inNamespace(namespace).withName(SERVER).delete();
    client.secrets().inNamespace(namespace).withName(SERVER).delete();
    client.configMaps().inNamespace(namespace).withName(SERVER).delete();
  }
}
