package io.generalbots.operator.config;

import static io.generalbots.operator.config.Target.BOT_CLUSTER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What fields of a BotCluster ask for beside themselves, and what they refuse. */
final class ClusterCompanions {

  private static final List<Threshold> THRESHOLDS =
      List.of(
          new Threshold("scale-cpu-threshold", "Cpu", 100),
          new Threshold("scale-memory-threshold", "Memory", 100),
          new Threshold("scale-request-threshold", "RequestsPerSecond", Integer.MAX_VALUE));

  /** The key of the upper threshold of a metric, and how high it can be. */
  private record Threshold(String key, String metric, int most) {}

  private final Draft draft;

  private ClusterCompanions(Draft draft) {
    this.draft = draft;
  }

  static void join(Draft draft) {
    var companions = new ClusterCompanions(draft);
    companions.senders();
    companions.transcription();
    companions.observability();
    companions.workflow();
    companions.model();
    companions.replicas();
    THRESHOLDS.stream().filter(t -> draft.has(t.key())).forEach(companions::scaleIn);
  }

  /** Codes by text message and WhatsApp need an account that sends them. */
  private void senders() {
    var methods = draft.value("auth-mfa-methods");
    if (methods.isPresent() && has(methods.get(), "Sms")) {
      sender("auth-mfa-methods", "sms");
    }
    var block = draft.spec(BOT_CLUSTER).at("/directory/mfa");
    if (block.has("whatsapp")) {
      sender("auth-mfa-whatsapp-" + firstWhatsAppKey(), "whatsapp");
    } else if (methods.isPresent() && has(methods.get(), "WhatsApp")) {
      sender("auth-mfa-methods", "whatsapp");
    }
  }

  private String firstWhatsAppKey() {
    return draft.has("auth-mfa-whatsapp-provider")
        ? "provider"
        : draft.has("auth-mfa-whatsapp-enabled") ? "enabled" : "template";
  }

  private void sender(String key, String block) {
    var secret = draft.order().secret("twilio");
    draft.cluster("directory").withObject("/mfa/" + block).put("secretName", secret);
    draft.note(key, "put the account that sends into Secret " + secret + ": sid, token, sender");
  }

  private static boolean has(JsonNode list, String word) {
    for (var item : list) {
      if (word.equals(item.asText())) {
        return true;
      }
    }
    return false;
  }

  private void transcription() {
    var wanted = draft.value("meet-transcription-enabled").filter(JsonNode::asBoolean);
    if (wanted.isPresent()) {
      draft.cluster("livekit").remove("transcription");
      draft.warn(
          "meet-transcription-enabled",
          "left out, for it needs an image of your choice: write livekit.transcription with image"
              + " and enabled: true");
    }
  }

  private void observability() {
    if (draft.has("observability-url")) {
      var secret = draft.order().secret("influxdb");
      var block = draft.cluster("observability");
      block.put("mode", "External");
      block.withObjectProperty("external").put("secretName", secret);
      draft.note("observability-url", "put the token into Secret " + secret);
    }
  }

  /** A model's file has no key of its own. */
  private void model() {
    if (draft.value("fallback-llm-enabled").filter(JsonNode::asBoolean).isPresent()) {
      draft.note(
          "fallback-llm-enabled",
          "write where the model's file is: fallback.llm.file with image or claimName");
    }
  }

  private void workflow() {
    if (!draft.has("workflow-server")) {
      return;
    }
    var provider = draft.spec(BOT_CLUSTER).at("/workflow/provider").asText();
    if (!"Temporal".equals(provider)) {
      draft.error(
          "workflow-server", "it is used by Temporal alone: add workflow-provider,temporal");
    }
    if (draft.value("workflow-server").filter(a -> a.asText().contains("://")).isPresent()) {
      draft.error("workflow-server", "write host:port, without a scheme");
    }
  }

  /** The API server says this too, but of no line. */
  private void replicas() {
    var block =
        BOT_CLUSTER
            .schema()
            .property("spec")
            .defaulted(draft.spec(BOT_CLUSTER))
            .path("autoscaling");
    var least = block.path("minReplicas").asInt();
    var most = block.path("maxReplicas").asInt();
    if (least > most) {
      var key = draft.has("scale-min-instances") ? "scale-min-instances" : "scale-max-instances";
      draft.error(
          key, "the least are " + least + " and the most " + most + ": the other way round");
    }
  }

  /** Scaling in begins below the upper threshold, or replicas would come and go. */
  private void scaleIn(Threshold threshold) {
    for (var rule : draft.spec(BOT_CLUSTER).at("/autoscaling/rules")) {
      if (threshold.metric().equals(rule.path("metric").asText())) {
        scaleIn(threshold, (ObjectNode) rule);
      }
    }
  }

  private void scaleIn(Threshold threshold, ObjectNode rule) {
    var above = rule.path("above").asInt();
    if (above > threshold.most()) {
      draft.error(threshold.key(), "write a percentage, at most " + threshold.most());
    }
    if (rule.path("below").asInt() >= above) {
      rule.put("below", above / 2);
      draft.note(threshold.key(), "scales in below half of it, for the default is not below it");
    }
  }
}
