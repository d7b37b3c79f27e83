package io.generalbots.operator.cluster.media;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.golden.Numbered;
import io.generalbots.operator.kernel.Component;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Health;
import io.generalbots.operator.kernel.Plan;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kernel.Wishes;
import io.generalbots.operator.kube.Labels;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.schema.Definitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cluster named demo in namespace bots with media workers, and what exists of them. */
final class Given {

  private static final Part PART = new Part("demo", "gstreamer");

  private final List<HasMetadata> owned = new ArrayList<>();
  private String worker = "pipeline: videotestsrc ! fakesink";
  private boolean enabled = true;
  private String more = "";
  private Health store = Health.ready("it serves");

  /** Fields of the block gstreamer, as YAML in one line. */
  Given worker(String yaml) {
    worker = yaml;
    return this;
  }

  Given switchedOff() {
    enabled = false;
    return this;
  }

  /** More fields of the spec, each followed by a comma. */
  Given spec(String yaml) {
    more = yaml;
    return this;
  }

  /** How the object store is. */
  Given store(Health health) {
    store = health;
    return this;
  }

  Given having(HasMetadata... objects) {
    owned.addAll(List.of(objects));
    return this;
  }

  static Deployment deployment(int number, int ready) {
    var meta =
        new ObjectMetaBuilder(PART.named(PART.name(Integer.toString(number))))
            .withGeneration(1L)
            .build();
    return new DeploymentBuilder()
        .withMetadata(meta)
        .withNewStatus()
        .withObservedGeneration(1L)
        .withReadyReplicas(ready)
        .endStatus()
        .build();
  }

  /** A pod of a worker whose player ended so; what carries its files ended otherwise long ago. */
  static Pod pod(int number, String lastWords) {
    var meta =
        new ObjectMetaBuilder(PART.named(PART.name(number + "-abc")))
            .addToLabels(Labels.ROLE, Names.role(number))
            .build();
    var status = new PodBuilder().withMetadata(meta).withNewStatus();
    status
        .addNewContainerStatus()
        .withName(Names.COURIER)
        .withReady(true)
        .withNewLastState()
        .withNewTerminated()
        .withMessage("an old story")
        .endTerminated()
        .endLastState()
        .endContainerStatus();
    status
        .addNewContainerStatus()
        .withName(Names.PLAYER)
        .withReady(false)
        .withNewLastState()
        .withNewTerminated()
        .withMessage(lastWords)
        .endTerminated()
        .endLastState()
        .endContainerStatus();
    return status.endStatus().build();
  }

  BotCluster cluster() {
    var serialization = new KubernetesSerialization();
    var yaml =
        """
        apiVersion: generalbots.io/v1alpha1
        kind: BotCluster
        metadata: {name: demo, namespace: bots, uid: u-demo}
        spec: {%s domain: bots.example.com, media: {gstreamer: {enabled: %s, %s}}}
        """
            .formatted(more, enabled, worker);
    var defaulted =
        Definitions.botCluster().defaulted(serialization.unmarshal(yaml, JsonNode.class));
    return serialization.convertValue(defaulted, BotCluster.class);
  }

  Plan plan() {
    return component().plan(cluster(), facts());
  }

  Health health() {
    return component().health(cluster(), facts());
  }

  /** Every object of this kind that is kept as wished. */
  <T extends HasMetadata> List<T> wished(Class<T> kind) {
    return ((Plan.Apply) plan())
        .wishes().stream()
            .flatMap(w -> Wishes.object(w).stream())
            .filter(kind::isInstance)
            .map(kind::cast)
            .toList();
  }

  private Facts facts() {
    var settings = new Settings("operators", "cluster.local", Map.of("gstreamer", "gstreamer:1"));
    return new Facts(Instant.EPOCH, new Numbered(), owned, settings);
  }

  private GStreamer component() {
    return new GStreamer(
        new Component<>() {
          @Override
          public String name() {
            return "seaweedfs";
          }

          @Override
          public Plan plan(BotCluster cluster, Facts facts) {
            return new Plan.Absent();
          }

          @Override
          public Health health(BotCluster cluster, Facts facts) {
            return store;
          }
        });
  }
}
