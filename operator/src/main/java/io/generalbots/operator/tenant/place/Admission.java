package io.generalbots.operator.tenant.place;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.operator.kernel.Objection;
import io.generalbots.operator.residents.Cells;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a Tenant can live on a BotCluster at all.
 *
 * @param cluster the one it names, if it exists
 */
public record Admission(Optional<BotCluster> cluster) {

  private static final int LONGEST = 40;

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  /** The only label of namespaces that is known without reading them. */
  private static final String NAME = "kubernetes.io/metadata.name";

  /** How a Tenant is to be kept apart. */
  public static Isolation isolation(Tenant tenant) {
    return Optional.ofNullable(tenant.getSpec().isolation()).orElse(Isolation.DATABASE);
  }

  /** Whether a Tenant is to have a BotCluster to itself. */
  public static boolean wantsCell(Tenant tenant) {
    return isolation(tenant) == Isolation.CELL;
  }

  /** What stands against it; empty if it may live there. */
  public Optional<Objection> objection(Tenant tenant) {
    return name(tenant).or(() -> there(tenant)).or(() -> admitted(tenant)).or(this::isCell);
  }

  private static Optional<Objection> name(Tenant tenant) {
    var name = tenant.getMetadata().getName();
    var longest = wantsCell(tenant) ? Cells.LONGEST_TENANT : LONGEST;
    return LABEL.matcher(name).matches() && name.length() <= longest
        ? Optional.empty()
        : Optional.of(
            Objection.untilEdited(
                "InvalidName",
                "the name of a Tenant with this isolation has at most %d letters, digits and dashes:"
                        .formatted(longest)
                    + " create one of another name"));
  }

  /** Nobody gets into what one Tenant has to itself. */
  private Optional<Objection> isCell() {
    return cluster
        .filter(Cells::isOne)
        .map(
            cell ->
                Objection.untilEdited(
                    "CellNotShared",
                    "BotCluster %s was made for one Tenant and serves no other: create the Tenant on"
                            .formatted(cell.getMetadata().getName())
                        + " the BotCluster that one is on"));
  }

  /** Of another namespace not even whether a BotCluster is there is told. */
  private Optional<Objection> there(Tenant tenant) {
    var name = tenant.getSpec().clusterRef().name();
    return cluster.isEmpty() && isAtHome(tenant)
        ? Optional.of(
            Objection.forNow(
                "ClusterNotFound", "there is no BotCluster %s in this namespace".formatted(name)))
        : Optional.empty();
  }

  private Optional<Objection> admitted(Tenant tenant) {
    if (isAtHome(tenant)
        || cluster.filter(c -> admits(c, tenant.getMetadata().getNamespace())).isPresent()) {
      return Optional.empty();
    }
    var selects = cluster.filter(Admission::selectsByLabels).isPresent();
    return Optional.of(
        Objection.untilEdited(
            "NamespaceNotAdmitted",
            "BotCluster %s in %s does not exist or does not admit Tenants of this namespace: see"
                    .formatted(
                        tenant.getSpec().clusterRef().name(), Neighbourhood.namespace(tenant))
                + " its spec.tenants.allowedNamespaces"
                + (selects ? "; of a selector only " + NAME + " is served yet" : "")));
  }

  private static boolean isAtHome(Tenant tenant) {
    return tenant.getMetadata().getNamespace().equals(Neighbourhood.namespace(tenant));
  }

  /** Whether a BotCluster is open to this other namespace. */
  public static boolean admits(BotCluster cluster, String namespace) {
    var allowed = cluster.getSpec().tenants().allowedNamespaces();
    return switch (allowed.from()) {
      case SAME -> false;
      case ALL -> true;
      case SELECTOR ->
          Optional.ofNullable(allowed.selector()).filter(s -> selects(s, namespace)).isPresent();
    };
  }

  /** An empty selector is taken for none: who means all writes so. */
  private static boolean selects(LabelSelector selector, String namespace) {
    var labels = Optional.ofNullable(selector.getMatchLabels()).orElseGet(java.util.Map::of);
    var rules = Optional.ofNullable(selector.getMatchExpressions()).orElseGet(List::of);
    return labels.size() + rules.size() > 0
        && labels.entrySet().stream()
            .allMatch(l -> NAME.equals(l.getKey()) && namespace.equals(l.getValue()))
        && rules.stream().allMatch(r -> selects(r, namespace));
  }

  private static boolean selects(LabelSelectorRequirement rule, String namespace) {
    return NAME.equals(rule.getKey())
        && "In".equals(rule.getOperator())
        && rule.getValues().contains(namespace);
  }

  private static boolean selectsByLabels(BotCluster cluster) {
    return cluster.getSpec().tenants().allowedNamespaces().selector() != null;
  }
}
