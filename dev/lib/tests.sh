# shellcheck shell=bash
# Tests on real pods; needs common.sh and install.sh.

maven() { (cd "$ROOT" && mvn --batch-mode --no-transfer-progress "$@"); }

# on_pods CLASSES RERUNS: three classes at once; a test that fails runs again so often. Without THOROUGH those marked so
# stay out.
on_pods() {
  local without=-DexcludedGroups=thorough
  if [[ ${THOROUGH:-} ]]; then without=-DexcludedGroups=; fi
  use_node
  KUBECONFIG=$STATE/kubeconfig GBO_AUDIT=$STATE/audit maven -pl operator -am -DskipITs=false \
    -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dcheckstyle.skip -Dspotless.check.skip \
    "$without" -Dfailsafe.rerunFailingTestsCount="$2" -Dit.test="$1" -DparallelITs=3 -Dfailsafe.failIfNoSpecifiedTests=false verify
}

# watched_by_tests NAMESPACES [HELM OPTION…]: a comma between them; the operator has rights there and nowhere else. A
# kubelet that nobody nudges takes a minute or two; one whose pods are marked does not.
watched_by_tests() {
  local namespaces=$1 namespace
  shift
  for namespace in ${namespaces//,/ }; do kube create namespace "$namespace" --dry-run=client -o yaml | kube apply -f -; done
  install_charts "$namespaces" --set image.pullPolicy=IfNotPresent --set mounting=15s "$@"
}
