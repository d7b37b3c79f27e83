package io.generalbots.operator.external.qdrant;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.kernel.Unfinished;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Optional;

/** The way into the Qdrants of BotClusters, theirs or somebody else's, with all rights there. */
public final class Qdrants {

  private static final String COMPONENT = "qdrant";
  private static final int CONNECT_MILLIS = 2_000;
  private static final String DEFAULT_PORT = "6333";

  private final KubernetesClient client;
  private final Vertx vertx;

  /**
   * One that opens its own connections.
   *
   * @param client reads the Secrets that say where they are
   */
  public Qdrants(KubernetesClient client, Vertx vertx) {
    this.client = client;
    this.vertx = vertx;
  }

  /** Whether a BotCluster has one, by a spec in which defaults may be missing. */
  public static boolean areOf(BotCluster cluster) {
    var spec = cluster.getSpec();
    return spec.qdrant() != null && spec.profile() != null && Features.isOn(cluster, COMPONENT);
  }

  /** As what is published says, with the key of the platform if there is one. */
  public OpenQdrant open(String cluster, String namespace) {
    var published = published(cluster, namespace);
    var http = vertx.createHttpClient(options(published));
    var key = Optional.of(Secrets.text(published, "api-key")).filter(k -> !k.isEmpty());
    var port = Integer.parseInt(text(published, "port", DEFAULT_PORT));
    return new OpenQdrant(http, new Server(http, Secrets.text(published, "host"), port, key));
  }

  private Secret published(String cluster, String namespace) {
    var name = new Part(cluster, COMPONENT).name();
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
        .filter(secret -> !Secrets.text(secret, "host").isEmpty())
        .orElseThrow(() -> new Unfinished("Secret %s is not there yet".formatted(name)));
  }

  private static HttpClientOptions options(Secret published) {
    var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS);
    if (Secrets.text(published, "uri").startsWith("https:")) {
      options.setSsl(true);
      var authority = Secrets.text(published, "ca.crt");
      if (!authority.isEmpty()) {
        options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority)));
      }
    }
    return options;
  }

  private static String text(Secret published, String key, String otherwise) {
    var text = Secrets.text(published, key);
    return text.isEmpty() ? otherwise : text;
  }
}
