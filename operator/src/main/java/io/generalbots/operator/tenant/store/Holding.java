package io.generalbots.operator.tenant.store;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Provision;
import io.generalbots.operator.tenant.credentials.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a Tenant has in one store, and how it comes to it. All functions are pure. */
public interface Holding {

  /** Which store. */
  Store store();

  /** What has to be so in the store. */
  Provision provision(Keyring ring);

  /** What brings it about in order, or waits for it; none if there is nothing to do. */
  List<Step> steps(Keyring ring);

  /** The Secret that says how to come to it; empty until the BotCluster says where it is. */
  Optional<Secret> secret(ObjectMeta meta, Keyring ring);

  /** What people are told it is. */
  String words();

  /** Why nobody can be asked about it; empty if somebody can. */
  default Optional<String> silence() {
    return Optional.empty();
  }

  /** What keeps everybody out of it; empty if nothing does. */
  default Optional<Objection> closure() {
    return Optional.empty();
  }

  /** When something is due in the store without any event; empty if nothing ever is. */
  default Optional<Instant> nextLook(Keyring ring) {
    return Optional.empty();
  }
}
