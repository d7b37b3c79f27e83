package io.generalbots.operator.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Registered;
import io.generalbots.operator.residents.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A LiveKit that Tenants share, and a pod that comes to it as any of them.
 *
 * @param client how it is reached
 * @param namespace where all of it is
 */
record TenantRooms(KubernetesClient client, String namespace) implements AutoCloseable {

  /** The door, for pods. */
  static final String DOOR = "ws://demo-gateway-rooms:7880";

  private static final String POD = "tenants";

  private static final String GATEWAY =
      "{replicas: 1, service: {type: ClusterIP}, tls: {mode: Disabled}, resources: {requests: {cpu:"
          + " 20m, memory: 32Mi}}}";

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
          - {name: DOOR, value: "http://demo-gateway-rooms:7880"}
          - {name: STRAIGHT, value: "http://demo-livekit:7880"}
          - {name: PLATFORM, valueFrom: {secretKeyRef: {name: demo-livekit, key: api-key}}}
          - {name: PLATFORM_SECRET, valueFrom: {secretKeyRef: {name: demo-livekit, key: api-secret}}}
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
      spec: {clusterRef: {name: demo}, reclaimPolicy: Delete}
      """;

  /** One server and one gateway, until both serve. */
  void create() {
    cluster().create("replicas: 1", Map.of("gateway", GATEWAY));
    cluster().await("GatewayReady", Told::isTrue, Duration.ofMinutes(5));
    cluster().awaitReady(1, Duration.ofMinutes(5));
    new Attack(client, namespace).create("livekit.txt");
    client.resource(CLIENT.formatted(namespace)).inNamespace(namespace).create();
    client.pods().inNamespace(namespace).withName(POD).waitUntilReady(2, MINUTES);
  }

  private LiveKitCluster cluster() {
    return new LiveKitCluster(client, namespace);
  }

  /** Writes what the Tenant's loop would. */
  void register(Registration registration) {
    client
        .resource(Registered.secret(registration))
        .inNamespace(namespace)
        .forceConflicts()
        .serverSideApply();
  }

  void createTenant(String name) {
    client.resource(TENANT.formatted(name, namespace)).inNamespace(namespace).create();
  }

  void suspend(String name, boolean suspended) {
    tenant(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"suspend\":%s}}".formatted(suspended));
  }

  void awaitPhase(String name, TenantPhase phase) {
    tenant(name)
        .waitUntilCondition(
            t -> t != null && t.getStatus() != null && t.getStatus().phase() == phase,
            120,
            SECONDS);
  }

  void delete(String name) {
    tenant(name).delete();
    tenant(name).waitUntilCondition(Objects::isNull, 120, SECONDS);
  }

  private Resource<Tenant> tenant(String name) {
    return client.resources(Tenant.class).inNamespace(namespace).withName(name);
  }

  /** What a Tenant is told of its rooms. */
  String told(String tenant, String key) {
    var name = tenant + "-livekit";
    return Secrets.text(client.secrets().inNamespace(namespace).withName(name).require(), key);
  }

  /** One of the tries, with a key. */
  String as(String key, String secret, String command) {
    return run(key, secret, "python3 /attack/rooms.py \"%s\"".formatted(quoted(command)));
  }

  String as(Registered tenant, String command) {
    return as(tenant.login(), tenant.password(), command);
  }

  /** One of the tries as the platform, straight at LiveKit. */
  String asPlatform(String command) {
    return as("$PLATFORM", "$PLATFORM_SECRET", command + " --straight");
  }

  /** Stays in a room, and leaves a file when it is put out. */
  void stay(Registered tenant, String room) {
    var command = "stay --video '{\"roomJoin\":true,\"room\":\"%s\"}'".formatted(room);
    run(
        tenant.login(),
        tenant.password(),
        """
        cd /tmp; rm -f in out
        (python3 /attack/rooms.py "%s" >in 2>&1; touch out) </dev/null >/dev/null 2>&1 &
        until grep -q . in; do :; done; cat in
        """
            .formatted(quoted(command)));
  }

  boolean isOut() {
    return run("-", "-", "ls /tmp/out 2>/dev/null || true").contains("out");
  }

  /** What all tries say at the end. */
  String attack(Registered tenant) {
    var command = "bash /attack/attack.sh livekit";
    return run(tenant.login(), tenant.password(), command, Duration.ofMinutes(5));
  }

  /** Waits until a try says this: nothing in a gateway tells when it has read its files. */
  void until(Registered tenant, String command, String answer, Duration limit) {
    var end = Instant.now().plus(limit);
    var said = as(tenant, command);
    while (!said.startsWith(answer)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("%s said %s, not %s".formatted(command, said, answer));
      }
      said = as(tenant, command);
    }
  }

  private String run(String key, String secret, String command) {
    return run(key, secret, command, Duration.ofSeconds(90));
  }

  private String run(String key, String secret, String command, Duration limit) {
    var whole = "export LOGIN=%s PASSWORD=%s\n%s".formatted(key, secret, command);
    return new Shell(client, namespace).run(POD, whole, limit);
  }

  private static String quoted(String command) {
    return command.replace("\"", "\\\"");
  }

  @Override
  public void close() {
    new Attack(client, namespace).remove();
    cluster().close();
  }
}
