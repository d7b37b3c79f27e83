package io.generalbots.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.generalbots.api.v1alpha1.shard.ShardPolicySpec;
import io.generalbots.api.v1alpha1.shard.ShardPolicyStatus;

/** How the data of a BotCluster is spread over shards, partitions or regions. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("shardpolicies")
@ShortNames("sp")
@Categories(Api.CATEGORY)
@AdditionalPrinterColumn(name = "CLUSTER", jsonPath = Columns.CLUSTER)
@AdditionalPrinterColumn(name = "STRATEGY", jsonPath = ".spec.strategy")
@AdditionalPrinterColumn(name = "SHARDS", jsonPath = ".status.summary")
@AdditionalPrinterColumn(name = "READY", jsonPath = Columns.READY)
@AdditionalPrinterColumn(name = "STATUS", jsonPath = Columns.PHASE)
@AdditionalPrinterColumn(name = "PROGRESS", jsonPath = ".status.progress.summary")
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = Columns.AGE,
    type = AdditionalPrinterColumn.Type.DATE)
public final class ShardPolicy extends CustomResource<ShardPolicySpec, ShardPolicyStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
