package io.generalbots.operator.tenant.registration;

import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.encryption.DriveEncryption;
import io.generalbots.operator.external.tenant.ClaimBuckets;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Remains;
import io.generalbots.operator.residents.TenantNames;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import java.util.List;
import java.util.Optional;

/**
 * Which buckets are known to be a Tenant's. The registration is the memory of it: a bot is told to
 * the gateways, which let the Tenant in, only after its bucket was found to be nobody else's.
 *
 * @param residence where the Tenant lives
 * @param tenant whose they are to be
 */
record BucketClaim(Residence residence, Tenant tenant) {

  /** Those of its bots whose buckets are; all, where there are no buckets. */
  List<String> known(List<String> bots) {
    if (!isServed()) {
      return bots;
    }
    var own =
        residence.near().registered(tenant).stream()
            .flatMap(secret -> Registration.of(secret).stream())
            .filter(r -> r.uid().equals(tenant.getMetadata().getUid()))
            .flatMap(r -> r.bots().stream())
            .toList();
    return bots.stream().filter(own::contains).toList();
  }

  /** What makes the others so; none if there are none, or the store cannot be asked. */
  Optional<Step> step(List<String> bots) {
    var known = known(bots);
    var others = bots.stream().filter(b -> !known.contains(b)).map(TenantNames::bucket).toList();
    var isNeeded = isServed() && (inherits() || !others.isEmpty());
    return Optional.<Step>of(step(others, former()))
        .filter(s -> isNeeded && residence.runs(Store.DRIVE.component()));
  }

  /** Whether what a Tenant before it left is still to be handed over. */
  boolean inherits() {
    return isServed() && former().isPresent();
  }

  private boolean isServed() {
    return Store.DRIVE.isServedBy(residence.cluster());
  }

  private Optional<String> former() {
    return residence
        .near()
        .remains(tenant)
        .map(Remains::uid)
        .filter(uid -> tenant.getSpec().adopt() && !uid.equals(tenant.getMetadata().getUid()));
  }

  /** What the platform's own bots have is for those to give away who run the platform. */
  private ClaimBuckets step(List<String> buckets, Optional<String> former) {
    var meta = tenant.getMetadata();
    return new ClaimBuckets(
        residence.name(),
        residence.namespace(),
        meta.getName(),
        meta.getUid(),
        buckets,
        former,
        tenant.getSpec().adopt() && meta.getNamespace().equals(residence.namespace()),
        DriveEncryption.isOn(residence.cluster()));
  }
}
