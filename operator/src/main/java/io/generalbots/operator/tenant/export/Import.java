package io.generalbots.operator.tenant.export;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.ImportSpec;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.residents.Carriers;
import io.generalbots.operator.residents.TenantNames;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Doors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What brings an export into the stores of a Tenant that begins with one, after they are there and
 * before anybody is led to it.
 *
 * @param residence where the Tenant lives
 */
public record Import(Residence residence) implements Component<Tenant> {

  /** What the Secret that opens the archive is called in the pod, beside those of the stores. */
  private static final String SOURCE = "export";

  @Override
  public String name() {
    return Carriers.IMPORT;
  }

  @Override
  public Plan plan(Tenant tenant, Facts facts) {
    var progress = new Progress(tenant, facts);
    var wanted = progress.wanted();
    if (wanted.isEmpty()) {
      return new Plan.Hold("it begins with empty stores");
    }
    var doors = Doors.to(residence, Store.DATABASE, Store.CACHE, Store.DRIVE);
    var server = residence.lodging(tenant, facts).server();
    var carrier = new Carrier(Progress.part(tenant), doors, server, facts);
    return progress
        .result()
        .<Plan>map(result -> Plan.apply(new Wish.Managed(result)))
        .orElseGet(() -> plan(progress, wanted.get(), carrier));
  }

  @Override
  public Health health(Tenant tenant, Facts facts) {
    var progress = new Progress(tenant, facts);
    if (progress.wanted().isEmpty()) {
      return Health.disabled();
    } else if (progress.isDone()) {
      return Health.ready("the export was brought in");
    }
    return progress
        .failure()
        .map(why -> Health.refused("ImportFailed", why))
        .orElseGet(() -> Health.waiting("Importing", "the export is being brought in"));
  }

  private Plan plan(Progress progress, ImportSpec wanted, Carrier carrier) {
    var tenant = progress.tenant();
    if (progress.job().isEmpty() && !carrier.doors().areOpen(tenant, carrier.facts())) {
      return new Plan.Hold("it has no login that works in every store");
    }
    var wishes = new ArrayList<Wish>();
    carrier.listing().filter(w -> progress.job().isEmpty()).ifPresent(wishes::add);
    carrier.surroundings(ways(wanted)).forEach(wishes::add);
    wishes.add(new Wish.Once(job(progress, wanted, carrier), false));
    return new Plan.Apply(wishes);
  }

  private Job job(Progress progress, ImportSpec wanted, Carrier carrier) {
    var told = new TreeMap<String, String>();
    told.put("BUCKET", wanted.bucket());
    told.put("KEY", wanted.key());
    told.put("CHECKSUM", Optional.ofNullable(wanted.sha256()).orElse(""));
    told.put("ENDPOINT", Optional.ofNullable(wanted.endpoint()).orElse(""));
    told.put("BUCKETS", buckets(wanted));
    told.put("LIMITS", limits(progress.tenant()));
    var secrets = new TreeMap<>(carrier.logins());
    secrets.put(SOURCE, wanted.secretName());
    var meta = carrier.part().meta(progress.turn());
    return carrier.job(meta, Programs.IMPORT, told, secrets);
  }

  private static String buckets(ImportSpec wanted) {
    return wanted.bots().stream()
        .map(b -> TenantNames.bucket(b.from()) + "=" + TenantNames.bucket(b.name()))
        .collect(Collectors.joining(","));
  }

  private static String limits(Tenant tenant) {
    var limits = tenant.getSpec().limits();
    return new TreeMap<>(
            Map.of(
                "databaseSize", limits.databaseSize(),
                "cacheMemory", limits.cacheMemory(),
                "bucketSize", limits.bucketSize()))
        .entrySet().stream()
            .map(e -> "\"%s\":%d".formatted(e.getKey(), bytes(e.getValue())))
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static long bytes(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity).longValue();
  }

  /** To a store that is none of the BotCluster's, wherever it is. */
  private static List<NetworkPolicyEgressRule> ways(ImportSpec wanted) {
    return Optional.ofNullable(wanted.endpoint()).map(Address::of).stream()
        .map(address -> Egress.abroad("TCP", address.port()))
        .toList();
  }
}
