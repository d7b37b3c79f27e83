package io.generalbots.operator.shard.geo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.generalbots.operator.kernel.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The object from which external-dns takes entries. */
public final class DnsEndpoint {

  /** Its kind, which external-dns defines. */
  public static final Kind KIND = new Kind("externaldns.k8s.io/v1alpha1", "DNSEndpoint");

  private DnsEndpoint() {}

  static GenericKubernetesResource of(ObjectMeta meta, List<Map<String, Object>> entries) {
    var object = new GenericKubernetesResource();
    object.setApiVersion(KIND.apiVersion());
    object.setKind(KIND.name());
    object.setMetadata(meta);
    object.setAdditionalProperty("spec", Map.of("endpoints", entries));
    return object;
  }

  /**
   * The entries of one answer, one for each type of record.
   *
   * @param ttl in seconds
   */
  static Stream<Map<String, Object>> entries(String host, int ttl, Slot slot) {
    return slot.door().targets().entrySet().stream()
        .map(
            targets -> {
              var entry = new LinkedHashMap<String, Object>();
              entry.put("dnsName", host);
              entry.put("recordType", targets.getKey());
              entry.put("targets", targets.getValue());
              entry.put("recordTTL", ttl);
              slot.identifier().ifPresent(name -> entry.put("setIdentifier", name));
              if (!slot.properties().isEmpty()) {
                entry.put("providerSpecific", properties(slot));
              }
              return entry;
            });
  }

  private static List<Map<String, String>> properties(Slot slot) {
    return new TreeMap<>(slot.properties())
        .entrySet().stream()
            .map(property -> Map.of("name", property.getKey(), "value", property.getValue()))
            .toList();
  }
}
