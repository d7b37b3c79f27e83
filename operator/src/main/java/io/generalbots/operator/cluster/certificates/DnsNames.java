package io.generalbots.operator.cluster.certificates;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The DNS names under which pods reach services of a namespace.
 *
 * @param namespace the namespace of the services
 * @param domain the DNS suffix of the Kubernetes cluster
 * @param services names as they are, wildcards included
 */
record DnsNames(String namespace, String domain, List<String> services) {

  /** How many forms each name has; the last is the fully qualified one. */
  static final int FORMS = 4;

  /** Which of the forms ends in {@code svc}. */
  static final int SERVICE = 2;

  DnsNames(String namespace, String domain) {
    this(namespace, domain, List.of());
  }

  /** The names of these services only. */
  DnsNames of(String... names) {
    return new DnsNames(namespace, domain, List.of(names));
  }

  /** With these services as well. */
  DnsNames and(String... names) {
    var all = new ArrayList<>(services);
    all.addAll(List.of(names));
    return new DnsNames(namespace, domain, List.copyOf(all));
  }

  /** With these headless services and each of their pods. */
  DnsNames withPods(String... names) {
    var all = this;
    for (var name : names) {
      all = all.services().contains(name) ? all.and("*." + name) : all.and(name, "*." + name);
    }
    return all;
  }

  /** Every form of every name, from short to fully qualified. */
  Stream<String> all() {
    return services.stream()
        .flatMap(
            s ->
                Stream.of(
                    s,
                    s + "." + namespace,
                    s + "." + namespace + ".svc",
                    s + "." + namespace + ".svc." + domain));
  }
}
