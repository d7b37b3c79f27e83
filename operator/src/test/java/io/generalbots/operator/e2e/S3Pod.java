package io.generalbots.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A pod without any label of ours that speaks S3 with curl, and knows what the published Secret
 * says. Reads are tried once more after a second; nothing else is.
 *
 * @param client how it is reached
 * @param namespace where it runs
 */
record S3Pod(KubernetesClient client, String namespace) {

  static final String NAME = "stranger";

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %s, namespace: %s}
      spec:
        automountServiceAccountToken: false
        terminationGracePeriodSeconds: 0
        securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
        volumes: [{name: tmp, emptyDir: {}}]
        containers:
        - name: client
          image: generalbots/tools:1
          imagePullPolicy: IfNotPresent
          command: [sleep, infinity]
          volumeMounts: [{name: tmp, mountPath: /tmp}]
          env:
          - {name: ACCESS, valueFrom: {secretKeyRef: {name: demo-s3, key: username}}}
          - {name: SECRET, valueFrom: {secretKeyRef: {name: demo-s3, key: password}}}
          - {name: ENDPOINT, valueFrom: {secretKeyRef: {name: demo-s3, key: uri}}}
          - {name: TLS_ENDPOINT, valueFrom: {secretKeyRef: {name: demo-s3, key: tls-uri}}}
          - {name: BUCKET, valueFrom: {secretKeyRef: {name: demo-s3, key: bucket}}}
          - {name: CA, valueFrom: {secretKeyRef: {name: demo-s3, key: ca.crt}}}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
      """;

  /** What every command below may use. */
  private static final String FUNCTIONS =
      """
      set -u; cd /tmp; export HOME=/tmp
      s3() { curl -s --max-time 20 --aws-sigv4 aws:amz:us-east-1:s3 --user "$ACCESS:$SECRET" "$@"; }
      code() { "$@" -o /tmp/answer -w '%{http_code}'; }
      # Three attempts, as the SDKs for S3 make them.
      patiently() { s3 --fail --connect-timeout 3 --retry 2 --retry-delay 1 --retry-all-errors "$@"; }
      """;

  private static final String FILL =
      """
      mkdir -p made
      for i in $(seq %d); do
        head -c 150000 /dev/urandom | base64 >made/o$i
        [[ $(code s3 -T made/o$i "$ENDPOINT/$BUCKET/o$i") == 200 ]] || echo "o$i: $(cat answer)"
      done
      """;

  private static final String VERIFY =
      """
      for f in made/*; do
        s3 "$ENDPOINT/$BUCKET/${f#made/}" | cmp -s - $f || echo "${f#made/} differs"
      done
      """;

  private static final String READ =
      """
      rm -f stop reads errors
      (while [[ ! -e stop ]]; do
        for f in made/*; do
          [[ -e stop ]] && break
          said=$(patiently -o got -w '%{http_code} after %{time_total} s' "$ENDPOINT/$BUCKET/${f#made/}") && cmp -s got $f ||
            echo "$(date +%T) $f: $said" >>errors
          echo >>reads
        done
      done; touch stopped) </dev/null >/dev/null 2>&1 &
      """;

  void start() {
    var pod = client.pods().inNamespace(namespace).withName(NAME);
    pod.delete();
    pod.waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
    client.resource(POD.formatted(NAME, namespace)).inNamespace(namespace).create();
    pod.waitUntilReady(3, TimeUnit.MINUTES);
    // The network policies come to know it a moment after it has begun.
    until(
        "code s3 --connect-timeout 3 \"$ENDPOINT/$BUCKET?list-type=2\"",
        "200",
        Duration.ofMinutes(1));
  }

  void remove() {
    client.pods().inNamespace(namespace).withName(NAME).delete();
  }

  /** Runs a command with the functions above. */
  String run(String command) {
    return new Shell(client, namespace).run(NAME, FUNCTIONS + command);
  }

  /** The same for what takes its time. */
  String run(String command, Duration limit) {
    return new Shell(client, namespace).run(NAME, FUNCTIONS + command, limit);
  }

  /**
   * Writes so many objects and keeps a copy of each; says what went wrong. The first of a bucket
   * make its volumes, which takes its time.
   */
  String fill(int objects) {
    return run(FILL.formatted(objects), Duration.ofMinutes(3));
  }

  /** Compares every object with its copy; says which are not the same. */
  String verify() {
    return run(VERIFY, Duration.ofMinutes(3));
  }

  /** Reads the objects again and again until it is stopped. */
  void startReading() {
    run(READ);
  }

  /** How many reads failed, and how many there were: {@code 0 of 350}. */
  String stopReading() {
    run("touch stop");
    until("ls stopped", "stopped", Duration.ofSeconds(60));
    return run(
        "echo \"$(cat errors 2>/dev/null)\"; rm -f stopped; echo \"reads: $(wc -l <reads)\"");
  }

  /** Waits until a command prints this: nothing in a server tells when it is done. */
  void until(String command, String answer, Duration limit) {
    var end = Instant.now().plus(limit);
    var said = run(command);
    while (!said.equals(answer)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("%s said %s, not %s".formatted(command, said, answer));
      }
      said = run(command);
    }
  }
}
