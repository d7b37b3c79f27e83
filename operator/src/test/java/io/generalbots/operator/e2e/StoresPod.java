package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A pod that knows of every store what is published, in files below /secrets. */
final class StoresPod {

  private static final String YAML =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %1$s, namespace: %2$s, labels: {generalbots.io/cluster: demo}}
      spec:
        restartPolicy: Never
        automountServiceAccountToken: false
        terminationGracePeriodSeconds: 0
        securityContext: {runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
        volumes:
        - {name: tmp, emptyDir: {}}
        - {name: app, secret: {secretName: demo-app}}
        - {name: valkey, secret: {secretName: demo-valkey}}
        - {name: s3, secret: {secretName: demo-s3}}
        - {name: vault, secret: {secretName: demo-vault-botserver}}
        - {name: server, secret: {secretName: demo-server, items: [{key: ca.crt, path: ca.crt}]}}
        - {name: gateway, secret: {secretName: demo-gateway-server, optional: true, items: [{key: ca.crt, path: ca.crt}]}}
        containers:
        - name: clients
          image: generalbots/tools:1
          imagePullPolicy: IfNotPresent
          readinessProbe: {exec: {command: [test, -e, /tmp/running]}, periodSeconds: 1}
          volumeMounts:
          - {name: tmp, mountPath: /tmp}
          - {name: app, mountPath: /secrets/app}
          - {name: valkey, mountPath: /secrets/valkey}
          - {name: s3, mountPath: /secrets/s3}
          - {name: vault, mountPath: /secrets/vault}
          - {name: server, mountPath: /secrets/server}
          - {name: gateway, mountPath: /secrets/gateway}
          resources: {requests: {cpu: 20m, memory: 64Mi}, limits: {memory: 256Mi}}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
      """;

  private StoresPod() {}

  /** Starts it with this command and waits until that has made the file /tmp/running. */
  static PodResource start(
      KubernetesClient client, String namespace, String name, List<String> command) {
    var pods = client.pods().inNamespace(namespace);
    pods.withName(name).withGracePeriod(0).delete();
    pods.withName(name).waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    var yaml = YAML.formatted(name, namespace).getBytes(StandardCharsets.UTF_8);
    var pod = pods.load(new ByteArrayInputStream(yaml)).item();
    pod.getSpec().getContainers().get(0).setCommand(command);
    pods.resource(pod).create();
    pods.withName(name).waitUntilReady(120, TimeUnit.SECONDS);
    return pods.withName(name);
  }
}
