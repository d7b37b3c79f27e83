package io.generalbots.operator.shard.tenant;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.generalbots.api.v1alpha1.ShardPolicy;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.residents.Carriers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens the ways to shards, beside what their own policies let in: from the poolers of the
 * BotCluster, which lead its Tenants there, and from what carries databases. They stay when the
 * policy goes, as the databases do.
 *
 * @param settlement whose they are
 */
public record Ways(Settlement settlement) implements Component<ShardPolicy> {

  private static final int PORT = 5432;
  private static final String SERVERS = "postgres";
  private static final String POOLER = "pooler";

  @Override
  public String name() {
    return "ways";
  }

  @Override
  public Plan plan(ShardPolicy policy, Facts facts) {
    var wishes = new ArrayList<Wish>();
    settlement.shards().stream()
        .filter(shard -> !shard.equals(settlement.own()))
        .forEach(
            shard -> {
              wishes.add(new Wish.Kept(in(shard)));
              wishes.add(new Wish.Kept(out(shard)));
            });
    return new Plan.Apply(wishes);
  }

  @Override
  public Health health(ShardPolicy policy, Facts facts) {
    return Health.disabled();
  }

  private List<String> namespaces() {
    return settlement.tenants().stream()
        .map(t -> t.getMetadata().getNamespace())
        .distinct()
        .sorted()
        .toList();
  }

  private NetworkPolicy in(String shard) {
    var peers = new ArrayList<NetworkPolicyPeer>();
    peers.add(Policies.pods(new Part(settlement.own(), POOLER).selector()));
    Optional.of(namespaces())
        .filter(all -> !all.isEmpty())
        .map(all -> Policies.pods(all, Labels.COMPONENT, Carriers.COMPONENTS))
        .ifPresent(peers::add);
    return new NetworkPolicyBuilder()
        .withMetadata(new ObjectMetaBuilder().withName(shard + "-tenants").build())
        .withNewSpec()
        .withPodSelector(new LabelSelector(null, new Part(shard, SERVERS).selector()))
        .withPolicyTypes("Ingress")
        .withIngress(peers.stream().map(Ways::from).toList())
        .endSpec()
        .build();
  }

  private static NetworkPolicyIngressRule from(NetworkPolicyPeer peer) {
    return Policies.from(peer, PORT);
  }

  private NetworkPolicy out(String shard) {
    var poolers = new Part(settlement.own(), POOLER).selector();
    NetworkPolicyEgressRule way =
        Egress.to(Policies.pods(new Part(shard, SERVERS).selector()), PORT);
    return new NetworkPolicyBuilder()
        .withMetadata(new ObjectMetaBuilder().withName(shard + "-pooled").build())
        .withNewSpec()
        .withPodSelector(new LabelSelector(null, poolers))
        .withPolicyTypes("Egress")
        .withEgress(way)
        .endSpec()
        .build();
  }
}
