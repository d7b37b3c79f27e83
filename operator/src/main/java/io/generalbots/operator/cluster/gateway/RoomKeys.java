package io.generalbots.operator.cluster.gateway;

import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.cluster.features.Features;
import io.generalbots.operator.cluster.livekit.Entrance;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.TenantNames;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who may come into which of LiveKit's rooms. LiveKit cannot tell: whoever has a key of it opens
 * every room. So it knows none but the platform's, and the gateways check those of tenants.
 *
 * @param cluster whose LiveKit it is
 * @param facts what is
 */
public record RoomKeys(BotCluster cluster, Facts facts) {

  /** Where pods of the cluster come in by them; nobody from outside does. */
  public static final int PORT = Ports.ROOMS;

  /** What the Service for those, the Secret and its volume end in. */
  static final String NAME = "rooms";

  static final String FILE = "rooms.json";

  /** Whether a BotCluster has rooms, and gateways before them. */
  public static boolean areChecked(BotCluster cluster) {
    return Features.isOn(cluster, Gateway.NAME) && Entrance.isOurs(cluster);
  }

  /** The host by which pods of the cluster come in. */
  public static String host(String cluster, String namespace, String clusterDomain) {
    return DoorFile.host(NAME, cluster, namespace, clusterDomain);
  }

  Secret secret() {
    var own = new Entrance(cluster, facts).secret();
    var all = new TreeMap<String, Object>();
    all.put("prefix", TenantNames.ROOMS);
    all.put("key", text(own, Entrance.API_KEY));
    all.put("secret", text(own, Entrance.API_SECRET));
    all.put("tenants", tenants());
    return new DoorFile(NAME, cluster).secret(Map.of(FILE, DoorFile.json(all)));
  }

  private static String text(Optional<Secret> secret, String key) {
    return secret.map(s -> Secrets.text(s, key)).orElse("");
  }

  /** The keys of each that is let in, those of one that went wrong left out. */
  private Map<String, Map<String, String>> tenants() {
    return DoorFile.letIn(facts, Registration::rooms, RoomKeys::keys);
  }

  private static Map<String, String> keys(Registration resident) {
    return DoorFile.logins(resident, resident.rooms())
        .collect(Collectors.toMap(Login::name, Login::secret, (one, same) -> one, TreeMap::new));
  }

  /** Names no key: the text may be logged. */
  @Override
  public String toString() {
    return "room keys of " + cluster.getMetadata().getName();
  }
}
