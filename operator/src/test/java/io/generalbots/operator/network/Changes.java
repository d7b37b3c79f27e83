package io.generalbots.operator.network;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Ways in which a policy could have been written wrongly, one at a time. */
final class Changes {

  /** What it is, the same in every case, the policy as it was, and the policies it leaves. */
  record Change(String name, NetworkPolicy changed, List<NetworkPolicy> policies) {}

  private final List<NetworkPolicy> policies;
  private final List<Change> all = new ArrayList<>();

  private Changes(List<NetworkPolicy> policies) {
    this.policies = policies;
  }

  static List<Change> of(List<NetworkPolicy> policies) {
    var changes = new Changes(policies);
    policies.forEach(changes::change);
    return List.copyOf(changes.all);
  }

  private void change(NetworkPolicy policy) {
    var spec = policy.getSpec();
    for (var i = 0; i < spec.getIngress().size(); i++) {
      var at = i;
      add(policy, "ingress gone " + i, p -> p.getSpec().getIngress().remove(at));
      if (!spec.getIngress().get(i).getFrom().isEmpty()) {
        add(policy, "ingress open " + i, p -> p.getSpec().getIngress().get(at).setFrom(List.of()));
      }
      add(policy, "ingress ports " + i, p -> p.getSpec().getIngress().get(at).setPorts(List.of()));
    }
    for (var i = 0; i < spec.getEgress().size(); i++) {
      var at = i;
      add(policy, "egress gone " + i, p -> p.getSpec().getEgress().remove(at));
      add(policy, "egress ports " + i, p -> p.getSpec().getEgress().get(at).setPorts(List.of()));
      if (!spec.getEgress().get(i).getTo().isEmpty()) {
        add(policy, "egress open " + i, p -> p.getSpec().getEgress().get(at).setTo(List.of()));
      }
    }
    add(policy, "no egress", p -> p.getSpec().setPolicyTypes(List.of("Ingress")));
    add(policy, "no ingress", p -> p.getSpec().setPolicyTypes(List.of("Egress")));
    add(policy, "nobody", p -> p.getSpec().getPodSelector().setMatchLabels(Map.of("no", "body")));
  }

  private void add(NetworkPolicy policy, String what, Consumer<NetworkPolicy> change) {
    var others = new ArrayList<>(policies);
    var copy = new NetworkPolicyBuilder(policy).build();
    change.accept(copy);
    others.set(policies.indexOf(policy), copy);
    var name = policy.getMetadata().getName() + ": " + what;
    all.add(new Change(name, policy, List.copyOf(others)));
  }
}
