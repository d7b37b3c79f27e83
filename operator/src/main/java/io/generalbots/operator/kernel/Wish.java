package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** One thing that should be true in the world. */
public sealed interface Wish {

  /** Server-side applied and kept as wished; removed when no longer wished. */
  record Managed(HasMetadata object) implements Wish {}

  /** Server-side applied and kept as wished, but it outlives its owner: data depends on it. */
  record Kept(HasMetadata object) implements Wish {}

  /**
   * Created when missing and never overwritten: passwords, keys. Only whether it outlives its owner
   * follows the wish. One that does is never pruned either; one that does not goes when it is no
   * longer wished, as what a component manages does.
   *
   * @param retained whether it outlives its owner
   */
  record Once(HasMetadata object, boolean retained) implements Wish {}

  /** These fields set on an object that another controller created; nothing if it is gone. */
  record Amend(HasMetadata object) implements Wish {}

  /** This very object deleted, by its uid, and the decision told as an event. */
  record Remove(HasMetadata object, Cascade cascade, Decision decision) implements Wish {}

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
