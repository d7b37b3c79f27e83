package io.generalbots.operator.cluster.seaweedfs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Somebody the gateways know.
 *
 * @param name by which they tell it from others
 * @param accessKey with which it signs
 * @param secretKey that proves it
 * @param actions what it may do
 * @param policy what it may do instead, if its actions say more than that
 */
record Identity(
    String name,
    String accessKey,
    String secretKey,
    List<String> actions,
    Optional<ShrinkingPolicy> policy) {

  Identity {
    actions = List.copyOf(actions);
  }

  /** One that may do all that its actions say. */
  Identity(String name, String accessKey, String secretKey, List<String> actions) {
    this(name, accessKey, secretKey, actions, Optional.empty());
  }

  /** Writes it as the gateways read it. */
  void write(ObjectNode identity) {
    identity.put("name", name);
    identity
        .putArray("credentials")
        .addObject()
        .put("accessKey", accessKey)
        .put("secretKey", secretKey);
    actions.forEach(identity.putArray("actions")::add);
    policy.ifPresent(held -> identity.putArray("policyNames").add(held.name()));
  }

  /**
   * Writes somebody who is no longer let in. A gateway that reads the file again goes on to let in
   * whoever is not in it any more, so that the name has to stay.
   */
  static void writeClosed(String name, ObjectNode identity) {
    identity.put("name", name);
    identity.putArray("credentials");
    identity.putArray("actions");
  }

  /** The text may be logged. */
  @Override
  public String toString() {
    return "identity " + name;
  }
}
