package io.generalbots.operator.cluster.livekit;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Secrets;
import java.util.List;
import java.util.Optional;

/**
 * How other components of a cluster come into the rooms of its LiveKit.
 *
 * @param cluster what is wished
 * @param facts what is
 */
public record Entrance(BotCluster cluster, Facts facts) {

  /** What pods have to be restarted for when it changes, as a digest. */
  public static final String DIGEST = Names.DIGEST;

  /** Keys of the Secret by which clients come in. */
  public static final String API_KEY = Names.API_KEY;

  /** What tokens are signed with. */
  public static final String API_SECRET = Names.API_SECRET;

  /** The address within the cluster. */
  public static final String URI = "uri";

  /** The script of LiveKit's pods, which those of others run too. */
  public static final String SCRIPT = ServerPod.SCRIPT;

  /** Whether there are rooms, here or elsewhere. */
  public static boolean isThere(BotCluster cluster) {
    return LiveKit.isWanted(cluster);
  }

  /** Whether the servers of the rooms run here. */
  public static boolean isOurs(BotCluster cluster) {
    return isThere(cluster) && External.of(cluster).isEmpty();
  }

  /** Whether there is a bus, by which others than servers are given orders. */
  public static boolean hasBus(BotCluster cluster) {
    return Bus.isThere(cluster);
  }

  /** The Secret by which clients come in, once it is there. */
  public Optional<Secret> secret() {
    return situation().told().filter(s -> KeyPair.read(s).isWhole());
  }

  /** The name of that Secret, and of the ConfigMap with the script. */
  public String name() {
    return situation().part().name();
  }

  /** What changes when the key or the address does; keys are random enough to be digested. */
  public Optional<String> revision() {
    return secret()
        .map(s -> Secrets.text(s, API_KEY) + Secrets.text(s, API_SECRET) + Secrets.text(s, URI))
        .map(text -> Digest.sha256(text).substring(0, Configuration.DIGEST_LENGTH));
  }

  /** The bus, once all is known of it. */
  public Optional<Bus> bus() {
    return Bus.of(situation());
  }

  /** What a pod that comes in may call: signals and media, and the bus if it needs that. */
  public List<NetworkPolicyEgressRule> ways() {
    return External.of(cluster)
        .map(e -> List.of(Egress.anywhere(Address.of(e.address()).port())))
        .orElseGet(this::toServers);
  }

  /** The way to the bus. */
  public NetworkPolicyEgressRule wayToBus() {
    var situation = situation();
    return Egress.to(Policies.pods(Bus.servers(situation).selector()), Bus.port(situation));
  }

  /** On the network of its node a server has no labels by which a policy would know it. */
  private List<NetworkPolicyEgressRule> toServers() {
    if (situation().spec().hostNetwork()) {
      return List.of(
          Egress.anywhere(Names.PORT),
          Egress.anywhere(Names.TCP_MEDIA),
          Egress.anywhereByUdp(Names.UDP_MEDIA));
    }
    var servers = Policies.pods(situation().part().selector());
    return List.of(
        Egress.to(servers, Names.PORT, Names.TCP_MEDIA), Egress.byUdp(servers, Names.UDP_MEDIA));
  }

  private Situation situation() {
    return new Situation(cluster, facts);
  }
}
