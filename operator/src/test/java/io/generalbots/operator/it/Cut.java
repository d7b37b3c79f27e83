package io.generalbots.operator.it;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.Set;

/** Lets so many writes through and then nothing at all, as if the process had ended. */
final class Cut implements Interceptor {

  private static final String NAME = "cut";
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final int writes;
  private int written;
  private boolean reached;

  private Cut(int writes) {
    this.writes = writes;
  }

  static Cut after(int writes) {
    return new Cut(writes);
  }

  /** A client that ends with this cut. */
  KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withHttpClientBuilderConsumer(b -> b.addOrReplaceInterceptor(NAME, this))
        .build();
  }

  /** Whether something was kept from being done. */
  synchronized boolean isReached() {
    return reached;
  }

  /** How many writes went through. */
  synchronized int written() {
    return written;
  }

  @Override
  public synchronized void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    var write = !READS.contains(request.method());
    if (reached || (write && written == writes)) {
      reached = true;
      throw new IllegalStateException("the process has ended");
    }
    written += write ? 1 : 0;
  }
}
