# shellcheck shell=bash
# shellcheck disable=SC2016 # what stands in single quotes is expanded in a pod
# The tests of dev/node.d/acceptance: each a function that ends with false at the first thing that is not so.

ALL_TESTS=(pods_run up_again admission dns exec_inside volumes_are_real volumes_retain policies metrics settings_reach_pods audit access api_killed holder_killed)

test_pods_run() {
  "$DEV/kubectl" --node "$NODE" create namespace "$NAMESPACE" --dry-run=client -o yaml | k apply -f - >/dev/null
  k label --overwrite namespace "$NAMESPACE" pod-security.kubernetes.io/enforce=restricted >/dev/null
  POD_COMMAND='echo hello; exec httpd -f -p 8080 -h /bin' pod server 'app: server' 'subdomain: headless
  hostname: server' | k apply -f - >/dev/null
  pod client 'app: client' | k apply -f - >/dev/null
  k create service clusterip server --tcp=80:8080 --dry-run=client -o yaml | k apply -f - >/dev/null
  printf 'apiVersion: v1\nkind: Service\nmetadata: {name: headless}\nspec: {clusterIP: None, selector: {app: server}}\n' | k apply -f - >/dev/null
  expect "pods get ready" ready pod/server pod/client
  expect "exec works and the pod is not root" in_pod client '[ "$(id -u)" = 10001 ]'
  [[ $(k logs server) == hello ]] || { say "  not true: logs give what the pod wrote"; return 1; }
  expect "port-forward works" port_forward_works
}

port_forward_works() {
  local port=18080 pid status=0
  until port_free $port; do port=$((port + 1)); done
  k port-forward pod/server $port:8080 >/dev/null 2>&1 &
  pid=$!
  await 10 "forward" bash -c "exec 3<>/dev/tcp/127.0.0.1/$port && printf 'GET /busybox HTTP/1.0\r\n\r\n' >&3 && head -n1 <&3 | grep -q 200" 2>/dev/null || status=1
  kill $pid
  return $status
}

test_up_again() {
  local before
  before=$(cat "$STATE"/run/*.server)
  node up 2>/dev/null
  [[ $before == "$(cat "$STATE"/run/*.server)" ]] || { say "  not true: a second up restarts nothing"; return 1; }
  expect "status is well" node status
}

test_admission() {
  says 'violates PodSecurity "restricted' k run bad --image="$IMAGE" --privileged
}

test_dns() {
  expect "a service name resolves" in_pod client "nslookup server.$NAMESPACE.svc.cluster.local"
  expect "a pod of a headless service resolves" in_pod client "nslookup server.headless.$NAMESPACE.svc.cluster.local"
  expect "a service leads to its pod" reaches client server
  expect "and by the service of the API" in_pod client 'nslookup kubernetes.default.svc.cluster.local'
  refuse "a name that does not exist does not" in_pod client 'nslookup nothing.default.svc.cluster.local'
}

test_exec_inside() {
  expect "a command inside resolves cluster names" node exec -- getent hosts "server.$NAMESPACE.svc.cluster.local"
  expect "and reaches the API" node exec "$STATE/bin/kubectl" get nodes
  refuse "the machine itself has no such address" grep -q . <(ip address show to "$NODE_ADDRESS")
  refuse "and its resolver is its own" getent hosts "server.$NAMESPACE.svc.cluster.local"
}

capacity() { k get pvc "$1" -o 'jsonpath={.status.capacity.storage}'; }
capacity_is() { [[ $(capacity "$1") == "$2" ]]; }
size_above() { in_pod "$1" "[ \$(df -k /data | tail -n1 | awk '{print \$2}') -gt $2 ]"; }

test_volumes_are_real() {
  local volume
  claim data 300Mi standard | k apply -f - >/dev/null
  with_claim writer data | k apply -f - >/dev/null
  expect "a pod with a claim gets ready" ready pod/writer
  expect "it may write by fsGroup" in_pod writer 'echo kept >/data/file && sync'
  refuse "its volume has the size that was asked" size_above writer 307200
  says 'No space left' in_pod writer 'dd if=/dev/zero of=/data/fill bs=1M count=400'
  k patch pvc data -p '{"spec":{"resources":{"requests":{"storage":"700Mi"}}}}' >/dev/null
  eventually 30 "the claim has the new capacity" capacity_is data 700Mi
  expect "the live, full file system has grown" size_above writer 600000
  expect "and takes more" in_pod writer 'dd if=/dev/zero of=/data/more bs=1M count=60 && [ "$(cat /data/file)" = kept ]'
  expect "the growth is told" bash -c "'$DEV/kubectl' --node $NODE -n $NAMESPACE get events | grep -q FileSystemResizeSuccessful"
  volume=$(k get pvc data -o 'jsonpath={.spec.volumeName}')
  k delete pod/writer pvc/data >/dev/null
  eventually 30 "the deleted volume is gone from the disk" missing "$STATE/volumes/images/$volume.img"
}

missing() { [[ ! -e $1 ]]; }

test_volumes_retain() {
  local volume
  claim kept 16Mi standard-retain | k apply -f - >/dev/null
  with_claim keeper kept | k apply -f - >/dev/null
  expect "a pod with a retained claim gets ready" ready pod/keeper
  in_pod keeper 'echo precious >/data/file && sync'
  volume=$(k get pvc kept -o 'jsonpath={.spec.volumeName}')
  k delete pod/keeper pvc/kept >/dev/null
  eventually 30 "the volume is released" bash -c "[[ \$('$DEV/kubectl' --node $NODE get pv $volume -o 'jsonpath={.status.phase}') == Released ]]"
  k patch pv "$volume" --type=json -p '[{"op": "remove", "path": "/spec/claimRef/uid"}, {"op": "remove", "path": "/spec/claimRef/resourceVersion"}]' >/dev/null
  claim kept 16Mi standard-retain | sed "s/storageClassName/volumeName: $volume, storageClassName/" | k apply -f - >/dev/null
  with_claim keeper kept | k apply -f - >/dev/null
  expect "a new claim takes it" ready pod/keeper
  expect "and finds the data" in_pod keeper '[ "$(cat /data/file)" = precious ]'
}

reaches() { k exec "$1" -- fetch "http://$2/busybox"; }
cannot_reach() { ! reaches "$@" 2>/dev/null; }

test_policies() {
  local address
  address=$(k get pod server -o 'jsonpath={.status.podIP}'):8080
  pod stranger 'app: stranger' | k apply -f - >/dev/null
  expect "a third pod gets ready" ready pod/stranger
  expect "without a policy everybody reaches the server" reaches stranger "$address"
  k apply -f - >/dev/null <<YAML
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: server}
spec:
  podSelector: {matchLabels: {app: server}}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchLabels: {app: client}}}], ports: [{port: 8080}]}]
YAML
  eventually 15 "a stranger is refused by the pod's address" cannot_reach stranger "$address"
  refuse "and by the service" reaches stranger server
  expect "the client is let in by the pod's address" reaches client "$address"
  expect "and by the service" reaches client server
  k apply -f - >/dev/null <<YAML
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: client}
spec: {podSelector: {matchLabels: {app: client}}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}]}]}
YAML
  eventually 15 "a client without egress reaches nobody" cannot_reach client "$address"
  expect "but DNS, which its policy names" in_pod client 'nslookup kubernetes.default.svc.cluster.local'
  k delete networkpolicy --all >/dev/null
  eventually 15 "without policies all is open again" reaches stranger "$address"
  expect "for the client too" reaches client "$address"
}

test_metrics() { eventually 90 "kubectl top pods works" quietly k top pods; }

quietly() { "$@" >/dev/null 2>&1; }

seen() { [[ $(in_pod "$1" 'cat /data/key') == "$2" ]]; }

test_settings_reach_pods() {
  k create configmap settings --from-literal=key=old --dry-run=client -o yaml | k apply -f - >/dev/null
  pod reader 'app: reader' 'volumes: [{name: data, configMap: {name: settings}}]' 'volumeMounts: [{name: data, mountPath: /data}]' | k apply -f - >/dev/null
  expect "a pod with a ConfigMap gets ready" ready pod/reader
  expect "and reads it" seen reader old
  k create configmap settings --from-literal=key=new --dry-run=client -o yaml | k apply -f - >/dev/null
  eventually 20 "a change reaches the pod" seen reader new
}

test_audit() {
  k delete configmap audited --ignore-not-found >/dev/null
  k create configmap audited >/dev/null
  expect "the audit log tells who did what with what result" audited create configmaps admin 201
  expect "and what a controller wrote" bodies_of replicasets
  refuse "but nothing that was written to a Secret" bodies_of secrets
}

# bodies_of RESOURCE: whether what was sent to one of these is noted.
bodies_of() {
  jq -e -n --arg kind "$1" 'first(inputs | select(.objectRef.resource == $kind and .requestObject != null))' "$STATE/audit/audit.log"
}

audited() {
  jq -e -n --arg verb "$1" --arg kind "$2" --arg user "$3" --argjson code "$4" \
    'first(inputs | select(.verb == $verb and .objectRef.resource == $kind and .user.username == $user and .responseStatus.code == $code and .stage == "ResponseComplete"))' \
    "$STATE/audit/audit.log"
}

test_access() {
  refuse "an account without a role may read nothing" k "--as=system:serviceaccount:$NAMESPACE:default" get secrets
  expect "and is known all the same" k "--as=system:serviceaccount:$NAMESPACE:default" auth whoami
  says "must be logged in" "$BIN/kubectl" --kubeconfig=/dev/null --server="https://127.0.0.1:$(<"$STATE/port")" --insecure-skip-tls-verify --token=nobody get pods
  expect "etcd answers the API server" etcd_answers -cert "$STATE/pki/etcd-client.crt" -key "$STATE/pki/etcd-client.key"
  refuse "and nobody else" etcd_answers
}

# etcd_answers OPTION…: TLS 1.2, in which a missing certificate ends the handshake.
etcd_answers() {
  printf 'GET /health HTTP/1.0\r\n\r\n' |
    inside openssl s_client -quiet -tls1_2 -connect 127.0.0.1:2379 "$@" 2>/dev/null | grep -q '"health":"true"'
}

test_api_killed() {
  kill -KILL "$(server_pid kube-apiserver)"
  refuse "without an API server nothing answers" k get pods --request-timeout=2s
  expect "up repairs it" node up
  expect "the pods still run" in_pod client true
  node stop --force kube-apiserver
  refuse "stop stops it" k get pods --request-timeout=2s
  node start kube-apiserver
  expect "start starts it" k get pods
}

test_holder_killed() {
  local volume=$STATE/volumes/images
  claim lasting 16Mi standard | k apply -f - >/dev/null
  with_claim survivor lasting | k apply -f - >/dev/null
  expect "a pod with a claim gets ready" ready pod/survivor
  in_pod survivor 'echo kept >/data/file && sync'
  kill -KILL "$(server_pid holder)"
  refuse "a node without its holder is not well" node status
  expect "up clears the wreck and starts again" node up
  use_spaces
  eventually 90 "the pod runs again" in_pod survivor true
  expect "on its old volume" in_pod survivor '[ "$(cat /data/file)" = kept ] && mount | grep -q "/dev/loop.* /data "'
  expect "volumes are images" bash -c "ls '$volume'/*.img"
}

# mounted_by PID FOLDER
mounted_by() { grep -qF " $2 " "/proc/$1/mountinfo"; }

# neighbour: a process that holds one of the folders that nodes mount upon, as another node does.
neighbour() { exec unshare --mount sh -c 'mount --bind /usr/share "$1" && exec sleep 600' sh "$1"; }

test_nothing_left() {
  local loops folder=/var/lib/containerd pid
  neighbour "$folder" &
  pid=$!
  await 10 "the neighbour's mount" mounted_by "$pid" "$folder"
  node down
  expect "another node keeps its folders" mounted_by "$pid" "$folder"
  kill "$pid"
  refuse "no process, network namespace, cgroup or loop device stays" node_left
  loops=$(losetup -a | grep -c "$STATE" || true)
  [[ $loops == 0 ]] || { say "  not true: no loop device stays"; return 1; }
  refuse "no mount stays" grep -q "$STATE" /proc/mounts
  expect "no file stays" missing "$STATE"
}
