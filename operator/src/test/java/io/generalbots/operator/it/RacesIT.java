package io.generalbots.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.e2e.Stage;
import io.generalbots.operator.golden.Numbered;
import io.generalbots.operator.golden.World;
import io.generalbots.operator.kernel.Applier;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.reconcile.ClusterLoop;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What somebody else does between two calls of one round is seen for what it is: the applier in
 * this process, in a namespace no operator watches.
 */
@Timeout(60)
class RacesIT {

  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final Stage STAGE = new Stage(CLIENT, "e2e-kernel-races");

  @BeforeEach
  void prepare() {
    STAGE.prepare();
  }

  @AfterEach
  void remove() {
    secret().delete();
    STAGE.clear();
  }

  @Test
  void aNameThatBecomesFreeBetweenTheRefusalAndTheLookIsTaken() {
    CLIENT.resource(secretWith("theirs")).create();
    try (var client = interrupted(() -> secret().delete())) {
      var outcome =
          new Applier(client, List.of())
              .apply(
                  Map.of("mail", plan()), facts(List.of()), ClusterLoop.stamp(owner()), () -> true);
      assertThat(outcome.failure()).isEmpty();
      assertThat(outcome.refused()).isEmpty();
    }
    assertThat(secret().require().getData()).containsOnlyKeys("ours");
  }

  @Test
  void whatIsGoneBeforeItIsAmendedIsNotMadeAnew() {
    var known = CLIENT.resource(secretWith("theirs")).create();
    var plan = Plan.apply(new Wish.Amend(secretWith("ours")));
    try (var client = new KubernetesClientBuilder().build()) {
      secret().delete();
      var outcome =
          new Applier(client, List.of())
              .apply(
                  Map.of("mail", plan),
                  facts(List.of(known)),
                  ClusterLoop.stamp(owner()),
                  () -> true);
      assertThat(outcome.failure()).isEmpty();
    }
    assertThat(secret().get()).isNull();
  }

  /** A round goes on while its cluster is deleted, and nobody would collect what is kept. */
  @Test
  void nothingIsMadeForAnOwnerThatIsGone() {
    var plan =
        Plan.apply(new Wish.Once(secretWith("once"), true), new Wish.Kept(secretWith("kept")));
    var outcome =
        new Applier(CLIENT, List.of())
            .apply(Map.of("mail", plan), facts(List.of()), ClusterLoop.stamp(owner()), () -> false);
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.decisions()).isEmpty();
    assertThat(secret().get()).isNull();
  }

  private static Plan plan() {
    return Plan.apply(new Wish.Once(secretWith("ours"), false));
  }

  private static Facts facts(List<HasMetadata> owned) {
    return new Facts(Instant.EPOCH, new Numbered(), owned, World.SETTINGS);
  }

  private static BotCluster owner() {
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: %s}
        spec: {domain: bots.example.com, %s}
        """
            .formatted(STAGE.namespace(), Subject.ASLEEP);
    CLIENT.resource(yaml).inNamespace(STAGE.namespace()).create();
    return CLIENT
        .resources(BotCluster.class)
        .inNamespace(STAGE.namespace())
        .withName("demo")
        .require();
  }

  private static Secret secretWith(String key) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("letters")
        .withNamespace(STAGE.namespace())
        .endMetadata()
        .withStringData(Map.of(key, "value"))
        .build();
  }

  private static Resource<Secret> secret() {
    return CLIENT.secrets().inNamespace(STAGE.namespace()).withName("letters");
  }

  /** A client before whose first look this happens. */
  private static KubernetesClient interrupted(Runnable deed) {
    var once =
        new Interceptor() {
          private boolean done;

          @Override
          public synchronized void before(
              BasicBuilder builder, HttpRequest request, RequestTags t) {
            if (!done && Objects.equals(request.method(), "GET")) {
              done = true;
              deed.run();
            }
          }
        };
    return new KubernetesClientBuilder()
        .withHttpClientBuilderConsumer(b -> b.addOrReplaceInterceptor("between", once))
        .build();
  }
}
