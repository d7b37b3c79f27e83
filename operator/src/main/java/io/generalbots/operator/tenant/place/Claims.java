package io.generalbots.operator.tenant.place;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.gateway.PublicHosts;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.TenantNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who has which name, host and bot of a BotCluster. Who has one keeps it; of those who have not,
 * the oldest gets it. Pure, and the same whoever asks.
 *
 * @param cluster the BotCluster
 * @param tenants who wants to live there
 * @param registrations who does
 */
public record Claims(BotCluster cluster, List<Tenant> tenants, List<Registration> registrations) {

  /** The bot that every BotCluster has from the start. */
  private static final String DEFAULT_BOT = "default";

  /** Those on this BotCluster. */
  public static Claims on(BotCluster cluster, Neighbourhood near) {
    return new Claims(cluster, near.tenants(), near.registrations());
  }

  /** What a Tenant asks for that no other can have too, each in one word. */
  public static Stream<String> wanted(Tenant tenant) {
    return words(claim -> claim.wanted(tenant));
  }

  /** The same of what a Tenant was given. */
  public static Stream<String> held(Registration registration) {
    return words(claim -> claim.held(registration));
  }

  private static Stream<String> words(Function<Claim, List<String>> values) {
    return Arrays.stream(Claim.values())
        .flatMap(claim -> values.apply(claim).stream().map(value -> claim + "/" + value));
  }

  /** What this Tenant gets of what it asks for. */
  public Verdict of(Tenant tenant) {
    var objections = new ArrayList<Objection>();
    var name = granted(Claim.NAME, tenant, objections);
    var hosts = granted(Claim.HOST, tenant, objections);
    var bots = granted(Claim.BOT, tenant, objections);
    return new Verdict(!name.isEmpty(), hosts, bots, objections);
  }

  private List<String> granted(Claim claim, Tenant tenant, List<Objection> objections) {
    var granted = new ArrayList<String>();
    for (var value : claim.wanted(tenant)) {
      taken(claim, value, tenant).ifPresentOrElse(objections::add, () -> granted.add(value));
    }
    return granted;
  }

  private Optional<Objection> taken(Claim claim, String value, Tenant tenant) {
    if (isPlatforms(claim, value)) {
      return Optional.of(claim.taken(value, "belongs to the BotCluster itself"));
    }
    var own = Claimant.of(tenant.getMetadata().getNamespace(), tenant.getMetadata().getName());
    return claimants(claim, value)
        .min(Claimant.ORDER)
        .filter(holder -> !holder.isSame(own))
        .map(holder -> claim.taken(value, by(holder, own)));
  }

  /** Whose it is may be known only where it can be seen anyway. */
  private static String by(Claimant holder, Claimant own) {
    return holder.namespace().equals(own.namespace())
        ? "belongs to Tenant " + holder.name()
        : "is taken on this BotCluster";
  }

  private Stream<Claimant> claimants(Claim claim, String value) {
    var holders =
        registrations.stream()
            .filter(r -> claim.held(r).contains(value))
            .map(r -> holder(r).having());
    var wanting =
        tenants.stream()
            .filter(t -> t.getMetadata().getDeletionTimestamp() == null)
            .filter(t -> new Admission(Optional.of(cluster)).objection(t).isEmpty())
            .filter(t -> claim.wanted(t).contains(value))
            .map(Claims::claimant);
    return Stream.concat(holders, wanting);
  }

  /** One whose Tenant is gone is older than all: nobody takes what it left. */
  private Claimant holder(Registration registration) {
    return tenants.stream()
        .map(Claims::claimant)
        .filter(c -> c.isSame(Claimant.of(registration.namespace(), registration.tenant())))
        .findFirst()
        .orElseGet(() -> Claimant.of(registration.namespace(), registration.tenant()));
  }

  private static Claimant claimant(HasMetadata tenant) {
    var meta = tenant.getMetadata();
    return new Claimant(
        meta.getNamespace(),
        meta.getName(),
        false,
        Optional.ofNullable(meta.getCreationTimestamp()).orElse(""),
        Optional.ofNullable(meta.getUid()).orElse(""));
  }

  private boolean isPlatforms(Claim claim, String value) {
    return switch (claim) {
      case NAME -> false;
      case HOST -> PublicHosts.of(cluster).all().contains(value);
      case BOT -> DEFAULT_BOT.equals(value) || isPlatformsBucket(TenantNames.bucket(value));
    };
  }

  private boolean isPlatformsBucket(String bucket) {
    var spec = cluster.getSpec();
    return bucket.equals(spec.livekit().recording().bucket())
        || bucket.equals(spec.media().gstreamer().bucket());
  }

  /**
   * A Tenant that has something or wants it.
   *
   * @param has whether it was given to it
   * @param created when the Tenant was created, as Kubernetes writes it
   */
  private record Claimant(String namespace, String name, boolean has, String created, String uid) {

    static final Comparator<Claimant> ORDER =
        Comparator.comparing((Claimant c) -> !c.has())
            .thenComparing(Claimant::created)
            .thenComparing(Claimant::uid);

    static Claimant of(String namespace, String name) {
      return new Claimant(namespace, name, false, "", "");
    }

    Claimant having() {
      return new Claimant(namespace, name, true, created, uid);
    }

    boolean isSame(Claimant other) {
      return namespace.equals(other.namespace) && name.equals(other.name);
    }
  }
}
