package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.generalbots.operator.e2e.Policies;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * What external-dns is told, by a policy whose one region is elsewhere. Its kind is defined here,
 * and stays: the operator watches it by then.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class ExternalDnsIT {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE = "e2e-kernel-dns";
  private static final Subject SUBJECT = new Subject(CLIENT, NAMESPACE);
  private static final Policies POLICIES = new Policies(CLIENT, NAMESPACE, Subject.NAME);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String GROUP = "externaldns.k8s.io";
  private static final String GEO =
      "strategy: Geo, router: {enabled: false}, geo: {default: asia, detection: Header,"
          + " dns: {routing: Geolocation}, regions: [{name: asia, clusterRef: {name: demo},"
          + " countries: [JP], endpoint: 'https://asia.example.com'}]}";

  /** As much of it as is written, and the status that external-dns reports in. */
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: dnsendpoints.externaldns.k8s.io
        annotations:
          api-approved.kubernetes.io: "unapproved, for a test"
      spec:
        group: externaldns.k8s.io
        scope: Namespaced
        names: {kind: DNSEndpoint, listKind: DNSEndpointList, plural: dnsendpoints, singular: dnsendpoint}
        versions:
        - name: v1alpha1
          served: true
          storage: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    endpoints:
                      type: array
                      items:
                        type: object
                        properties:
                          dnsName: {type: string}
                          recordType: {type: string}
                          recordTTL: {type: integer, format: int64}
                          setIdentifier: {type: string}
                          targets: {type: array, items: {type: string}}
                          providerSpecific:
                            type: array
                            items:
                              type: object
                              properties: {name: {type: string}, value: {type: string}}
                status:
                  type: object
                  properties:
                    observedGeneration: {type: integer, format: int64}
      """;

  @BeforeAll
  static void nothing() {
    POLICIES.deleteAll();
    SUBJECT.begin(Subject.ASLEEP);
  }

  @AfterAll
  static void remove() {
    POLICIES.deleteAll();
    SUBJECT.end();
  }

  @Test
  @Order(1)
  void withoutItsKindThePolicySaysSo() {
    POLICIES.create("by-region", GEO);
    assumeFalse(CLIENT.supports(GROUP + "/v1alpha1", "DNSEndpoint"), "defined by an earlier run");
    POLICIES.await("by-region", "Ready", c -> "ExternalDnsMissing".equals(c.getReason()), LIMIT);
  }

  @Test
  @Order(2)
  void onceTheKindIsThereEntriesAreWritten() {
    define();
    POLICIES.awaitTrue("by-region", "Ready", LIMIT);
    assertThat(spec(await(Objects::nonNull)))
        .contains("dnsName=bots.example.com", "recordType=CNAME", "targets=[asia.example.com]")
        .contains("setIdentifier=country-JP", "setIdentifier=default", "recordTTL=60");
  }

  @Test
  @Order(3)
  void anEditIsPassedOnAndWhatOthersChangeIsMended() {
    POLICIES.patch("by-region", "{\"geo\":{\"dns\":{\"ttlSeconds\":300}}}");
    await(o -> o != null && spec(o).contains("recordTTL=300"));
    object().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"endpoints\":[]}}");
    await(o -> o != null && spec(o).contains("recordTTL=300"));
  }

  @Test
  @Order(4)
  void whoAsksForNoneAnyMoreHasNone() {
    POLICIES.patch("by-region", "{\"geo\":{\"dns\":null}}");
    await(Objects::isNull);
  }

  private static void define() {
    var definition =
        CLIENT
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .load(new ByteArrayInputStream(DEFINITION.getBytes(StandardCharsets.UTF_8)));
    definition.forceConflicts().serverSideApply();
    definition.waitUntilCondition(ExternalDnsIT::isEstablished, 30, TimeUnit.SECONDS);
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return Optional.ofNullable(definition.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static GenericKubernetesResource await(Predicate<GenericKubernetesResource> wanted) {
    return object().waitUntilCondition(wanted, LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static String spec(GenericKubernetesResource object) {
    return String.valueOf(object.getAdditionalProperties().get("spec"));
  }

  /** By its plural: what the API server says of a kind may come later than the kind. */
  private static Resource<GenericKubernetesResource> object() {
    var kind =
        new ResourceDefinitionContext.Builder()
            .withGroup(GROUP)
            .withVersion("v1alpha1")
            .withKind("DNSEndpoint")
            .withPlural("dnsendpoints")
            .withNamespaced(true)
            .build();
    return CLIENT.genericKubernetesResources(kind).inNamespace(NAMESPACE).withName("by-region-dns");
  }
}
