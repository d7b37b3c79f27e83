package io.generalbots.api.v1alpha1.tenant;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.Bucket;
import io.generalbots.api.v1alpha1.schema.HttpUrl;
import io.generalbots.api.v1alpha1.schema.Line;
import io.generalbots.api.v1alpha1.schema.ListMap;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An export that a tenant begins with. */
@ApiObject
public record ImportSpec(
    @JsonPropertyDescription("Bucket that holds the export.") @Required @Bucket String bucket,
    @JsonPropertyDescription(
            "Key of its manifest, as status.exports of the exported tenant says it.")
        @Required
        @Line
        String key,
    @JsonPropertyDescription(
            "SHA-256 of the archive; with it, nothing but just that archive is brought in.")
        @Sha256
        @Nullable String sha256,
    @JsonPropertyDescription(
            "URL of the S3 endpoint, if it is another than that of the BotCluster.")
        @HttpUrl
        @Nullable String endpoint,
    @JsonPropertyDescription(
            "Secret in this namespace that opens the bucket, with the keys username, password and"
                + " uri, and region and ca.crt where they are needed: as the Secret <tenant>-s3 of"
                + " the exported tenant.")
        @Required
        @ObjectName
        String secretName,
    @JsonPropertyDescription(
            "Bots that have other names here; all others take the objects of the bot of the same"
                + " name.")
        @Size(max = 1000)
        @ListMap("from")
        List<RenamedBot> bots) {
  public ImportSpec {
    bots = Absent.toEmpty(bots);
  }
}
