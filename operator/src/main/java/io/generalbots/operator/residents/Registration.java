package io.generalbots.operator.residents;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a BotCluster is told of one Tenant: a Secret beside the BotCluster, written by the Tenant's
 * loop alone and read by every component that serves tenants. A login that is no longer in it is
 * refused from then on.
 *
 * @param tenant name of the Tenant, which no other on this BotCluster has
 * @param namespace where the Tenant is
 * @param uid of the Tenant
 * @param hosts that lead to it
 * @param bots it has; each owns the bucket {@code <bot>.gbai}
 * @param suspended whether it is closed: it keeps all it has, and nobody gets in
 * @param allowance how much it may use
 * @param cache its users in Valkey
 * @param drive its keys in the object store
 * @param rooms its keys in LiveKit
 * @param vectors its keys in Qdrant
 * @param ownServers whether its hosts lead to bot servers of its own
 * @param cell whether it has a BotCluster to itself, and nothing in the stores of this one
 * @param schema whether it has a schema of a database that it shares, and no database
 * @param restraints the stores in which it has more than it may, and what it may not there
 * @param server the BotCluster whose PostgreSQL has its database; empty if it is this one
 * @param next the one that its database moves to; empty while it stays
 */
public record Registration(
    String tenant,
    String namespace,
    String uid,
    List<String> hosts,
    List<String> bots,
    boolean suspended,
    Allowance allowance,
    List<Login> cache,
    List<Login> drive,
    List<Login> rooms,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Login> vectors,
    boolean ownServers,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean cell,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean schema,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Restraint> restraints,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String server,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String next) {

  /** The component that registrations are labelled with; none of a BotCluster's own prunes them. */
  public static final String COMPONENT = "tenant";

  /** The key under which the Secret holds it. */
  static final String KEY = "registration.json";

  private static final String SERVERS = "botserver";

  private static final String MEETINGS = "livekit";

  private static final String READY = "generalbots.io/ready";

  public Registration {
    hosts = List.copyOf(hosts);
    bots = List.copyOf(bots);
    cache = List.copyOf(cache);
    drive = List.copyOf(drive);
    rooms = List.copyOf(rooms);
    vectors = Absent.toEmpty(vectors);
    restraints = Absent.toEmpty(restraints);
    server = server == null ? "" : server;
    next = next == null ? "" : next;
  }

  /** Whether it may add nothing to what it has in a store. */
  public boolean isRestrained(String store) {
    return restraint(store) != Restraint.NONE;
  }

  /** What it may not in a store. */
  public Restraint restraint(String store) {
    return restraints.getOrDefault(store, Restraint.NONE);
  }

  /** The bot servers that it has to itself: nothing but its name says what they are called. */
  public Part servers() {
    return cell ? new Part(Cells.name(tenant), SERVERS) : Part.ofTenant(tenant, SERVERS);
  }

  /** The LiveKit servers that it has to itself; empty if it shares those of the BotCluster. */
  public Optional<Part> meetings() {
    return Optional.of(new Part(Cells.name(tenant), MEETINGS)).filter(part -> cell);
  }

  /** The same of one that has a BotCluster to itself. */
  public Registration inCell() {
    return new Registration(
        tenant, namespace, uid, hosts, List.of(), suspended, allowance, List.of(), List.of(),
        List.of(), List.of(), true, true, false, Map.of(), "", "");
  }

  /** The name of the Secret of a tenant. */
  public static String secretName(String cluster, String tenant) {
    return cluster + "-" + COMPONENT + "-" + tenant;
  }

  /** All its buckets, in the order of its bots. */
  public List<String> buckets() {
    return bots.stream().map(TenantNames::bucket).toList();
  }

  /**
   * As it is kept; labels that say whose it is come with the stamp.
   *
   * @param ready whether every store lets the tenant in: beside the registration and not within it,
   *     as nothing is provisioned differently for it
   */
  public Secret secret(String cluster, boolean ready) {
    var meta =
        new ObjectMetaBuilder()
            .withName(secretName(cluster, tenant))
            .withAnnotations(Map.of(READY, String.valueOf(ready)))
            .withLabels(Map.of(Labels.TENANT, tenant, Labels.TENANT_NAMESPACE, namespace))
            .build();
    return Secrets.opaque(meta, Map.of(KEY, RegistrationText.write(this)));
  }

  /** The registration in a Secret; empty if it holds none that can be read. */
  public static Optional<Registration> of(Secret secret) {
    return RegistrationText.read(Secrets.text(secret, KEY));
  }

  /** The same with these bots and no other. */
  public Registration withBots(List<String> others) {
    return new Registration(
        tenant,
        namespace,
        uid,
        hosts,
        others,
        suspended,
        allowance,
        cache,
        drive,
        rooms,
        vectors,
        ownServers,
        cell,
        schema,
        restraints,
        server,
        next);
  }

  /** Of one that is gone: nobody gets in, and what it had stays its own. */
  public Registration ended() {
    return new Registration(
        tenant, namespace, uid, List.of(), bots, true, allowance, List.of(), List.of(), List.of(),
        List.of(), false, cell, schema, Map.of(), server, "");
  }

  /** Whether a Secret says just this. */
  public boolean isIn(Secret secret, boolean ready) {
    return of(secret).filter(this::equals).isPresent() && isReady(secret) == ready;
  }

  /** Whether every store lets the tenant in that is registered in a Secret. */
  static boolean isReady(Secret secret) {
    return "true".equals(Objects.annotations(secret).get(READY));
  }

  /** Names no login: the text may be logged. */
  @Override
  public String toString() {
    return "registration of %s/%s".formatted(namespace, tenant);
  }
}
