package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.polling.PerResourcePollingConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.event.source.polling.PerResourcePollingEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the gauges of every owner now and then: the only thing that is polled, since nothing tells
 * of it. None of it goes to the API server, and an owner wakes only when something reads
 * differently.
 *
 * @param gauges what can be read, each a type of its own
 * @param period from one reading of an owner to the next
 */
public record Readings<P extends HasMetadata>(List<Gauge<P>> gauges, Duration period) {

  public Readings {
    gauges = List.copyOf(gauges);
  }

  EventSource<?, P> source(EventSourceContext<P> context) {
    var configuration =
        new PerResourcePollingConfigurationBuilder<Reading, P, Class<?>>(this::read, period)
            .withName("readings")
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
}
