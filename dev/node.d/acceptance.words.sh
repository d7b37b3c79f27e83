# shellcheck shell=bash
# The words in which the tests of dev/node.d/acceptance are written.

node() { "$DEV/node" "$1" --name "$NODE" "${@:2}"; }
k() { "$DEV/kubectl" --node "$NODE" -n "$NAMESPACE" "$@"; }
in_pod() { k exec "$1" -- sh -c "$2"; }

# expect WHAT COMMAND…: the command must succeed.
expect() {
  local what=$1 out
  shift
  out=$("$@" 2>&1) || { say "  not true: $what: ${out:-$*}"; return 1; }
}

# refuse WHAT COMMAND…: the command must fail.
refuse() {
  local what=$1
  shift
  ! "$@" >/dev/null 2>&1 || { say "  not true: $what"; return 1; }
}

# says TEXT COMMAND…: the command fails, and says the text.
says() {
  local text=$1 out
  shift
  if out=$("$@" 2>&1) || [[ $out != *"$text"* ]]; then
    say "  not said: $text, but: ${out:-nothing}"
    return 1
  fi
}

# eventually SECONDS WHAT COMMAND…
eventually() {
  local seconds=$1 what=$2
  shift 2
  await "$seconds" "$what" "$@" || { say "  not within $seconds s: $what"; return 1; }
}

# pod NAME LABELS [SPEC]: a restricted pod of the test image that sleeps.
pod() {
  cat <<YAML
apiVersion: v1
kind: Pod
metadata: {name: $1, namespace: ${POD_NAMESPACE:-$NAMESPACE}, labels: {$2}}
spec:
  terminationGracePeriodSeconds: 0
  enableServiceLinks: false
  securityContext: {runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
  ${3:-}
  containers:
    - name: main
      image: $IMAGE
      imagePullPolicy: Never
      command: [sh, -c, "${POD_COMMAND:-echo started; exec sleep 100000}"]
      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      ${4:-}
YAML
}

claim() {
  cat <<YAML
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: $1, namespace: $NAMESPACE}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: $2}}, storageClassName: $3}
YAML
}

with_claim() { pod "$1" "app: $1" "volumes: [{name: data, persistentVolumeClaim: {claimName: $2}}]" 'volumeMounts: [{name: data, mountPath: /data}]'; }

ready() { k wait --for=condition=Ready --timeout=90s "$@"; }
