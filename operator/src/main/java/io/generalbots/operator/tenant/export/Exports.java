package io.generalbots.operator.tenant.export;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.api.v1alpha1.tenant.ExportState;
import io.generalbots.api.v1alpha1.tenant.ExportStatus;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Jobs;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.residents.Carriers;
import io.generalbots.operator.tenant.place.Admission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The exports of a Tenant: the one that is asked for, the one that goes on, and those that came to
 * an end, which are written down in a ConfigMap beside the Tenant.
 *
 * @param tenant whose they are
 * @param facts what is known of its own namespace
 */
public record Exports(Tenant tenant, Facts facts) {

  /** A user writes a name to have an export of that name; it stays, as it is the user's. */
  public static final String ASK = "generalbots.io/export";

  /** What people are told who wrote what can be no name. */
  public static final String MISNAMED =
      ASK + " names no export: a name has at most 63 small letters, digits and dashes";

  /** Those that are told and remembered. */
  private static final int MOST = 10;

  static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final String LEDGER = "results";

  static Part part(Tenant tenant) {
    return Part.ofTenant(tenant.getMetadata().getName(), Carriers.EXPORT);
  }

  /** Whether any can be made of this Tenant: what it has is a database, and not all servers. */
  public static boolean isServed(Tenant tenant) {
    return Admission.isolation(tenant) == Isolation.DATABASE;
  }

  /** Whether anybody asks for one. */
  public static boolean isAsked(Tenant tenant) {
    return !written(tenant).isEmpty();
  }

  /** Whether what a user wrote can be no name. */
  public static boolean isMisnamed(Tenant tenant) {
    var written = written(tenant);
    return !written.isEmpty() && !NAME.matcher(written).matches();
  }

  /** Whether nobody ever asked for one. */
  boolean isEmpty() {
    return asked().isEmpty() && ended().isEmpty() && newest().isEmpty();
  }

  /** The one that goes on. */
  Optional<String> running() {
    return newest().filter(job -> Jobs.ended(job).isEmpty()).map(Exports::name);
  }

  /** The one that is to begin: one after the other, and each name once. */
  Optional<String> due() {
    return asked()
        .filter(name -> running().isEmpty())
        .filter(name -> ended().stream().noneMatch(e -> e.name().equals(name)));
  }

  /** The one of which something can still be read. */
  Optional<String> last() {
    return newest().map(Exports::name);
  }

  /** All that is told, the last one first. */
  public List<ExportStatus> told(String waitsFor) {
    var present = newest().filter(job -> Jobs.ended(job).isEmpty()).map(Exports::going).stream();
    var next = due().map(name -> pending(name, waitsFor)).stream();
    return Stream.of(next, present, ended().stream()).flatMap(all -> all).limit(MOST).toList();
  }

  /** Those that came to an end, as they are written down. */
  ConfigMap ledger() {
    var lines = new TreeMap<String, String>();
    ended().forEach(export -> lines.put(export.name(), Line.of(export)));
    return new ConfigMapBuilder().withMetadata(part(tenant).meta(LEDGER)).withData(lines).build();
  }

  /** Those that came to an end, the last one first. */
  private List<ExportStatus> ended() {
    var all = new TreeMap<String, ExportStatus>();
    facts
        .find(ConfigMap.class, part(tenant).name(LEDGER))
        .flatMap(ledger -> Optional.ofNullable(ledger.getData()))
        .ifPresent(
            lines ->
                lines.values().forEach(l -> Line.read(l).ifPresent(e -> all.put(e.name(), e))));
    newest().flatMap(this::end).ifPresent(export -> all.putIfAbsent(export.name(), export));
    var sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparing(Exports::completed).reversed());
    return sorted.stream().limit(MOST).toList();
  }

  private static String completed(ExportStatus export) {
    return Optional.ofNullable(export.completedAt()).orElse("");
  }

  private Optional<ExportStatus> end(Job job) {
    var pods = facts.all(Pod.class, part(tenant).selector());
    var said = Jobs.last(job, pods).flatMap(c -> Jobs.said(c).stream()).findFirst();
    return Jobs.ended(job)
        .map(
            end -> {
              var words = said.or(() -> Optional.ofNullable(end.getMessage())).orElse("");
              var at = Optional.ofNullable(end.getLastTransitionTime()).orElse("");
              return Jobs.isComplete(end)
                  ? Line.complete(going(job), at, words)
                  : Line.failed(going(job), at, words);
            });
  }

  private Optional<Job> newest() {
    return Jobs.newest(
        facts.all(Job.class, part(tenant).selector()).stream()
            .filter(job -> NAME.matcher(name(job)).matches())
            .toList());
  }

  private Optional<String> asked() {
    return Optional.of(written(tenant)).filter(name -> NAME.matcher(name).matches());
  }

  private static String written(Tenant tenant) {
    return Objects.annotations(tenant).getOrDefault(ASK, "");
  }

  private static String name(Job job) {
    return Objects.annotations(job).getOrDefault(ASK, "");
  }

  private static ExportStatus going(Job job) {
    var since =
        Optional.ofNullable(job.getStatus())
            .map(JobStatus::getStartTime)
            .orElse(job.getMetadata().getCreationTimestamp());
    return new ExportStatus(
        name(job), ExportState.RUNNING, null, null, null, null, since, null, null);
  }

  private static ExportStatus pending(String name, String why) {
    return new ExportStatus(name, ExportState.PENDING, null, null, null, null, null, null, why);
  }
}
