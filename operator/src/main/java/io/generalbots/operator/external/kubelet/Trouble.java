package io.generalbots.operator.external.kubelet;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.json.DecodeException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why a kubelet tells nothing, in words for people: always the same for the same cause, since
 * another text is news.
 */
final class Trouble {

  /** What nobody gave the operator a right to. */
  static final String NOT_ALLOWED =
      "the operator may ask no kubelet: set volumes.autoGrow.enabled of its chart";

  private static final String UNVERIFIED =
      "who signed its certificate for this address is not known: set volumes.autoGrow.kubeletCa of"
          + " the operator's chart, or volumes.autoGrow.insecureKubelet";

  private static final String SILENT =
      "it does not answer on port 10250: is a firewall or a network policy between?";

  private static final String NO_TOKEN =
      "the operator gets no token that it could show: are the objects of volumes.autoGrow there, as"
          + " its chart makes them?";

  private Trouble() {}

  /** The same with the name of its node. */
  static String of(String node, Throwable failure) {
    return "kubelet of node %s: %s".formatted(node, text(failure));
  }

  private static String text(Throwable failure) {
    if (is(failure, SSLException.class)) {
      return UNVERIFIED;
    } else if (is(failure, TimeoutException.class) || is(failure, ConnectException.class)) {
      return SILENT;
    } else if (is(failure, DecodeException.class) || is(failure, ClassCastException.class)) {
      return "what answers there is no kubelet";
    } else if (is(failure, UncheckedIOException.class)) {
      return "the file with the authority of kubelets cannot be read";
    } else if (is(failure, KubernetesClientException.class)) {
      return NO_TOKEN;
    }
    return String.valueOf(failure.getMessage());
  }

  private static boolean is(Throwable failure, Class<? extends Exception> kind) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(kind::isInstance);
  }
}
