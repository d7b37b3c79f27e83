package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * One thing that should be true in the world. As text, a wish names its object and shows nothing of
 * it: it may be a Secret, and the text may be logged.
 */
public sealed interface Wish {

  /** Server-side applied and kept as wished; removed when no longer wished. */
  record Managed(HasMetadata object) implements Wish {
    @Override
    public String toString() {
      return "Managed " + Objects.ref(object);
    }
  }

  /** Server-side applied and kept as wished, but it outlives its owner: data depends on it. */
  record Kept(HasMetadata object) implements Wish {
    @Override
    public String toString() {
      return "Kept " + Objects.ref(object);
    }
  }

  /**
   * Created when missing and never overwritten: passwords, keys. Only whether it outlives its owner
   * follows the wish. One that does is never pruned either; one that does not goes when it is no
   * longer wished, as what a component manages does.
   *
   * @param retained whether it outlives its owner
   */
  record Once(HasMetadata object, boolean retained) implements Wish {
    @Override
    public String toString() {
      return "Once " + Objects.ref(object);
    }
  }

  /** These fields set on an object that another controller created; nothing if it is gone. */
  record Amend(HasMetadata object) implements Wish {
    @Override
    public String toString() {
      return "Amend " + Objects.ref(object);
    }
  }

  /** This very object deleted, by its uid, and the decision told as an event. */
  record Remove(HasMetadata object, Cascade cascade, Decision decision) implements Wish {
    @Override
    public String toString() {
      return "Remove " + Objects.ref(object);
    }
  }

  /** A step outside of the Kubernetes API, done by the driver of its type. */
  record External(Step step) implements Wish {}

  /** What becomes of the dependents of a removed object. */
  enum Cascade {
    /** They go with it. */
    DEPENDENTS,
    /** They stay, as pods and volumes do when a StatefulSet is replaced. */
    ORPHAN
  }
}
