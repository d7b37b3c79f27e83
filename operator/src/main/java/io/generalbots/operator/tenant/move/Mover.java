package io.generalbots.operator.tenant.move;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.generalbots.api.v1alpha1.Tenant;
import io.generalbots.operator.cluster.botserver.Ways;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kernel.Facts;
import io.generalbots.operator.kernel.Wish;
import io.generalbots.operator.kube.Access;
import io.generalbots.operator.kube.Egress;
import io.generalbots.operator.kube.Jobs;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Policies;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Small;
import io.generalbots.operator.kube.Volumes;
import io.generalbots.operator.residents.Carriers;
import io.generalbots.operator.tenant.database.Database;
import io.generalbots.operator.tenant.place.Relocation;
import io.generalbots.operator.tenant.place.Residence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The Jobs that carry the database of a Tenant, in its own namespace and with a login of its own.
 * They are of the image of the servers: their own programs, of their own version, and Python.
 *
 * @param residence where the Tenant lives
 * @param tenant whose database it is
 * @param relocation from where to where
 * @param facts what is known of the Tenant's own namespace
 */
record Mover(Residence residence, Tenant tenant, Relocation relocation, Facts facts) {

  /** With this code it ends where trying again does not help. */
  private static final int REFUSED = 3;

  /** Servers fail over meanwhile, and nobody waits for ever. */
  private static final Jobs.Patience PATIENCE = new Jobs.Patience(20, 7 * 24 * 3600, REFUSED);

  private static final String PROGRAMS = "programs";
  private static final String PROGRAMS_PATH = "/programs/";
  private static final String LOGIN = "login";
  private static final String LOGIN_PATH = "/login/mover";
  private static final String SCRATCH = "tmp";

  private Part part() {
    return Part.ofTenant(tenant.getMetadata().getName(), Carriers.MOVE);
  }

  /** Who they are, what they run, and whom they call. */
  Stream<Wish> surroundings() {
    return Stream.of(
        new Wish.Managed(Access.serviceAccount(part())),
        new Wish.Managed(Programs.configMap(part())),
        new Wish.Managed(
            Policies.closed(
                part(),
                List.of(),
                List.of(
                    Egress.dns(),
                    Egress.to(residence.servers(relocation.from()), Ways.POSTGRES),
                    Egress.to(residence.servers(relocation.to()), Ways.POSTGRES)))));
  }

  /** The one that carries. */
  Wish carrying() {
    return new Wish.Once(job(relocation.id(), List.of()), false);
  }

  /** The one that takes away what that made. */
  Wish clearing() {
    return new Wish.Once(job(clearingId(), List.of(Programs.BACK)), false);
  }

  /** How far the one that carries has come; empty before it is there. */
  Optional<Job> carrier() {
    return facts.find(Job.class, part().name(relocation.id()));
  }

  Optional<Job> clearer() {
    return facts.find(Job.class, part().name(clearingId()));
  }

  private String clearingId() {
    return relocation.id() + "-" + Programs.BACK;
  }

  /** Why it will never be carried; empty while it may be. */
  Optional<String> refusal() {
    return carrier().filter(this::isRefused).map(job -> Jobs.words(job, facts.all(Pod.class)));
  }

  private boolean isRefused(Job job) {
    return isFailed(job)
        && Jobs.last(job, facts.all(Pod.class))
            .anyMatch(c -> c.getState().getTerminated().getExitCode() == REFUSED);
  }

  static boolean isFailed(Job job) {
    return Jobs.ended(job).filter(end -> !Jobs.isComplete(end)).isPresent();
  }

  static boolean isDone(Job job) {
    return Jobs.ended(job).filter(Jobs::isComplete).isPresent();
  }

  private Job job(String id, List<String> arguments) {
    return Jobs.of(part().meta(id), part(), PATIENCE, pod(arguments));
  }

  private PodSpec pod(List<String> arguments) {
    return Jobs.pod(part(), 5)
        .withContainers(container(arguments))
        .withVolumes(
            Volumes.configMap(PROGRAMS, part().name()),
            Volumes.secret(LOGIN, Relocation.secretName(tenant)),
            Volumes.scratch(SCRATCH, "64Mi"))
        .build();
  }

  private Container container(List<String> arguments) {
    var command =
        Stream.concat(Stream.of("python3", PROGRAMS_PATH + Programs.MOVE), arguments.stream());
    return Image.of(residence.cluster(), "postgres", facts.settings())
        .container()
        .withName(Carriers.MOVE)
        .withCommand(command.toList())
        .withEnv(environment())
        .withResources(Small.resources("64Mi", "512Mi"))
        .withSecurityContext(Security.container())
        .withVolumeMounts(
            Volumes.readOnly(PROGRAMS, PROGRAMS_PATH),
            Volumes.readOnly(LOGIN, LOGIN_PATH),
            Volumes.mount(SCRATCH, "/tmp"))
        .build();
  }

  private List<EnvVar> environment() {
    var database = Database.room(tenant).database(tenant);
    var all =
        new TreeMap<>(
            Map.of(
                "HOME",
                "/tmp",
                "SOURCE_HOST",
                host(relocation.from()),
                "TARGET_HOST",
                host(relocation.to()),
                "DATABASE",
                database,
                "OWNER",
                database,
                "MOVE",
                relocation.id()));
    return all.entrySet().stream().map(e -> new EnvVar(e.getKey(), e.getValue(), null)).toList();
  }

  /** Past any pooler, which lends a session for a transaction only. */
  private String host(String cluster) {
    return "%s.%s.svc.%s"
        .formatted(
            new Part(cluster, "postgres").name("rw"),
            residence.namespace(),
            facts.settings().clusterDomain());
  }
}
