package io.generalbots.operator.cluster.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.cluster.PullPolicy;
import io.generalbots.operator.kernel.Settings;
import java.util.Optional;

/**
 * The image of a component: the one of the spec, or the operator's default.
 *
 * @param name as a container runtime reads it
 * @param pullPolicy as Kubernetes spells it
 */
public record Image(String name, String pullPolicy) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * The image of a component that has one. The field of the spec bears the component's name, but
   * for recorders, or is the image of its block.
   */
  public static Image of(BotCluster cluster, String component, Settings settings) {
    var name = chosen(cluster, component).orElseGet(() -> standard(cluster, component, settings));
    return new Image(name, spelled(cluster.getSpec().images().pullPolicy()));
  }

  /** An image that a block of the spec names, and that has no default. */
  public static Image named(BotCluster cluster, String name) {
    return new Image(name, spelled(cluster.getSpec().images().pullPolicy()));
  }

  /** Whether a component runs anything: every one that does has an image by default. */
  public static boolean isRunBy(String component, Settings settings) {
    return settings.images().containsKey(field(component));
  }

  /** Whether a runtime calls it so, which adds the registry that a name leaves out. */
  public boolean isNamed(String other) {
    return other.equals(name) || other.endsWith("/" + name);
  }

  /** A container of this image. */
  public ContainerBuilder container() {
    return new ContainerBuilder().withImage(name).withImagePullPolicy(pullPolicy);
  }

  private static Optional<String> chosen(BotCluster cluster, String component) {
    JsonNode images = MAPPER.valueToTree(cluster.getSpec().images());
    return Optional.ofNullable(images.path(field(component)).textValue())
        .or(() -> Optional.ofNullable(block(cluster, component).path("image").textValue()));
  }

  /** The default, which may say where the version of the spec goes. */
  private static String standard(BotCluster cluster, String component, Settings settings) {
    var version = block(cluster, component).path("version").asText();
    return settings.image(field(component)).replace("{version}", version);
  }

  /** What is called after what it does has its image called after what it is. */
  private static String field(String component) {
    return "recording".equals(component) ? "egress" : component;
  }

  private static JsonNode block(BotCluster cluster, String component) {
    JsonNode spec = MAPPER.valueToTree(cluster.getSpec());
    return spec.path(component);
  }

  private static String spelled(PullPolicy policy) {
    return switch (policy) {
      case ALWAYS -> "Always";
      case IF_NOT_PRESENT -> "IfNotPresent";
      case NEVER -> "Never";
    };
  }
}
