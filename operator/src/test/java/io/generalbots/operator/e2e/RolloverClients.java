package io.generalbots.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.generalbots.operator.kube.Resources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A pod whose clients use every store while certificates change. Whenever a Secret does, the pod is
 * marked, as those of a BotCluster are: its kubelet then has the files there within seconds.
 *
 * @param client where it runs
 * @param namespace its namespace
 * @param marks what marks it
 */
record RolloverClients(KubernetesClient client, String namespace, SharedIndexInformer<Secret> marks)
    implements AutoCloseable {

  private static final String NAME = "clients";

  /** What one client found. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Report(
      String store, String client, int asked, int failed, int ended, Map<String, Integer> errors) {}

  /** Starts them and waits until every store has answered. */
  static RolloverClients start(KubernetesClient client, String namespace, String domain) {
    var pod =
        StoresPod.start(
            client,
            namespace,
            NAME,
            List.of("python3", "-c", Resources.text("e2e/rollover.py"), domain));
    var marks = client.secrets().inNamespace(namespace).inform(new Marking(pod));
    return new RolloverClients(client, namespace, marks);
  }

  /** Ends them and reads what each has found. */
  List<Report> report() {
    new Shell(client, namespace).run(NAME, "touch /tmp/stop");
    var pod = client.pods().inNamespace(namespace).withName(NAME);
    var ended =
        pod.waitUntilCondition(
            p -> p != null && Set.of("Succeeded", "Failed").contains(p.getStatus().getPhase()),
            150,
            TimeUnit.SECONDS);
    var log = pod.getLog().strip();
    assertThat(ended.getStatus().getPhase()).as(log).isEqualTo("Succeeded");
    var lines = log.lines().toList();
    return List.of(Serialization.unmarshal(lines.get(lines.size() - 1), Report[].class));
  }

  @Override
  public void close() {
    marks.close();
    client.pods().inNamespace(namespace).withName(NAME).withGracePeriod(0).delete();
  }

  /** Marks a pod whenever a Secret changes. */
  private record Marking(PodResource pod) implements ResourceEventHandler<Secret> {

    @Override
    public void onAdd(Secret secret) {
      mark(secret);
    }

    @Override
    public void onUpdate(Secret former, Secret secret) {
      mark(secret);
    }

    @Override
    public void onDelete(Secret secret, boolean unknown) {
      mark(secret);
    }

    private void mark(Secret secret) {
      pod.patch(
          PatchContext.of(PatchType.JSON_MERGE),
          "{\"metadata\": {\"annotations\": {\"mounted\": \"%s\"}}}"
              .formatted(secret.getMetadata().getResourceVersion()));
    }
  }
}
