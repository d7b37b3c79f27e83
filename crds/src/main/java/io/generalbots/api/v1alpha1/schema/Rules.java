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

  /** A network by an address of it and the bits that are alike, such as 10.42.0.0/16. */
  public static final String NETWORK =
      "^((((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
          + "/(3[0-2]|[12]?[0-9]))"
          + "|((([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}"
          + "|([0-9a-fA-F]{1,4}:){1,7}:"
          + "|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}"
          + "|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}"
          + "|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}"
          + "|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}"
          + "|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}"
          + "|[0-9a-fA-F]{1,4}:(:[0-9a-fA-F]{1,4}){1,6}"
          + "|:(:[0-9a-fA-F]{1,4}){1,7}|::)/(12[0-8]|1[01][0-9]|[1-9]?[0-9])))$";

  private Rules() {}
}
