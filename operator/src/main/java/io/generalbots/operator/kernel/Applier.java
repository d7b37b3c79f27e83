package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.generalbots.operator.kernel.Deeds.Routine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Makes plans true: the only class that writes objects of a plan to Kubernetes. */
public final class Applier {

  private final Writer writer;
  private final Steps steps;

  public Applier(KubernetesClient client, List<StepDriver<?>> drivers) {
    this.writer = new Writer(client);
    this.steps = new Steps(drivers);
  }

  /**
   * Applies each plan in order; a failure in one component does not keep the others from it.
   *
   * @param isOwned whether the owner is still there: a round takes its time, and what it made for
   *     one that was deleted meanwhile would stay if it is kept without an owner
   */
  public Outcome apply(Map<String, Plan> plans, Facts facts, Stamp stamp, BooleanSupplier isOwned) {
    var results = new LinkedHashMap<String, Outcome.Result>();
    plans.forEach(
        (component, plan) -> {
          var round = new Round(component, facts, stamp, isOwned, new Deeds(), new ArrayList<>());
          results.put(component, apply(plan, round));
        });
    return new Outcome(results);
  }

  private Outcome.Result apply(Plan plan, Round round) {
    try {
      if (plan instanceof Plan.Apply apply) {
        return fulfil(apply.wishes(), round);
      } else if (plan instanceof Plan.Absent) {
        prune(List.of(), round);
      } else if (plan instanceof Plan.Failed failed) {
        throw failed.cause();
      }
      return round.result(Optional.empty());
    } catch (Unfinished e) {
      return round.unfinished(e);
    } catch (NotOurs e) {
      round.refused().add(e.what());
      return round.result(Optional.empty());
    } catch (RuntimeException e) {
      return round.result(Optional.of(new ComponentFailure(round.component(), e)));
    }
  }

  /** A volume that may not grow, for a quota, keeps nothing else from being done; it is told. */
  private Outcome.Result fulfil(List<Wish> wishes, Round round) {
    var refused = new ArrayList<RuntimeException>();
    for (var wish : wishes) {
      try {
        fulfil(wish, round);
      } catch (KubernetesClientException e) {
        if (!Wishes.isGrowth(wish)) {
          throw e;
        }
        refused.add(new ComponentFailure(round.component(), e));
      }
    }
    prune(wishes, round);
    return round.result(refused.stream().findFirst());
  }

  private void fulfil(Wish wish, Round round) {
    if (wish instanceof Wish.Managed managed) {
      keep(managed.object(), false, round);
    } else if (wish instanceof Wish.Kept kept) {
      keep(kept.object(), true, round);
    } else if (wish instanceof Wish.Once once) {
      createOnce(once, round);
    } else if (wish instanceof Wish.Amend amend) {
      amend(amend.object(), round);
    } else if (wish instanceof Wish.Remove remove) {
      if (writer.delete(remove.object(), remove.cascade())) {
        round.deeds().decided(remove.decision());
      }
    } else if (wish instanceof Wish.External external) {
      steps.perform(external.step(), round.stamp().namespace());
      round.deeds().decided(external.step().decision());
    }
  }

  private void keep(HasMetadata object, boolean retained, Round round) {
    var wished = round.stamp().put(object, round.component(), retained);
    var known = round.ours(wished);
    if (known.isPresent()) {
      if (writer.applyIfChanged(wished, known.get())) {
        round.deeds().did(Routine.UPDATED, wished);
      }
    } else if (round.isOwned() && round.mayCreate(writer.read(wished), wished)) {
      writer.apply(wished);
      round.deeds().did(Routine.CREATED, wished);
    }
  }

  private void createOnce(Wish.Once once, Round round) {
    var wished = round.stamp().put(once.object(), round.component(), once.retained());
    var known = round.ours(wished);
    if (known.isPresent()) {
      if (round.stamp().isOwned(known.get()) == once.retained()) {
        writer.own(known.get(), wished.getMetadata().getOwnerReferences());
        round.deeds().did(Routine.UPDATED, wished);
      }
      return;
    }
    if (round.isOwned()) {
      create(wished, round);
    }
  }

  private void create(HasMetadata wished, Round round) {
    var live = writer.create(wished);
    if (live.isEmpty()) {
      round.deeds().did(Routine.CREATED, wished);
    } else {
      round.mayCreate(live, wished);
    }
  }

  private void amend(HasMetadata object, Round round) {
    object.getMetadata().setNamespace(round.stamp().namespace());
    var known = round.known(object);
    if (known.isPresent() && writer.amendIfChanged(object, known.get())) {
      round.deeds().did(Routine.AMENDED, object);
    }
  }

  private void prune(List<Wish> wishes, Round round) {
    var wished = wishes.stream().flatMap(w -> Wishes.named(w).stream()).map(Objects::ref).toList();
    round.facts().owned().stream()
        .filter(o -> round.component().equals(round.componentOf(o)))
        .filter(round.stamp()::isOwned)
        .filter(o -> !wished.contains(Objects.ref(o)))
        .filter(o -> writer.delete(o, Wish.Cascade.DEPENDENTS))
        .forEach(o -> round.deeds().did(Routine.PRUNED, o));
  }

  /** What one component's round works with and what it has come to so far. */
  private record Round(
      String component,
      Facts facts,
      Stamp stamp,
      BooleanSupplier owned,
      Deeds deeds,
      List<String> refused) {

    boolean isOwned() {
      return owned.getAsBoolean();
    }

    Optional<HasMetadata> known(HasMetadata wished) {
      return Inventory.of(facts).find(wished);
    }

    /** The same, unless somebody else controls it whatever its labels say. */
    Optional<HasMetadata> ours(HasMetadata wished) {
      return known(wished).filter(stamp::owns);
    }

    /** Nothing of the name there, or only ours that the cache has not seen yet. */
    boolean mayCreate(Optional<HasMetadata> live, HasMetadata wished) {
      var foreign = live.isPresent() && !stamp.owns(live.get());
      if (foreign) {
        refused.add(Objects.ref(wished));
      }
      return !foreign;
    }

    String componentOf(HasMetadata object) {
      return Objects.labels(object).getOrDefault(stamp.componentLabel(), "");
    }

    Outcome.Result unfinished(Unfinished step) {
      return new Outcome.Result(
          deeds.told(), refused, Optional.empty(), Optional.of(String.valueOf(step.getMessage())));
    }

    Outcome.Result result(Optional<RuntimeException> failure) {
      return new Outcome.Result(deeds.told(), refused, failure);
    }
  }
}
