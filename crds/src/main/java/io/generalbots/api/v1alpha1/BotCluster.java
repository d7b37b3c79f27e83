package io.generalbots.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.generalbots.api.v1alpha1.cluster.BotClusterSpec;
import io.generalbots.api.v1alpha1.cluster.BotClusterStatus;

/** The whole infrastructure of General Bots in one namespace. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@ShortNames("bc")
@Categories(Api.CATEGORY)
@AdditionalPrinterColumn(name = "READY", jsonPath = Columns.READY)
@AdditionalPrinterColumn(name = "STATUS", jsonPath = Columns.PHASE)
@AdditionalPrinterColumn(name = "TENANTS", jsonPath = ".status.tenants.summary")
@AdditionalPrinterColumn(name = "POSTGRES", jsonPath = Columns.POSTGRES)
@AdditionalPrinterColumn(name = "CACHE", jsonPath = Columns.CACHE)
@AdditionalPrinterColumn(name = "VECTOR", jsonPath = Columns.VECTOR)
@AdditionalPrinterColumn(name = "STORAGE", jsonPath = Columns.STORAGE)
@AdditionalPrinterColumn(name = "RTC", jsonPath = Columns.RTC)
@AdditionalPrinterColumn(name = "MESSAGING", jsonPath = ".status.messaging.tier")
@AdditionalPrinterColumn(name = "VERSION", jsonPath = ".status.version", priority = 1)
@AdditionalPrinterColumn(name = "PRIMARY", jsonPath = ".status.primary", priority = 1)
@AdditionalPrinterColumn(
    name = "LASTBACKUP",
    jsonPath = ".status.lastBackup",
    type = AdditionalPrinterColumn.Type.DATE,
    priority = 1)
@AdditionalPrinterColumn(name = "REASON", jsonPath = Columns.REASON, priority = 1)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = Columns.AGE,
    type = AdditionalPrinterColumn.Type.DATE)
public final class BotCluster extends CustomResource<BotClusterSpec, BotClusterStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
