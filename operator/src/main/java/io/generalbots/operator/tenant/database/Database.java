package io.generalbots.operator.tenant.database;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.postgres.Login;
import io.generalbots.operator.cluster.servers.Address;
import io.generalbots.operator.external.tenant.Credential;
import io.generalbots.operator.external.tenant.OpenDatabase;
import io.generalbots.operator.external.tenant.Room;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.kernel.Step;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Restraint;
import io.generalbots.operator.tenant.credentials.Key;
import io.generalbots.operator.tenant.credentials.Keyring;
import io.generalbots.operator.tenant.credentials.Provision;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.limits.Limits;
import io.generalbots.operator.tenant.place.Admission;
import io.generalbots.operator.tenant.place.Lodging;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Holding;
import io.generalbots.operator.tenant.store.Keys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a Tenant has of the servers of its BotCluster: a database, or a schema in one that it
 * shares.
 *
 * @param residence where the Tenant lives
 * @param tenant whose it is
 * @param domain the DNS suffix of the Kubernetes cluster
 * @param limits how much it may have
 * @param lodging on whose server it is
 */
public record Database(
    Residence residence, Tenant tenant, String domain, Limits limits, Lodging lodging)
    implements Holding {

  /** Connections of what carries it to another server, beside those of the Tenant. */
  private static final int CARRYING = 10;

  private static final int PORT = 5432;
  private static final String CA = "ca.crt";

  /** Which of the two. */
  public static Room room(Tenant tenant) {
    return Room.of(Admission.isolation(tenant));
  }

  @Override
  public Store store() {
    return Store.DATABASE;
  }

  @Override
  public Provision provision(Keyring ring) {
    return provision(ring, restraint());
  }

  private Provision provision(Keyring ring, Restraint restraint) {
    var spec = tenant.getSpec();
    var free =
        Provision.of(
            ring.keys(store()),
            residence.cluster().getMetadata().getUid(),
            spec.limits().connections(),
            spec.suspend());
    var bounded = restraint == Restraint.NONE ? free : free.with(restraint);
    var isPlain = lodging.isHome() && !isCarried();
    return isPlain ? bounded : bounded.with(places(), isCarried());
  }

  /** What is to be on which server: the poolers know its logins from that of its BotCluster. */
  private Map<String, Room> places() {
    var places = new LinkedHashMap<String, Room>();
    if (!lodging.isHome()) {
      places.put(lodging.own(), Room.LOGINS);
    }
    places.put(lodging.server(), room(tenant));
    return places;
  }

  private boolean isCarried() {
    return lodging.relocation().isPresent();
  }

  /** Sessions go on as they began: what was not brought about with this one has to end. */
  private boolean turns(Keyring ring) {
    var published = ring.publication(store());
    return restraint() == Restraint.NONE
        ? Stream.of(Restraint.READ_ONLY, Restraint.CLOSED)
            .anyMatch(former -> published.isOf(provision(ring, former)))
        : !published.isOf(provision(ring));
  }

  private Restraint restraint() {
    return limits.restraint(store());
  }

  @Override
  public List<Step> steps(Keyring ring) {
    return places().entrySet().stream()
        .<Step>map(place -> step(place.getKey(), place.getValue(), ring))
        .toList();
  }

  /** The empty one on the server that it is carried to. */
  public Step opening(String server, Keyring ring) {
    return step(server, room(tenant), ring);
  }

  private OpenDatabase step(String server, Room room, Keyring ring) {
    var meta = tenant.getMetadata();
    var spec = tenant.getSpec();
    return new OpenDatabase(
        server,
        residence.namespace(),
        room,
        meta.getName(),
        meta.getUid(),
        logins(ring),
        spec.limits().connections() + (isCarried() ? CARRYING : 0),
        spec.suspend(),
        spec.adopt(),
        restraint(),
        turns(ring));
  }

  private List<Credential> logins(Keyring ring) {
    var own = ring.keys(store()).stream().map(this::credential);
    var mover = lodging.relocation().map(r -> ring.mover());
    return Stream.concat(own, mover.stream()).toList();
  }

  @Override
  public Optional<String> silence() {
    return Optional.of(
            "ShardPolicy says that the PostgreSQL of its shard %s does not run"
                .formatted(lodging.server()))
        .filter(why -> !lodging.isServed());
  }

  @Override
  public Optional<Objection> closure() {
    return limits.closure(store());
  }

  @Override
  public Optional<Secret> secret(ObjectMeta meta, Keyring ring) {
    return residence
        .near()
        .secret(residence.name() + "-server")
        .map(
            server -> {
              var keys = Keys.of(server, CA);
              keys.putAll(login(credential(ring.newest(store()))).keys());
              room(tenant).schema(tenant).ifPresent(schema -> keys.put("schema", schema));
              return Secrets.basicAuth(meta, keys);
            });
  }

  @Override
  public String words() {
    var words = room(tenant).words(tenant);
    return lodging.isHome() ? words : words + " on shard " + lodging.server();
  }

  private Login login(Credential credential) {
    var room = room(tenant);
    return new Login(
        credential.name(),
        credential.password(),
        room.database(tenant),
        address(),
        room.options(tenant));
  }

  private Credential credential(Key key) {
    var role = "t%c_%s".formatted(key.slot(), tenant.getMetadata().getName());
    return new Credential(role, key.password());
  }

  /** Through the poolers where there are some. */
  private Address address() {
    var pooled = residence.cluster().getSpec().postgres().pooler().enabled();
    var service = residence.name() + (pooled ? "-pooler" : "-postgres-rw");
    return new Address("%s.%s.svc.%s".formatted(service, residence.namespace(), domain), PORT);
  }
}
