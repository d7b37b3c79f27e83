package io.generalbots.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.generalbots.api.v1alpha1.tenant.TenantSpec;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;

/** One customer of a BotCluster: its stores, credentials, limits and host names. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@ShortNames("bt")
@Categories(Api.CATEGORY)
@AdditionalPrinterColumn(name = "CLUSTER", jsonPath = Columns.CLUSTER)
@AdditionalPrinterColumn(name = "SHARD", jsonPath = ".status.shard")
@AdditionalPrinterColumn(name = "ISOLATION", jsonPath = ".status.isolation")
@AdditionalPrinterColumn(name = "READY", jsonPath = Columns.READY)
@AdditionalPrinterColumn(name = "STATUS", jsonPath = Columns.PHASE)
@AdditionalPrinterColumn(name = "DATABASE", jsonPath = ".status.database", priority = 1)
@AdditionalPrinterColumn(name = "BUCKET", jsonPath = ".status.buckets[0]", priority = 1)
@AdditionalPrinterColumn(name = "USED", jsonPath = ".status.usage.summary", priority = 1)
@AdditionalPrinterColumn(
    name = "LASTBACKUP",
    jsonPath = ".status.lastBackup",
    type = AdditionalPrinterColumn.Type.DATE,
    priority = 1)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = Columns.AGE,
    type = AdditionalPrinterColumn.Type.DATE)
public final class Tenant extends CustomResource<TenantSpec, TenantStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
