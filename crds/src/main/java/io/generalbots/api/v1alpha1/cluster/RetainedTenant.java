package io.generalbots.api.v1alpha1.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.generalbots.api.v1alpha1.schema.Absent;
import io.generalbots.api.v1alpha1.schema.ApiObject;
import io.generalbots.api.v1alpha1.schema.ListSet;
import io.generalbots.api.v1alpha1.schema.ObjectName;
import io.generalbots.api.v1alpha1.schema.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a deleted Tenant left in the stores. */
@ApiObject
public record RetainedTenant(
    @JsonPropertyDescription("Name of the Tenant.") @Required @ObjectName String tenant,
    @JsonPropertyDescription("Namespace it was in.") @Required @ObjectName String namespace,
    @JsonPropertyDescription("When it was deleted.") @Required @Timestamp String since,
    @JsonPropertyDescription(
            "Stores that have something of it; cell where that is in its own namespace, in volumes of a Cell.")
        @Size(max = 10)
        @ListSet
        List<@ObjectName String> stores,
    @JsonPropertyDescription("When its data is removed; by nobody but you when left out.")
        @Timestamp
        @Nullable String shredAfter) {
  public RetainedTenant {
    stores = Absent.toEmpty(stores);
  }
}
