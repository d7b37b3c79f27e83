package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/** Tells decisions as events of the object they are about. */
public final class EventRecorder {

  private static final Logger LOG = Logger.getLogger(EventRecorder.class);

  private static final String COMPONENT = "generalbots-operator";

  /** The API server refuses longer messages. */
  private static final int MAX_MESSAGE = 1024;

  private final KubernetesClient client;
  private final Clock clock;
  private final Echoes echoes = new Echoes();

  public EventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Tells one decision, unless it has just been told; that an event could not be written is logged
   * and fails nothing.
   */
  public void tell(HasMetadata about, Decision decision) {
    if (echoes.isOne(about.getMetadata().getUid() + " " + decision, clock.instant())) {
      return;
    }
    LOG.infof("%s: %s: %s", Objects.ref(about), decision.reason(), decision.message());
    try {
      client.resource(event(about, decision)).create();
    } catch (KubernetesClientException e) {
      LOG.warnf(e, "the event %s on %s was not written", decision.reason(), Objects.ref(about));
    }
  }

  private Event event(HasMetadata about, Decision decision) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(about.getMetadata().getName() + ".")
        .withNamespace(about.getMetadata().getNamespace())
        .endMetadata()
        .withInvolvedObject(reference(about))
        .withType(decision.warning() ? "Warning" : "Normal")
        .withReason(decision.reason())
        .withMessage(shortened(decision.message()))
        .withNewSource(COMPONENT, null)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .build();
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
  }

  private static ObjectReference reference(HasMetadata about) {
    return new ObjectReferenceBuilder()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withName(about.getMetadata().getName())
        .withNamespace(about.getMetadata().getNamespace())
        .withUid(about.getMetadata().getUid())
        .build();
  }
}
