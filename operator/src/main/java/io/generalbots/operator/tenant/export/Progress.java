package io.generalbots.operator.tenant.export;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.api.v1alpha1.tenant.ImportSpec;
import io.generalbots.api.v1alpha1.tenant.TenantBootstrap;
import io.generalbots.operator.kernel.Digest;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Objects;
import io.generalbots.operator.kube.Jobs;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.residents.Carriers;
import java.util.Map;
import java.util.Optional;

/**
 * How far it is with the export that a Tenant begins with. That it was brought in is written down
 * in a ConfigMap beside the Tenant, so that it never is a second time.
 *
 * @param tenant that begins
 * @param facts what is known of its own namespace
 */
public record Progress(Tenant tenant, Facts facts) {

  /** A user writes it to have it tried once more; every new value asks again. */
  static final String AGAIN = "generalbots.io/import";

  private static final String RESULT = "result";
  private static final int LENGTH = 8;

  static Part part(Tenant tenant) {
    return Part.ofTenant(tenant.getMetadata().getName(), Carriers.IMPORT);
  }

  /** Whether there is an export that is yet to be brought in: nobody should be led there before. */
  public static boolean isPending(Tenant tenant, Facts facts) {
    var progress = new Progress(tenant, facts);
    return progress.wanted().isPresent() && !progress.isDone();
  }

  /** The export to begin with. */
  Optional<ImportSpec> wanted() {
    return Optional.ofNullable(tenant.getSpec().bootstrap()).map(TenantBootstrap::export);
  }

  boolean isDone() {
    return result().isPresent();
  }

  /** What was said when it was brought in. */
  Optional<ConfigMap> result() {
    return facts
        .find(ConfigMap.class, part(tenant).name(RESULT))
        .map(live -> written(Optional.ofNullable(live.getData()).orElse(Map.of())))
        .or(() -> job().filter(this::isComplete).map(job -> written(Map.of("said", words(job)))));
  }

  /** Eight digits that name this try. */
  String turn() {
    var asked = Objects.annotations(tenant).getOrDefault(AGAIN, "");
    var uid = tenant.getMetadata().getUid();
    return Digest.sha256("%s|%s".formatted(uid, asked)).substring(0, LENGTH);
  }

  /** What makes this try, if that has begun. */
  Optional<Job> job() {
    return facts.find(Job.class, part(tenant).name(turn()));
  }

  /** What was said when this try failed. */
  Optional<String> failure() {
    return job()
        .filter(job -> Jobs.ended(job).filter(end -> !Jobs.isComplete(end)).isPresent())
        .map(
            job ->
                "%s; see the log of Job %s; another try begins with a new value of annotation %s"
                    .formatted(words(job), job.getMetadata().getName(), AGAIN));
  }

  private boolean isComplete(Job job) {
    return Jobs.ended(job).filter(Jobs::isComplete).isPresent();
  }

  private String words(Job job) {
    return Jobs.words(job, facts.all(Pod.class, part(tenant).selector()));
  }

  private ConfigMap written(Map<String, String> data) {
    return new ConfigMapBuilder().withMetadata(part(tenant).meta(RESULT)).withData(data).build();
  }
}
