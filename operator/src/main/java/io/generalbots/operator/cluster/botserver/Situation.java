package io.generalbots.operator.cluster.botserver;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.generalbots.api.v1alpha1.cluster.BotServerSpec;
import io.generalbots.operator.cluster.servers.Instance;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import java.util.List;
import java.util.Optional;

/**
 * Bot servers as they are wished and as they are.
 *
 * @param site whose they are, and what is wished
 * @param facts what is
 */
record Situation(Site site, Facts facts) {

  Part part() {
    return site.part();
  }

  BotServerSpec spec() {
    return site.spec();
  }

  boolean sleeps() {
    return site.life().sleeps();
  }

  boolean retains() {
    return site.life().retains();
  }

  /** How many there should be in the end. */
  int wished() {
    return sleeps() ? 0 : site.replicas();
  }

  Optional<Deployment> deployment() {
    return facts.find(Deployment.class, part().name());
  }

  List<Pod> pods() {
    return facts.all(Pod.class, part().selector());
  }

  int ready() {
    return (int) pods().stream().filter(p -> new Instance(p).isReady()).count();
  }

  List<PersistentVolumeClaim> claims() {
    return facts.all(PersistentVolumeClaim.class, part().selector());
  }

  /** How bot servers reach the vault; there once it is seeded and unsealed for the first time. */
  Optional<Secret> vault() {
    return facts.find(Secret.class, site.sources().vault());
  }

  /** What all replicas sign their tokens with. */
  Optional<Secret> signing() {
    return facts.find(Secret.class, site.sources().keys());
  }
}
