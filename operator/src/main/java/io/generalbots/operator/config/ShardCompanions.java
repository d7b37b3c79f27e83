package io.generalbots.operator.config;

import static io.generalbots.operator.config.Target.SHARD_POLICY;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What a ShardPolicy asks for beside its settings, and what they refuse. */
final class ShardCompanions {

  /** Continents by the first part of a region's name, as clouds name regions. */
  private static final Map<String, String> CONTINENTS =
      Map.ofEntries(
          Map.entry("us", "NA"),
          Map.entry("ca", "NA"),
          Map.entry("mx", "NA"),
          Map.entry("na", "NA"),
          Map.entry("sa", "SA"),
          Map.entry("br", "SA"),
          Map.entry("eu", "EU"),
          Map.entry("uk", "EU"),
          Map.entry("ap", "AS"),
          Map.entry("asia", "AS"),
          Map.entry("me", "AS"),
          Map.entry("af", "AF"),
          Map.entry("au", "OC"));

  private final Draft draft;
  private final ObjectNode spec;

  private ShardCompanions(Draft draft) {
    this.draft = draft;
    this.spec = draft.spec(SHARD_POLICY);
  }

  static void join(Draft draft) {
    if (!draft.asksFor(SHARD_POLICY)) {
      return;
    }
    var companions = new ShardCompanions(draft);
    companions.spec.putObject("clusterRef").put("name", draft.order().name());
    if (draft.has("shard-strategy")) {
      companions.complete(companions.spec.path("strategy").asText().toLowerCase(Locale.ROOT));
    } else {
      keys().stream()
          .filter(key -> draft.has(key.name()))
          .forEach(key -> draft.error(key.name(), "it needs a shard-strategy beside it"));
    }
  }

  private static List<ConfigKey> keys() {
    return ConfigKeys.all().stream().filter(key -> key.target() == SHARD_POLICY).toList();
  }

  private void complete(String block) {
    keys().stream()
        .filter(key -> draft.has(key.name()) && !"shard-strategy".equals(key.name()))
        .filter(key -> !key.path().toString().startsWith("spec." + block + "."))
        .forEach(
            key -> draft.warn(key.name(), "left out: strategy " + block + " has no use of it"));
    spec.retain("clusterRef", "strategy", block);
    var own = spec.withObjectProperty(block);
    if ("time".equals(block)) {
      tables(own);
    } else if ("geo".equals(block)) {
      geo(own);
    }
  }

  private void tables(ObjectNode block) {
    block.putArray("tables").addObject().put("name", "message_history").put("column", "created_at");
    draft.note("shard-strategy", "of all tables, message_history by created_at is split");
  }

  private void geo(ObjectNode block) {
    var regions = block.path("regions");
    if (!(regions instanceof ArrayNode) || !draft.has("shard-default")) {
      draft.error("shard-strategy", "geo needs shard-regions and shard-default");
      return;
    }
    if (names(regions).stream().noneMatch(block.path("default").asText()::equals)) {
      draft.error("shard-default", "it is none of the shard-regions");
    }
    regions.forEach(region -> place((ObjectNode) region));
    draft.note("shard-regions", "each region is a BotCluster of the same name in this namespace");
    if (!"Header".equals(block.path("detection").asText())) {
      var secret = draft.order().secret("geoip");
      block.putObject("database").put("secretName", secret);
      draft.note("shard-strategy", "put a GeoIP database into Secret " + secret);
    }
  }

  private void place(ObjectNode region) {
    var name = region.path("name").asText();
    region.putObject("clusterRef").put("name", name);
    var continent = Optional.ofNullable(CONTINENTS.get(name.split("-", 2)[0]));
    continent.ifPresentOrElse(
        c -> region.putArray("continents").add(c),
        () ->
            draft.error("shard-regions", name + " tells no continent: begin it with us, eu, ap …"));
  }

  private static List<String> names(JsonNode regions) {
    return StreamSupport.stream(regions.spliterator(), false)
        .map(region -> region.path("name").asText())
        .toList();
  }
}
