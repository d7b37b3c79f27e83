package io.generalbots.operator.scale;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.residents.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Many Tenants of one BotCluster, watched while they are made and edited. */
final class Town implements AutoCloseable {

  static final String CLUSTER = "demo";

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, Long> created = new ConcurrentHashMap<>();
  private final Map<String, Long> ready = new ConcurrentHashMap<>();
  private final Map<String, Registration> told = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Tenant> tenants;
  private final SharedIndexInformer<Secret> registrations;
  private final Object changed = new Object();

  Town(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.tenants =
        client.resources(Tenant.class).inNamespace(namespace).inform(new Seen<>(this::note));
    this.registrations =
        client
            .secrets()
            .inNamespace(namespace)
            .withLabel("generalbots.io/component", Registration.COMPONENT)
            .inform(new Seen<>(this::note));
  }

  static String name(int number) {
    return "t%04d".formatted(number);
  }

  /** One that goes at once when it is deleted. */
  static Tenant unbound(Tenant tenant) {
    tenant.getMetadata().setFinalizers(List.of());
    return tenant;
  }

  void create(String name) {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: Tenant
        metadata: {name: %1$s, namespace: %2$s}
        spec: {clusterRef: {name: %3$s}, reclaimPolicy: Delete, bots: [{name: %1$s}]}
        """
            .formatted(name, namespace, CLUSTER);
    created.put(name, System.nanoTime());
    client.resource(yaml).inNamespace(namespace).create();
  }

  void edit(String name, String spec) {
    client
        .resources(Tenant.class)
        .inNamespace(namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":%s}".formatted(spec));
  }

  void annotate(String name, String key, String value) {
    client
        .resources(Tenant.class)
        .inNamespace(namespace)
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  long ready() {
    return ready.size();
  }

  void awaitReady(List<String> names) {
    until("%d Tenants Ready".formatted(names.size()), () -> ready.keySet().containsAll(names));
  }

  /** Milliseconds from the first call until the BotCluster is told of these hosts. */
  long edited(String name, List<String> hosts) {
    var began = System.nanoTime();
    var written = hosts.stream().map(h -> '"' + h + '"').toList();
    edit(name, "{\"hosts\":%s}".formatted(written));
    until(
        "hosts of " + name + " written",
        () -> told.containsKey(name) && told.get(name).hosts().equals(hosts));
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }

  /** Milliseconds from each creation to its being ready. */
  List<Long> waits(List<String> names) {
    return names.stream()
        .map(n -> Duration.ofNanos(at(ready, n) - at(created, n)).toMillis())
        .sorted()
        .toList();
  }

  private static long at(Map<String, Long> times, String name) {
    return Objects.requireNonNull(times.get(name), name);
  }

  void until(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    synchronized (changed) {
      while (!condition.getAsBoolean()) {
        var left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new AssertionError(what + ": not within " + LIMIT + "; ready: " + ready.size());
        }
        try {
          changed.wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  @Override
  public void close() {
    tenants.stop();
    registrations.stop();
  }

  private void note(Tenant tenant) {
    var isReady =
        tenant.getStatus() != null
            && tenant.getStatus().conditions().stream()
                .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    synchronized (changed) {
      if (isReady) {
        ready.putIfAbsent(tenant.getMetadata().getName(), System.nanoTime());
      }
      changed.notifyAll();
    }
  }

  private void note(Secret secret) {
    synchronized (changed) {
      Registration.of(secret).ifPresent(r -> told.put(r.tenant(), r));
      changed.notifyAll();
    }
  }

  /** Tells of everything that comes or changes. */
  private record Seen<T>(java.util.function.Consumer<T> told) implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T object) {
      told.accept(object);
    }

    @Override
    public void onUpdate(T before, T object) {
      told.accept(object);
    }

    @Override
    public void onDelete(T object, boolean unknown) {}
  }
}
