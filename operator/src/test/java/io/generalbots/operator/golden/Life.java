package io.generalbots.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.ClusterBlueprint;
import io.generalbots.operator.cluster.ClusterReferences;
import io.generalbots.operator.external.Switchover;
import io.generalbots.operator.external.qdrant.Tending;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kernel.Outcome;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A BotCluster over time: the operator has its round, then everything else takes a step. */
final class Life implements World.Deeds {

  /** The operator ended in the middle of a round. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Longer than anything waits for. */
  private static final Duration STEP = Duration.ofSeconds(30);

  private static final int MOST_ROUNDS = 40;
  private static final int QUIET = 3;
  private static final int UNCUT = -1;
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private final Store store;
  private final Workloads workloads;
  private final Servers servers;
  private final Numbered entropy = new Numbered();
  private final Set<String> emptied = new HashSet<>();
  private final ObjectNode spec;
  private Instant now;
  private int writes;
  private int cut = UNCUT;

  private Life(Store store, ObjectNode spec, Instant now) {
    this.store = store;
    this.workloads = new Workloads(store);
    this.servers = new Servers(store);
    this.spec = spec;
    this.now = now;
  }

  /** Nothing yet but what is wished beside the stores, as YAML in one line. */
  static Life of(String spec) {
    var tree = read("{domain: bots.example.com, %s}".formatted(Specs.STORES_ONLY));
    merge(tree, read(spec));
    return new Life(new Store(), tree, Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** Another one that was the same until now. */
  Life copy() {
    var copy = new Life(store.copy(), spec.deepCopy(), now);
    copy.entropy.skip(entropy);
    copy.emptied.addAll(emptied);
    return copy;
  }

  /** Changes what is wished by a JSON merge patch, as YAML in one line. */
  Life wish(String patch) {
    merge(spec, read(patch));
    return this;
  }

  /** Takes away what is like that, as somebody might. */
  Life lose(Predicate<HasMetadata> victims) {
    store.all().stream().filter(victims).forEach(o -> workloads.delete(o, false));
    return this;
  }

  /** Ends the operator after so many more writes; the next round is by another one. */
  Life cutAfter(int more) {
    cut = writes + more;
    return this;
  }

  int writes() {
    return writes;
  }

  /** Goes on until nothing has changed for a while, and all is well then. */
  Life settle() {
    var quiet = 0;
    for (var round = 0; quiet < QUIET; round++) {
      assertThat(round).as("rounds until nothing changes any more").isLessThan(MOST_ROUNDS);
      var before = store.version();
      step();
      quiet = store.version() == before ? quiet + 1 : 0;
    }
    assertThat(ready().getStatus()).as("it ended in: %s", ready().getMessage()).isEqualTo("True");
    return this;
  }

  /** A round of the operator and a step of everything else. */
  void step() {
    var data = new ArrayList<>(data());
    try {
      world().round(now);
    } catch (Ended e) {
      cut = UNCUT;
    }
    workloads.ripen();
    servers.ripen();
    now = now.plus(STEP);
    data.removeAll(emptied);
    assertThat(data()).as("what holds data").containsAll(data);
  }

  /** Everything that anybody may read who may not read Secrets. */
  List<String> told() {
    return Telling.of(cluster(), store.all(), world().facts(now));
  }

  /** Everything that there is but pods, of which any may be primary. */
  String likeness() {
    var objects = store.all().stream().filter(o -> !(o instanceof Pod)).toList();
    return Likeness.of(objects, "demo")
        .replaceAll("pod-name: demo-valkey-\\d", "pod-name: (a server)")
        .replaceAll("volumes [0-9a-f]+", "volumes (any)")
        .replaceAll("primary-epoch: \"\\d+\"", "primary-epoch: (any)");
  }

  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return store.all(kind);
  }

  List<String> names(Class<? extends HasMetadata> kind) {
    return store.all(kind).stream().map(o -> o.getMetadata().getName()).toList();
  }

  @Override
  public void delete(HasMetadata object, Wish.Cascade cascade) {
    workloads.delete(object, cascade == Wish.Cascade.ORPHAN);
  }

  @Override
  public void perform(Wish.External step) {
    if (step.step() instanceof Switchover switchover) {
      servers.perform(switchover);
    } else if (step.step() instanceof Tending tending) {
      claims().filter(c -> isBeyond(c, tending)).map(Life::identity).forEach(emptied::add);
    }
  }

  @Override
  public void written() {
    writes++;
    if (writes == cut) {
      throw new Ended();
    }
  }

  private Stream<PersistentVolumeClaim> claims() {
    return store.all(PersistentVolumeClaim.class).stream();
  }

  /** A volume of a peer that has given everything away: it may go. */
  private static boolean isBeyond(PersistentVolumeClaim claim, Tending tending) {
    var name = claim.getMetadata().getName();
    return name.startsWith("data-demo-qdrant-")
        && Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)) >= tending.peers().count();
  }

  private static String identity(HasMetadata object) {
    return Objects.ref(object) + " " + object.getMetadata().getUid();
  }

  private Condition ready() {
    var none = new Outcome(Map.of());
    return ClusterBlueprint.status(cluster(), world().facts(now), none).conditions().stream()
        .filter(c -> "Ready".equals(c.getType()))
        .findFirst()
        .orElseThrow();
  }

  /** Volumes, and what outlives the BotCluster. */
  private List<String> data() {
    return store.all().stream()
        .filter(
            o ->
                o instanceof PersistentVolumeClaim
                    || (o.getMetadata().getOwnerReferences().isEmpty() && !(o instanceof Pod)))
        .map(Life::identity)
        .filter(identity -> !emptied.contains(identity))
        .toList();
  }

  private World world() {
    return new World(cluster(), store, entropy, this).beside(users(cluster()));
  }

  /** The logins that a user has for what is elsewhere. */
  private static List<Secret> users(BotCluster cluster) {
    var login = Map.of("username", "someone", "password", "something");
    return new ClusterReferences()
        .secrets(cluster).stream()
            .map(n -> new ObjectMetaBuilder().withName(n).withNamespace(Case.NAMESPACE).build())
            .map(meta -> Secrets.basicAuth(meta, login))
            .toList();
  }

  private BotCluster cluster() {
    var whole = JSON.convertValue(new BotCluster(), ObjectNode.class);
    whole.withObject("/metadata").put("name", "demo");
    whole.set("spec", spec.deepCopy());
    return Case.cluster(whole);
  }

  private static ObjectNode read(String line) {
    return JSON.unmarshal("spec: " + line, ObjectNode.class).withObject("/spec");
  }

  private static void merge(ObjectNode into, JsonNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNull()) {
                into.remove(field.getKey());
              } else if (into.get(field.getKey()) instanceof ObjectNode inner
                  && field.getValue().isObject()) {
                merge(inner, field.getValue());
              } else {
                into.set(field.getKey(), field.getValue());
              }
            });
  }
}
