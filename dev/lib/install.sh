# shellcheck shell=bash
# The operator on a Kubernetes cluster: its images where they must be loaded by hand, its charts, a BotCluster.

ROOT=$(cd "$DEV/.." && pwd)
RELEASE=generalbots-operator
SYSTEM_NAMESPACE=generalbots-system

# kube ARGUMENT…: kubectl against the chosen cluster.
kube() { "$KUBECTL" "${KUBE_FLAGS[@]}" "$@"; }

# use_node: the local node of the set name.
use_node() {
  KUBECTL=$STATE/bin/kubectl
  KUBECONFIG=$STATE/kubeconfig
  KUBE_FLAGS=()
  HELM_FLAGS=()
  export KUBECONFIG
}

# use_context CONTEXT: a cluster that exists already.
use_context() {
  KUBECTL=$(command -v kubectl) || die "kubectl is missing: install it, or leave out --context to start a local node"
  KUBE_FLAGS=(--context "$1")
  HELM_FLAGS=(--kube-context "$1")
  kube version >/dev/null 2>&1 || die "the cluster of context '$1' does not answer (kubectl --context '$1' version)"
}

# operator_version: the version of the sources.
operator_version() { sed -n 's,^ *<version>\(.*\)</version>.*,\1,p' "$ROOT/pom.xml" | head -n1; }

# package_operator: the applications that go into images, the router among them; nothing is compiled when nothing changed.
package_operator() {
  local sources stamp=$ROOT/operator/target/packaged-from
  sources=$(cd "$ROOT" && find pom.xml crds sharding scaling edge operator .mvn -name target -prune -o -type f -print0 |
    grep -zvE '/src/test/' | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
  if [[ ! -e $ROOT/operator/target/quarkus-app/quarkus-run.jar || ! -e $ROOT/edge/target/quarkus-app/quarkus-run.jar || $(cat "$stamp" 2>/dev/null) != "$sources" ]]; then
    (cd "$ROOT" && mvn --batch-mode --quiet -DskipTests -Dcheckstyle.skip -Dspotless.check.skip -pl operator,edge -am package) >"$LOGS/maven.log" 2>&1 ||
      die "the operator does not build: $(grep -m1 ERROR "$LOGS/maven.log" || true) ($LOGS/maven.log)"
    printf '%s\n' "$sources" >"$stamp"
  fi
}

# load_images NAME…: built by recipe and imported into the local node.
load_images() {
  local archives
  as_background images_progress build_archives "$@" || die "not every image was built: $(tail -n1 "$LOGS/images.log") ($LOGS/images.log)"
  mapfile -t archives <"$LOGS/archives"
  ((${#archives[@]} == $#)) || die "not every image was built: $(tail -n1 "$LOGS/images.log") ($LOGS/images.log)"
  as_background load_progress load_into_node "${archives[@]}" || die "images could not be loaded: $(tail -n1 "$LOGS/load.log") ($LOGS/load.log)"
}

build_archives() { "$DEV/images/build" --print "$@" >"$LOGS/archives" 2>"$LOGS/images.log"; }
images_progress() { step_detail "$(tail -n1 "$LOGS/images.log" 2>/dev/null)"; }
load_into_node() { "$DEV/node" load --name "$NODE" "$@" >"$LOGS/load.log" 2>&1; }
load_progress() { step_detail "$(tail -n1 "$LOGS/load.log" 2>/dev/null)"; }

# install_charts NAMESPACES [HELM OPTION…]: the definitions first, then the operator that watches these namespaces.
install_charts() {
  local namespaces=$1 helm
  shift
  helm=$("$DEV/tools/build" helm 2>"$LOGS/helm-build.log")/helm || die "helm does not build ($LOGS/helm-build.log)"
  run_helm "$helm" generalbots-crds "$ROOT/charts/generalbots-crds"
  run_helm "$helm" "$RELEASE" "$ROOT/charts/generalbots-operator" \
    --set "watchNamespaces={$namespaces}" --set image.tag="$(operator_version)" "$@"
  kube -n "$SYSTEM_NAMESPACE" rollout status "deployment/$RELEASE" --timeout=180s >"$LOGS/rollout.log" 2>&1 ||
    die "the operator does not start: kubectl -n $SYSTEM_NAMESPACE logs deployment/$RELEASE"
}

# run_helm HELM RELEASE CHART [OPTION…]
run_helm() {
  local helm=$1 release=$2 chart=$3
  shift 3
  "$helm" "${HELM_FLAGS[@]}" upgrade --install "$release" "$chart" --namespace "$SYSTEM_NAMESPACE" --create-namespace "$@" \
    >"$LOGS/helm-$release.log" 2>&1 || die "the chart $release was not installed: $(tail -n1 "$LOGS/helm-$release.log")"
}

# await_ready NAMESPACE KIND NAME SECONDS: as it is written now; tells what it still waits for.
await_ready() {
  local until=$((SECONDS + $4)) said
  until is_ready "$@"; do
    said=$(kube -n "$1" get "$2" "$3" -o jsonpath='{.status.conditions[?(@.type=="Ready")].message}' 2>/dev/null || true)
    ((SECONDS < until)) || die "$2 $3 is not Ready after $(duration "$4"): ${said:-it has no status} (kubectl -n $1 describe ${2,,} $3)"
    step_detail "${said:-no status yet}"
    sleep 1
  done
}

# is_ready NAMESPACE KIND NAME: and not as it was before it was edited.
is_ready() {
  local written seen status
  read -r written seen status < <(kube -n "$1" get "$2" "$3" \
    -o 'jsonpath={.metadata.generation} {range .status.conditions[?(@.type=="Ready")]}{.observedGeneration} {.status}{end}' 2>/dev/null)
  [[ $status == True && $seen == "$written" ]]
}
