package io.generalbots.operator.tenant.isolation;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.generalbots.operator.cluster.images.Image;
import io.generalbots.operator.kernel.Settings;
import io.generalbots.operator.kube.Jobs;
import io.generalbots.operator.kube.Part;
import io.generalbots.operator.kube.Security;
import io.generalbots.operator.kube.Small;
import io.generalbots.operator.kube.Volumes;
import io.generalbots.operator.tenant.credentials.Store;
import io.generalbots.operator.tenant.place.Residence;
import java.util.ArrayList;
import java.util.List;

/**
 * One turn: a pod with a container for each store, of an image that brings its client. What came of
 * it is how each container ends.
 *
 * @param part of the Tenant
 * @param residence where the Tenant lives
 * @param settings name the images
 */
record CheckJob(Part part, Residence residence, Settings settings) {

  /**
   * With this code a container ends that was let through: nothing is tried until somebody has
   * looked.
   */
  static final int LET_THROUGH = 3;

  private static final String GATEWAY = "gateway";
  private static final String TRIES = "tries";
  private static final String TRIES_PATH = "/tries";
  private static final String SCRATCH = "tmp";

  /**
   * What cannot be told is tried once more; a store that answers nothing takes ten seconds a try.
   */
  private static final Jobs.Patience PATIENCE = new Jobs.Patience(1, 900, LET_THROUGH);

  Job job(String turn, List<Store> stores) {
    return Jobs.of(part.meta(turn), part, PATIENCE, pod(stores));
  }

  private PodSpec pod(List<Store> stores) {
    var volumes = new ArrayList<Volume>();
    volumes.add(Volumes.configMap(TRIES, part.name()));
    volumes.add(Volumes.scratch(SCRATCH, "8Mi"));
    stores.forEach(s -> volumes.add(Volumes.secret(s.component(), secretName(s))));
    return Jobs.pod(part, 5)
        .withContainers(stores.stream().map(this::container).toList())
        .withVolumes(volumes)
        .build();
  }

  private Container container(Store store) {
    var component = store.component();
    return Image.of(residence.cluster(), image(store), settings)
        .container()
        .withName(component)
        .withCommand("bash", TRIES_PATH + "/" + Tries.SCRIPT, component)
        .withEnv(new EnvVar("HOME", "/tmp", null))
        .withResources(Small.resources("16Mi", "96Mi"))
        .withSecurityContext(Security.container())
        .withVolumeMounts(
            Volumes.readOnly(TRIES, TRIES_PATH),
            Volumes.readOnly(component, "/login"),
            Volumes.mount(SCRATCH, "/tmp"))
        .build();
  }

  /** Qdrant's has no client, and perhaps nobody has it. */
  private static String image(Store store) {
    return store == Store.VECTORS ? GATEWAY : store.component();
  }

  private String secretName(Store store) {
    return store.secretName(part.cluster());
  }
}
