package io.generalbots.operator.cluster.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.generalbots.api.v1alpha1.shared.IssuerKind;
import io.generalbots.api.v1alpha1.shared.IssuerRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The object by which cert-manager is asked for a certificate. */
final class CertManagerRequest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CertManagerRequest() {}

  static GenericKubernetesResource of(ServerCertificate request, IssuerRef issuer) {
    var object = new GenericKubernetesResource();
    object.setApiVersion(CertManagerIssuer.CERTIFICATE.apiVersion());
    object.setKind(CertManagerIssuer.CERTIFICATE.name());
    object.setMetadata(request.part().named(request.secretName()));
    object.setAdditionalProperty("spec", spec(request, issuer));
    return object;
  }

  /** What cert-manager says of a certificate that is not ready. */
  static Optional<String> message(GenericKubernetesResource object) {
    JsonNode status = MAPPER.valueToTree(object.getAdditionalProperties().get("status"));
    return StreamSupport.stream(status.path("conditions").spliterator(), false)
        .filter(c -> "Ready".equals(c.path("type").asText()))
        .map(c -> c.path("message").asText())
        .findFirst();
  }

  /** The key is a new one each time, as ours are. */
  private static Map<String, Object> spec(ServerCertificate request, IssuerRef issuer) {
    return Map.of(
        "secretName", CertManagerIssuer.secretName(request),
        "secretTemplate", Map.of("labels", request.part().labels()),
        "dnsNames", request.names(),
        "duration", hours(request.lifetime()),
        "renewBefore", hours(renewBefore(request)),
        "privateKey", Map.of("algorithm", "ECDSA", "size", 256, "rotationPolicy", "Always"),
        "usages", List.of("digital signature", "server auth", "client auth"),
        "issuerRef", issuer(issuer));
  }

  /** Never later than at two thirds of the lifetime, as with certificates of our own. */
  private static Duration renewBefore(ServerCertificate request) {
    var third = request.lifetime().dividedBy(3);
    return request.renewBefore().compareTo(third) > 0 ? request.renewBefore() : third;
  }

  private static Map<String, String> issuer(IssuerRef issuer) {
    return Map.of(
        "name", issuer.name(),
        "kind", kind(issuer.kind()),
        "group", issuer.group());
  }

  private static String kind(IssuerKind kind) {
    return switch (kind) {
      case ISSUER -> "Issuer";
      case CLUSTER_ISSUER -> "ClusterIssuer";
    };
  }

  /** As Go writes durations, so that nobody sees a difference. */
  private static String hours(Duration duration) {
    return "%dh0m0s".formatted(duration.toHours());
  }
}
