package io.generalbots.operator.external.qdrant;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.generalbots.operator.kernel.StepDriver;
import io.generalbots.operator.kernel.Unfinished;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks at Qdrant once, asks for what is next, and is not finished before a look finds nothing left
 * to ask for. It remembers nothing: the next look says how far it came.
 */
public final class TendingDriver implements StepDriver<Tending> {

  private static final String COMPONENT = "qdrant";
  private static final int CONNECT_MILLIS = 2_000;

  private final KubernetesClient client;
  private final Vertx vertx;

  public TendingDriver(KubernetesClient client, Vertx vertx) {
    this.client = client;
    this.vertx = vertx;
  }

  @Override
  public Class<Tending> type() {
    return Tending.class;
  }

  @Override
  public void perform(Tending step, String namespace) {
    var part = new Part(step.cluster(), COMPONENT);
    var http = vertx.createHttpClient(options(step, part, namespace));
    try {
      var key = secret(namespace, part.name()).map(s -> Secrets.text(s, "api-key"));
      var servers = new TreeMap<Integer, Server>();
      ready(part, namespace, step)
          .forEach(
              (ordinal, ip) ->
                  servers.put(
                      ordinal,
                      new Server(http, ip, step.site().port(), key.filter(k -> !k.isEmpty()))));
      new Round(new Survey(servers, Reading::ordinal), step).go();
    } finally {
      http.close();
    }
  }

  private Map<Integer, String> ready(Part part, String namespace, Tending step) {
    Map<Integer, String> ready = new TreeMap<>();
    client.pods().inNamespace(namespace).withLabels(part.selector()).list().getItems().stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .filter(Readiness.getInstance()::isReady)
        .filter(p -> ordinal(p) < step.peers().count())
        .forEach(p -> ready.put(ordinal(p), p.getStatus().getPodIP()));
    if (ready.isEmpty()) {
      throw new Unfinished("no peer that stays is ready");
    }
    return ready;
  }

  /** The name is not checked: a pod is asked by its address, and the authority is the cluster's. */
  private HttpClientOptions options(Tending step, Part part, String namespace) {
    var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS);
    if (step.site().isSecured()) {
      var authority =
          secret(namespace, part.name("server")).map(s -> Secrets.text(s, "ca.crt")).orElse("");
      options
          .setSsl(true)
          .setVerifyHost(false)
          .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority)));
    }
    return options;
  }

  private Optional<Secret> secret(String namespace, String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
  }

  private static int ordinal(Pod pod) {
    var name = pod.getMetadata().getName();
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }
}
