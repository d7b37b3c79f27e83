package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.polling.PerResourcePollingConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.event.source.polling.PerResourcePollingEventSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the gauges of every owner now and then: the only thing that is polled, since nothing tells
 * of it. An owner wakes only when something reads differently.
 *
 * @param name by which they are told apart
 * @param gauges what can be read, each a type of its own
 * @param period from one reading of an owner to the next
 */
public record Readings<P extends HasMetadata>(String name, List<Gauge<P>> gauges, Duration period) {

  /** Those that are read as often as others. */
  public Readings(List<Gauge<P>> gauges, Duration period) {
    this("readings", gauges, period);
  }

  public Readings {
    gauges = List.copyOf(gauges);
  }

  /** What wakes owners when something reads differently, and keeps what was read last. */
  public EventSource<?, P> source(EventSourceContext<P> context) {
    var configuration =
        new PerResourcePollingConfigurationBuilder<Reading, P, Class<?>>(new Reader(), period)
            .withName(name)
            .withRegisterPredicate(this::isRead)
            .withResourceIDMapper(Reading::getClass)
            .build();
    return new PerResourcePollingEventSource<>(Reading.class, context, configuration);
  }

  private boolean isRead(P owner) {
    return gauges.stream().anyMatch(g -> g.isFor(owner));
  }

  private Set<Reading> read(P owner) {
    return gauges.stream()
        .filter(g -> g.isFor(owner))
        .flatMap(g -> g.read(owner).stream())
        .collect(Collectors.toSet());
  }

  /** Reads all that is to be read of an owner, and comes again as soon as any of it asks for. */
  private final class Reader implements PerResourcePollingEventSource.ResourceFetcher<Reading, P> {

    @Override
    public Set<Reading> fetchResources(P owner) {
      return read(owner);
    }

    @Override
    public Optional<Duration> fetchDelay(Set<Reading> last, P owner) {
      return gauges.stream()
          .filter(g -> g.isFor(owner))
          .flatMap(g -> g.again(owner).stream())
          .min(Comparator.naturalOrder());
    }
  }
}
