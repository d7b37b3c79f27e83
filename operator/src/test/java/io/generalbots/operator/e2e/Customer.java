package io.generalbots.operator.e2e;

/** A pod that is given what the Secrets of Tenants say. */
final class Customer {

  static final String NAME = "customer";

  /** As YAML, with a place for the namespace. */
  static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: customer, namespace: %s}
      spec:
        automountServiceAccountToken: false
        terminationGracePeriodSeconds: 0
        securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
        volumes:
        - {name: tmp, emptyDir: {}}
        - {name: tls, secret: {secretName: acme-postgres, items: [{key: ca.crt, path: ca.crt}]}}
        - {name: attack, configMap: {name: attack}}
        containers:
        - name: client
          image: generalbots/tools:1
          imagePullPolicy: IfNotPresent
          command: [sleep, infinity]
          volumeMounts:
          - {name: tmp, mountPath: /tmp}
          - {name: tls, mountPath: /tls}
          - {name: attack, mountPath: /attack}
          env: [{name: HOME, value: /tmp}]
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
      """;

  private Customer() {}
}
