package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where media come from, and where they are looked at: an RTMP server, and a pod with GStreamer
 * that publishes to it and decodes what is in the store. Neither has a label of ours.
 *
 * @param client how they are reached
 * @param namespace where they run
 */
record MediaSource(KubernetesClient client, String namespace) {

  private static final String SERVER = "ingest";
  private static final String STUDIO = "studio";

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        automountServiceAccountToken: false
        terminationGracePeriodSeconds: 0
        securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
        volumes: [{name: tmp, emptyDir: {}}]
        containers:
        - name: main
          image: %3$s
          imagePullPolicy: IfNotPresent
          command: %4$s
          volumeMounts: [{name: tmp, mountPath: /tmp}]
          env:
          - {name: ACCESS, valueFrom: {secretKeyRef: {name: demo-s3, key: username}}}
          - {name: SECRET, valueFrom: {secretKeyRef: {name: demo-s3, key: password}}}
          - {name: ENDPOINT, valueFrom: {secretKeyRef: {name: demo-s3, key: uri}}}
          resources: {limits: {memory: 256Mi}}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
      """;

  private static final String DECODE =
      """
      cd /tmp
      curl -sf -o part.ts --aws-sigv4 aws:amz:us-east-1:s3 --user "$ACCESS:$SECRET" "$ENDPOINT/%s" &&
      gst-launch-1.0 -q filesrc location=part.ts ! tsdemux name=in \
        in. ! video/x-h264 ! queue ! h264parse ! openh264dec ! fakesink \
        in. ! audio/mpeg ! queue ! aacparse ! faad ! fakesink 2>&1 && echo decoded
      """;

  private static final String PUBLISH =
      """
      gst-launch-1.0 videotestsrc is-live=true ! video/x-raw,format=I420,width=160,height=120,framerate=15/1 \
        ! x264enc tune=zerolatency key-int-max=15 ! h264parse ! flvmux streamable=true \
        ! rtmp2sink location=rtmp://%s/live/one </dev/null >/tmp/publish.log 2>&1 & echo $! >/tmp/publish.pid
      """;

  /** Starts the pod that decodes and publishes. */
  void startStudio() {
    start(STUDIO, "generalbots/gstreamer:1.26", "[sleep, infinity]");
  }

  void startServer() {
    start(SERVER, "generalbots/rtmp:1.26", "[nginx, -c, /etc/rtmp/nginx.conf]");
  }

  void remove() {
    client.pods().inNamespace(namespace).withName(SERVER).delete();
    client.pods().inNamespace(namespace).withName(STUDIO).delete();
  }

  /** The address of the server. */
  String address() {
    return Optional.ofNullable(client.pods().inNamespace(namespace).withName(SERVER).get())
        .map(pod -> pod.getStatus().getPodIP())
        .orElseThrow();
  }

  /** Decodes picture and sound of an object; says {@code decoded} or what is wrong. */
  String decode(String object) {
    return shell().run(STUDIO, DECODE.formatted(object), Duration.ofSeconds(60));
  }

  void publish() {
    shell().run(STUDIO, PUBLISH.formatted(address()));
  }

  void unpublish() {
    shell().run(STUDIO, "kill $(cat /tmp/publish.pid)");
  }

  /** What a Secret says under a key. */
  String secret(String name, String key) {
    var secret = client.secrets().inNamespace(namespace).withName(name).get();
    return Optional.<Secret>ofNullable(secret).map(s -> Secrets.text(s, key)).orElseThrow();
  }

  private void start(String name, String image, String command) {
    var pod = client.pods().inNamespace(namespace).withName(name);
    pod.delete();
    pod.waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
    client.resource(POD.formatted(name, namespace, image, command)).inNamespace(namespace).create();
    pod.waitUntilReady(2, TimeUnit.MINUTES);
  }

  private Shell shell() {
    return new Shell(client, namespace);
  }
}
