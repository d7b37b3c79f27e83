# shellcheck shell=bash
# Certificate authorities, certificates and kubeconfigs. Each file is made once and appears only when it is whole.

CERTIFICATE_DAYS=3650

# make_authority NAME
make_authority() {
  [[ -e $PKI/$1.crt ]] && return
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days $CERTIFICATE_DAYS -subj "/CN=$NETNS-$1" \
    -keyout "$PKI/$1.key" -out "$PKI/$1.crt.new" 2>/dev/null
  mv "$PKI/$1.crt.new" "$PKI/$1.crt"
}

# make_certificate NAME AUTHORITY SUBJECT NAMES
make_certificate() {
  local kind=(ec -pkeyopt ec_paramgen_curve:P-256)
  [[ -e $PKI/$1.crt ]] && return
  # The admin's key is for any client: Java's reads elliptic keys only with further libraries.
  if [[ $1 == admin ]]; then kind=(rsa:2048); fi
  openssl req -newkey "${kind[@]}" -nodes -subj "$3" -keyout "$PKI/$1.key" -out "$PKI/$1.csr" 2>/dev/null
  openssl x509 -req -in "$PKI/$1.csr" -CA "$PKI/$2.crt" -CAkey "$PKI/$2.key" -set_serial "0x$(openssl rand -hex 16)" \
    -days $CERTIFICATE_DAYS -out "$PKI/$1.crt.new" \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$4") 2>/dev/null
  mv "$PKI/$1.crt.new" "$PKI/$1.crt"
  rm -f "$PKI/$1.csr"
}

# make_user NAME USER [GROUP]: a client certificate of the API server and the kubeconfig that uses it inside the node.
make_user() {
  make_certificate "$1" ca "${3:+/O=$3}/CN=$2" "DNS:$1"
  write_kubeconfig "$1" https://127.0.0.1:6443 "$STATE/config/$1.kubeconfig"
}

# write_kubeconfig USER SERVER FILE
write_kubeconfig() {
  install -m 0600 /dev/null "$3.new"
  cat >"$3.new" <<CONFIG
apiVersion: v1
kind: Config
clusters: [{name: $NETNS, cluster: {server: "$2", certificate-authority-data: $(base64 -w0 "$PKI/ca.crt")}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$PKI/$1.crt"), client-key-data: $(base64 -w0 "$PKI/$1.key")}}]
contexts: [{name: $NETNS, context: {cluster: $NETNS, user: $1}}]
current-context: $NETNS
CONFIG
  mv "$3.new" "$3"
}

make_certificates() {
  (
    umask 077
    mkdir -p "$PKI" "$STATE/config"
    make_authority ca
    make_authority front-proxy-ca
    make_authority etcd-ca
    if [[ ! -e $PKI/service-account.key ]]; then
      openssl genrsa -out "$PKI/service-account.key.new" 2048 2>/dev/null
      mv "$PKI/service-account.key.new" "$PKI/service-account.key"
    fi
    make_server_certificates
    make_users
  )
}

make_server_certificates() {
  make_certificate apiserver ca /CN=kube-apiserver \
    "IP:127.0.0.1,IP:$NODE_ADDRESS,IP:$API_ADDRESS,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.$CLUSTER_DOMAIN"
  make_certificate kubelet-client ca /CN=kube-apiserver-kubelet-client DNS:kube-apiserver-kubelet-client
  make_certificate front-proxy-client front-proxy-ca /CN=front-proxy-client DNS:front-proxy-client
  make_certificate etcd etcd-ca /CN=etcd "IP:127.0.0.1,DNS:localhost"
  make_certificate etcd-client etcd-ca /CN=kube-apiserver DNS:kube-apiserver
  make_certificate kubelet ca "/O=system:nodes/CN=system:node:$NODE_NAME" "DNS:$NODE_NAME,IP:$NODE_ADDRESS"
}

make_users() {
  make_user admin admin system:masters
  make_user kubelet "system:node:$NODE_NAME" system:nodes
  make_user controller-manager system:kube-controller-manager
  make_user scheduler system:kube-scheduler
  make_user kube-proxy system:kube-proxy
  make_user network-policy network-policy
  make_user provisioner provisioner
}
