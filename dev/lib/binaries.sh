# shellcheck shell=bash
# The node's binaries: one Go module, built once for its content and the Go version, found again afterwards.

KUBERNETES_VERSION=v1.34.4
GO_MODULE=$DEV/node.d/go
GO_PACKAGES=(k8s.io/kubernetes/cmd/kubectl sigs.k8s.io/metrics-server/cmd/metrics-server ./cmd/...)
KUBERNETES_SERVERS=(kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet)
GO_BUILD_FLAGS=(-gcflags=all=-dwarf=false -ldflags="$(
  version=k8s.io/component-base/version
  printf -- '-s -w -X %s.gitVersion=%s -X %s.gitMajor=1 -X %s.gitMinor=34 -X %s.gitTreeState=clean' \
    $version $KUBERNETES_VERSION $version $version $version
)")

# exec_go ARGUMENT…: becomes go, static, reproducible, and as go.sum says.
exec_go() { exec env -C "$GO_MODULE" CGO_ENABLED=0 GOWORK=off GOFLAGS='-mod=readonly -trimpath -buildvcs=false' go "$@"; }
run_go() { (exec_go "$@"); }

# binaries_folder: where the binaries of this content lie, built or not.
binaries_folder() {
  local hash
  hash=$({
    run_go env GOVERSION
    printf '%s\n' "${GO_BUILD_FLAGS[@]}" "${GO_PACKAGES[@]}"
    cd "$GO_MODULE" && find . -name '*.go' -o -name go.mod -o -name go.sum | LC_ALL=C sort | xargs sha256sum
  } | sha256sum)
  printf '%s/bin/%s\n' "$GBO_CACHE" "${hash:0:16}"
}

binaries_built() { [[ -e $1/.complete ]]; }

# build_binaries: sets BIN. Builds nothing if the content is known; two callers build once.
build_binaries() {
  command -v go >/dev/null || die "go is missing: install Go 1.24 or newer"
  BIN=$(binaries_folder)
  binaries_built "$BIN" && return
  mkdir -p "$GBO_CACHE/bin" "$GBO_CACHE/log"
  need_space "$GBO_CACHE" 6 "building Kubernetes"
  exec 8>"$GBO_CACHE/bin/.lock"
  await 1800 "another build runs" flock -n 8 || die "another build holds $GBO_CACHE/bin/.lock since 30 minutes"
  binaries_built "$BIN" || compile "$BIN"
  exec 8>&-
}

# compile FOLDER: into a draft that becomes the folder only when it is whole.
compile() {
  local draft=$GBO_CACHE/bin/.draft log=$GBO_CACHE/log/build.log server
  fetch_modules
  seed_draft "$draft"
  GO_PROGRESS_LOG=$log
  as_background show_compiling compile_packages "$draft" "$log" ||
    die "the build failed: $(grep -m1 -E '^[^ ]+\.go:[0-9]+|^go: |no space left' "$log" || tail -n1 "$log") (all of it: $log)"
  for server in "${KUBERNETES_SERVERS[@]}"; do ln -sf kubernetes "$draft/$server"; done
  touch "$draft/.complete"
  rm -rf "$1"
  mv -T "$draft" "$1"
}

# Both run in the background, without the lock, and write to logs of their own.
compile_packages() { exec_go build -v "${GO_BUILD_FLAGS[@]}" -o "$1/" "${GO_PACKAGES[@]}" 2>"$2" 8>&-; }
list_packages() { exec_go list -deps "${GO_PACKAGES[@]}" >"$1" 2>"$2" 8>&-; }

fetch_modules() {
  local log=$GBO_CACHE/log/modules.log
  GO_PROGRESS_LOG=$log
  as_background show_fetching list_packages "$GBO_CACHE/log/packages.list" "$log" ||
    die "cannot fetch the Go modules: $(grep -v '^go: downloading' "$log" | head -n1) (all of it: $log)"
  GO_PACKAGE_COUNT=$(wc -l <"$GBO_CACHE/log/packages.list")
}

# The log is not there yet when the command has only just begun.
count_lines() { grep -c "$1" "$GO_PROGRESS_LOG" 2>/dev/null || true; }
show_fetching() { step_detail "$(count_lines '^go: downloading') modules fetched"; }
show_compiling() { step_detail "$(count_lines '^[^#]') of at most $GO_PACKAGE_COUNT packages compiled"; }

# seed_draft FOLDER: begins with the newest binaries there are, so that go links again only what has changed.
seed_draft() {
  local newest
  rm -rf "$1"
  newest=$(find "$GBO_CACHE/bin" -mindepth 2 -maxdepth 2 -name .complete -printf '%T@ %h\n' | sort -rn | sed -n '1s/^[^ ]* //p')
  if [[ $newest ]]; then
    cp -al "$newest" "$1"
    rm -f "$1/.complete"
  else
    mkdir -p "$1"
  fi
}
