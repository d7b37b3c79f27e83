package io.generalbots.api.v1alpha1.schema;

/** Validation rules that several records share. */
public final class Rules {

  /** A volume grows or stays. */
  public static final String GROW =
      "quantity(string(self.size)).compareTo(quantity(string(oldSelf.size))) >= 0";

  /** What to write instead of a smaller size. */
  public static final String GROW_MESSAGE =
      "size cannot shrink: write the former size or more, or restore a backup into a new resource";

  /** A volume keeps its class. */
  public static final String SAME_CLASS =
      "has(self.storageClass) == has(oldSelf.storageClass)"
          + " && (!has(self.storageClass) || self.storageClass == oldSelf.storageClass)";

  /** What to write instead of another class. */
  public static final String SAME_CLASS_MESSAGE =
      "storageClass cannot change: write the former class, or restore a backup into a new resource";

  private Rules() {}
}
