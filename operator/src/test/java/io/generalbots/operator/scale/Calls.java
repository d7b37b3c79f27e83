package io.generalbots.operator.scale;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is asked of the API server, by what and of which kind; watches by themselves. */
final class Calls implements Interceptor {

  private static final String WATCH = "WATCH";

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    var isWatch = String.valueOf(request.uri().getQuery()).contains("watch=true");
    count((isWatch ? WATCH : request.method()) + " " + kind(request.uri().getPath()));
  }

  /** All but watches, since it was asked last. */
  synchronized Map<String, Long> taken() {
    var taken = new TreeMap<String, Long>();
    counts.forEach((what, count) -> taken.put(what, count.sum()));
    counts.clear();
    return taken;
  }

  static boolean isWatch(String what) {
    return what.startsWith(WATCH);
  }

  private void count(String what) {
    counts.computeIfAbsent(what, w -> new LongAdder()).increment();
  }

  /** The word after the namespace: {@code /api/v1/namespaces/bots/secrets/one}. */
  private static String kind(String path) {
    var words = List.of(path.split("/", -1));
    var kind = words.indexOf("namespaces") + 2;
    return kind > 1 && kind < words.size() ? words.get(kind) : words.get(words.size() - 1);
  }
}
