package io.generalbots.operator.cluster.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.residents.Login;
import io.generalbots.operator.residents.Registration;
import io.generalbots.operator.residents.Residents;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a door of the gateways is told: a Secret whose keys are files in their pods. Pods of Tenants
 * come to the door by a Service of the same name.
 *
 * @param door what the Secret, its volume and the Service end in
 * @param cluster whose gateways they are
 */
record DoorFile(String door, BotCluster cluster) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The host by which pods of the cluster come in. */
  static String host(String door, String cluster, String namespace, String clusterDomain) {
    return "%s.%s.svc.%s".formatted(part(cluster).name(door), namespace, clusterDomain);
  }

  Secret secret(Map<String, String> files) {
    return Secrets.opaque(part(cluster.getMetadata().getName()).meta(door), files);
  }

  static String json(Map<String, Object> told) {
    try {
      return MAPPER.writeValueAsString(told);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are JSON", e);
    }
  }

  /** What is told of each that is let in: those that have a login and are not suspended. */
  static <T> SortedMap<String, T> letIn(
      Facts facts, Function<Registration, List<Login>> logins, Function<Registration, T> told) {
    return Residents.of(facts).stream()
        .filter(resident -> !resident.suspended() && !logins.apply(resident).isEmpty())
        .collect(Collectors.toMap(Registration::tenant, told, (one, same) -> one, TreeMap::new));
  }

  /** Its own logins, those that went wrong left out. */
  static Stream<Login> logins(Registration resident, List<Login> all) {
    return all.stream().filter(login -> login.isOf(resident.tenant()) && !login.secret().isBlank());
  }

  private static Part part(String cluster) {
    return new Part(cluster, Gateway.NAME);
  }
}
