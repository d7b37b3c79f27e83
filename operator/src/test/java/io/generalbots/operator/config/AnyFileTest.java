package io.generalbots.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.config.ConfigFile.Line;
import io.generalbots.operator.schema.Definitions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for every file, whatever is in it. */
class AnyFileTest {

  private static final int FILES = 1000;
  private static final Order ORDER = new Order("prod", "bots.example.com");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** In the manifest as it was said, or told: nothing is dropped without a word. */
  @Test
  void everySettingIsInTheManifestOrTold() {
    var accepted = 0;
    for (var seed = 0; seed < FILES; seed++) {
      var text = AnyFile.of(seed);
      var imported = Import.of(text, ORDER);
      var told = imported.remarks().stream().map(Remark::line).toList();
      if (!imported.isRefused()) {
        accepted++;
        var untold = last(text);
        untold.values().removeIf(line -> told.contains(line.number()));
        assertThat(untold.values()).allSatisfy(line -> assertIsIn(imported, line));
      }
    }
    assertThat(accepted).isBetween(FILES / 4, FILES * 3 / 4);
  }

  /** Reading what is published of a cluster gives its settings again. */
  @Test
  void whatIsPublishedIsReadAgain() {
    for (var seed = 0; seed < FILES; seed++) {
      var imported = Import.of(AnyFile.of(seed), ORDER);
      if (!imported.isRefused()) {
        var published = ConfigCsv.of(cluster(imported.manifests().get(0)));
        var again = Import.of(published, ORDER);
        assertThat(again.isRefused()).as("%s of %s", again.remarks(), published).isFalse();
        assertThat(ConfigCsv.of(cluster(again.manifests().get(0)))).isEqualTo(published);
      }
    }
  }

  private static Map<String, Line> last(String text) {
    var last = new LinkedHashMap<String, Line>();
    ConfigFile.read(text).lines().forEach(line -> last.put(line.key(), line));
    return last;
  }

  private static void assertIsIn(Imported imported, Line line) {
    var key = ConfigKeys.find(line.key()).orElseThrow();
    var value = key.form().read(line.value(), key.path().in(key.target().schema())).orElseThrow();
    var manifest = manifest(imported, key.target());
    if (key.path().isOfEveryItem()) {
      assertThat(manifest.at("/spec/geo/regions")).hasSize(value.size());
    } else {
      assertThat(key.path().get(manifest, key.target().schema())).as(line.key()).contains(value);
    }
  }

  private static JsonNode manifest(Imported imported, Target target) {
    return imported.manifests().stream()
        .filter(m -> target.kind().equals(m.path("kind").asText()))
        .findFirst()
        .orElseThrow();
  }

  private static BotCluster cluster(JsonNode manifest) {
    return MAPPER.convertValue(Definitions.botCluster().defaulted(manifest), BotCluster.class);
  }
}
