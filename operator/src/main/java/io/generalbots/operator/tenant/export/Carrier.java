package io.generalbots.operator.tenant.export;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.generalbots.operator.cluster.botserver.Ways;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.external.tenant.ListKeys;
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
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import io.generalbots.operator.tenant.store.Doors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pod that carries what a Tenant has, with the Tenant's own logins. It is of the image of the
 * database's servers: their own programs, of their own version, and Python are in it.
 *
 * @param part of the Tenant
 * @param doors the stores that it enters
 * @param server the BotCluster whose server has the Tenant's database
 * @param facts what is known of the Tenant's own namespace
 */
record Carrier(Part part, Doors doors, String server, Facts facts) {

  /** With this code it ends where trying again does not help. */
  private static final int REFUSED = 3;

  /** Nobody waits for ever. */
  private static final Jobs.Patience PATIENCE = new Jobs.Patience(2, 6 * 3600, REFUSED);

  private static final String PROGRAMS = "programs";
  private static final String PROGRAMS_PATH = "/programs/";
  private static final String LOGINS_PATH = "/login/";
  private static final String SCRATCH = "tmp";

  /** Who it is, what it runs, and whom it calls. */
  Stream<Wish> surroundings(List<NetworkPolicyEgressRule> more) {
    return Stream.of(
        new Wish.Managed(Access.serviceAccount(part)),
        new Wish.Managed(Programs.configMap(part)),
        new Wish.Managed(Policies.closed(part, List.of(), ways(more))));
  }

  /**
   * The list of the Tenant's keys, which its programs cannot make; none where there is no cache.
   */
  Optional<Wish> listing() {
    return Optional.<Wish>of(
            new Wish.External(
                new ListKeys(residence().name(), residence().namespace(), part.cluster())))
        .filter(w -> doors.leadTo(Store.CACHE));
  }

  /** One turn of a program, told this and nothing else of the Tenant, beside its logins. */
  Job job(ObjectMeta meta, String program, Map<String, String> told, Map<String, String> secrets) {
    return Jobs.of(meta, part, PATIENCE, pod(container(program, told, secrets), secrets));
  }

  /** The Secrets of the Tenant's own stores, by store. */
  Map<String, String> logins() {
    return doors.stores().stream()
        .collect(
            Collectors.toMap(
                s -> s.component(), s -> s.secretName(part.cluster()), (a, b) -> a, TreeMap::new));
  }

  private PodSpec pod(Container container, Map<String, String> secrets) {
    var volumes = new ArrayList<Volume>();
    volumes.add(Volumes.configMap(PROGRAMS, part.name()));
    volumes.add(Volumes.scratch(SCRATCH, "8Mi"));
    secrets.forEach((store, secret) -> volumes.add(login(store, secret)));
    return Jobs.pod(part, 30).withContainers(container).withVolumes(volumes).build();
  }

  /**
   * A Secret that is not there is for the program to tell: a pod would wait for it without a word.
   */
  private static Volume login(String store, String secret) {
    return new VolumeBuilder(Volumes.secret(store, secret))
        .editSecret()
        .withOptional(true)
        .endSecret()
        .build();
  }

  private Container container(
      String program, Map<String, String> told, Map<String, String> secrets) {
    var mounts = new ArrayList<VolumeMount>();
    mounts.add(Volumes.readOnly(PROGRAMS, PROGRAMS_PATH));
    mounts.add(Volumes.mount(SCRATCH, "/tmp"));
    secrets.keySet().forEach(store -> mounts.add(Volumes.readOnly(store, LOGINS_PATH + store)));
    return Image.of(residence().cluster(), "postgres", facts.settings())
        .container()
        .withName(part.component())
        .withCommand("python3", PROGRAMS_PATH + program)
        .withEnv(environment(told))
        .withResources(Small.resources("64Mi", "512Mi"))
        .withSecurityContext(Security.container())
        .withVolumeMounts(mounts)
        .build();
  }

  private List<EnvVar> environment(Map<String, String> told) {
    var all = new TreeMap<>(told);
    all.put("HOME", "/tmp");
    all.put("PGHOST", host());
    all.put("STORES", String.join(" ", logins().keySet()));
    return all.entrySet().stream().map(e -> new EnvVar(e.getKey(), e.getValue(), null)).toList();
  }

  /**
   * Past any pooler: that lends a session for a transaction only, and a dump takes one for long.
   */
  private String host() {
    var service = new Part(server, "postgres").name("rw");
    return "%s.%s.svc.%s"
        .formatted(service, residence().namespace(), facts.settings().clusterDomain());
  }

  private List<NetworkPolicyEgressRule> ways(List<NetworkPolicyEgressRule> more) {
    var own =
        Stream.of(
            Egress.dns(),
            Egress.to(residence().servers(server), Ways.POSTGRES),
            doors.wayToCache(),
            doors.wayToDrive());
    return Stream.concat(own, more.stream()).toList();
  }

  private Residence residence() {
    return doors.residence();
  }
}
