package io.generalbots.operator.kernel;

import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The calls that change objects: server-side apply by one field manager, create, delete. */
final class Writer {

  static final String FIELD_MANAGER = "generalbots-operator";

  private static final Set<Integer> GONE =
      Set.of(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT);

  private final KubernetesClient client;
  private final Ledger ledger;

  Writer(KubernetesClient client) {
    this.client = client;
    this.ledger = new Ledger(client.getKubernetesSerialization());
  }

  /** The live object, past every cache. */
  Optional<HasMetadata> read(HasMetadata object) {
    return Optional.ofNullable(client.resource(object).get());
  }

  /** Applies unless neither side moved since the last time; says whether anything changed. */
  boolean applyIfChanged(HasMetadata wished, HasMetadata known) {
    if (ledger.isSettled(wished, known)) {
      return false;
    }
    var before = known.getMetadata().getResourceVersion();
    return !apply(wished).getMetadata().getResourceVersion().equals(before);
  }

  /**
   * The same for an object that is not ours, which is not made anew if it is gone by now. Others
   * write it all the time: only what we wish of it counts.
   */
  boolean amendIfChanged(HasMetadata wished, HasMetadata known) {
    wished.getMetadata().setUid(known.getMetadata().getUid());
    if (ledger.isKept(wished, known)) {
      return false;
    }
    try {
      return applyIfChanged(wished, known);
    } catch (KubernetesClientException e) {
      if (GONE.contains(e.getCode())) {
        return false;
      }
      throw e;
    }
  }

  /** Server-side apply, ours wins. */
  HasMetadata apply(HasMetadata wished) {
    var live =
        client.resource(wished).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    ledger.record(wished, live);
    return live;
  }

  /**
   * Creates; the live object if one of that name was already there. One that was there and went
   * before it could be read has freed the name: then this creates after all, since nobody else
   * would.
   */
  Optional<HasMetadata> create(HasMetadata wished) {
    try {
      client.resource(wished).create();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
    var live = read(wished);
    return live.isPresent() ? live : create(wished);
  }

  /** Changes nothing of this very object but with whom it is collected. */
  void own(HasMetadata known, List<OwnerReference> owners) {
    var meta = Map.of("uid", known.getMetadata().getUid(), "ownerReferences", owners);
    var patch = client.getKubernetesSerialization().asJson(Map.of("metadata", meta));
    client.resource(known).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  /** Deletes this very object and no namesake; false if it is gone already. */
  boolean delete(HasMetadata object, Wish.Cascade cascade) {
    if (object.getMetadata().getDeletionTimestamp() != null) {
      return false;
    }
    ledger.forget(object);
    try {
      client.raw(path(object), "DELETE", options(object, cascade));
      return true;
    } catch (KubernetesClientException e) {
      if (GONE.contains(e.getCode())) {
        return false;
      }
      throw e;
    }
  }

  /** The uid precondition makes sure that a namesake made since is not hit. */
  private static DeleteOptions options(HasMetadata object, Wish.Cascade cascade) {
    return new DeleteOptionsBuilder()
        .withPropagationPolicy(cascade == Wish.Cascade.ORPHAN ? "Orphan" : "Background")
        .withPreconditions(new Preconditions(null, object.getMetadata().getUid()))
        .build();
  }

  private static String path(HasMetadata object) {
    var version = object.getApiVersion();
    return "%s/%s/namespaces/%s/%s/%s"
        .formatted(
            version.contains("/") ? "/apis" : "/api",
            version,
            object.getMetadata().getNamespace(),
            plural(object),
            object.getMetadata().getName());
  }

  /** A kind of another operator has no class of ours to ask. */
  private static String plural(HasMetadata object) {
    return object instanceof GenericKubernetesResource
        ? Pluralize.toPlural(object.getKind().toLowerCase(Locale.ROOT))
        : object.getPlural();
  }
}
