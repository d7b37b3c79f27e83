package io.generalbots.operator.golden;

import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Stamp;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Labels;
import java.util.List;

/**
 * Does in memory what the kernel does to an API server.
 *
 * @param store where objects are
 * @param stamp the mark on each
 * @param deeds what happens beside it
 */
record Hand(Store store, Stamp stamp, World.Deeds deeds) {

  void apply(String component, Plan plan) {
    if (plan instanceof Plan.Failed failed) {
      throw new IllegalStateException(component + " could not be planned", failed.cause());
    } else if (plan instanceof Plan.Apply apply) {
      apply.wishes().forEach(wish -> noting(() -> fulfil(component, wish)));
      prune(component, apply.wishes());
    } else if (plan instanceof Plan.Absent) {
      prune(component, List.of());
    }
  }

  private void noting(Runnable deed) {
    var before = store.version();
    deed.run();
    if (store.version() != before) {
      deeds.written();
    }
  }

  private void fulfil(String component, Wish wish) {
    if (wish instanceof Wish.Managed managed) {
      store.apply(stamp.put(managed.object(), component, false));
    } else if (wish instanceof Wish.Kept kept) {
      store.apply(stamp.put(kept.object(), component, true));
    } else if (wish instanceof Wish.Once once && !store.has(once.object())) {
      store.put(stamp.put(once.object(), component, once.retained()));
    } else if (wish instanceof Wish.Amend amend) {
      store.amend(amend.object());
    } else if (wish instanceof Wish.Remove remove) {
      deeds.delete(remove.object(), remove.cascade());
    } else if (wish instanceof Wish.External external) {
      deeds.perform(external);
    }
  }

  private void prune(String component, List<Wish> wishes) {
    var wished = wishes.stream().flatMap(w -> Wishes.named(w).stream()).map(Objects::ref).toList();
    store.all().stream()
        .filter(o -> component.equals(Objects.labels(o).get(Labels.COMPONENT)))
        .filter(o -> Objects.labels(o).entrySet().containsAll(stamp.labels().entrySet()))
        .filter(stamp::isOwned)
        .filter(o -> !wished.contains(Objects.ref(o)))
        .forEach(o -> noting(() -> deeds.delete(o, Wish.Cascade.DEPENDENTS)));
  }
}
