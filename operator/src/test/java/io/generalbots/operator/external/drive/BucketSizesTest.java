package io.generalbots.operator.external.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a master of SeaweedFS 4.48 says of its volumes. */
class BucketSizesTest {

  private static final String ANSWER =
      """
      {"Version": "4.48", "Volumes": {"Free": 17, "Max": 20, "DataCenters": {"DefaultDataCenter": {
        "DefaultRack": {
          "demo-0:8080": [
            {"Collection": "sales.gbai", "Size": 2908600, "DeletedByteCount": 2206470, "Id": 1},
            {"Collection": "sales.gbai", "Size": 1000, "DeletedByteCount": 0, "Id": 4},
            {"Collection": "", "Size": 58200, "DeletedByteCount": 0, "Id": 3}],
          "demo-1:8080": [
            {"Collection": "sales.gbai", "Size": 2908600, "DeletedByteCount": 2206470, "Id": 1},
            {"Collection": "other.gbai", "Size": 2401832, "DeletedByteCount": 2100252, "Id": 2}],
          "demo-2:8080": null}}}}}
      """;

  @Test
  void copiesCountOnceAndWhatIsRemovedNotAtAll() {
    assertThat(BucketSizes.sizes(new JsonObject(ANSWER)))
        .isEqualTo(Map.of("sales.gbai", 703_130L, "other.gbai", 301_580L));
  }

  @Test
  void aMasterWithoutServersKnowsOfNothing() {
    assertThat(BucketSizes.sizes(new JsonObject("{}"))).isEmpty();
    assertThat(BucketSizes.sizes(new JsonObject("{\"Volumes\": {\"DataCenters\": {}}}"))).isEmpty();
  }
}
