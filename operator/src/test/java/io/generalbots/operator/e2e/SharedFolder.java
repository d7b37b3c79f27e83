package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A folder of the node as a volume that many pods may mount: its StorageClass is a name only, which
 * no provisioner serves.
 *
 * @param client how it is reached
 * @param name of the class, the volume and the folder
 */
record SharedFolder(KubernetesClient client, String name) {

  private static final String ELSEWHERE = "default";

  private static final String VOLUME =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: %1$s}
      spec:
        storageClassName: %1$s
        capacity: {storage: 1Gi}
        accessModes: [ReadWriteMany]
        persistentVolumeReclaimPolicy: Retain
        hostPath: {path: /var/tmp/%1$s, type: DirectoryOrCreate}
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %1$s-folder}
      spec:
        restartPolicy: Never
        automountServiceAccountToken: false
        containers:
        - name: main
          image: generalbots/tools:1
          command: [bash, -c, "shopt -s dotglob; rm -rf /shared/*; chmod 0777 /shared"]
          securityContext: {runAsUser: 0}
          volumeMounts: [{name: shared, mountPath: /shared}]
        volumes: [{name: shared, hostPath: {path: /var/tmp/%1$s, type: DirectoryOrCreate}}]
      """;

  /** Makes it anew: empty, and anybody may write into it. */
  void prepare() {
    remove();
    empty();
    client.resource(VOLUME.formatted(name)).create();
  }

  void remove() {
    var volume = client.persistentVolumes().withName(name);
    volume.delete();
    volume.waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
    empty();
  }

  private void empty() {
    var pod = client.pods().inNamespace(ELSEWHERE).withName(name + "-folder");
    pod.delete();
    pod.waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
    client.resource(POD.formatted(name)).inNamespace(ELSEWHERE).create();
    pod.waitUntilCondition(
        p -> p != null && "Succeeded".equals(p.getStatus().getPhase()), 2, TimeUnit.MINUTES);
    pod.delete();
  }
}
