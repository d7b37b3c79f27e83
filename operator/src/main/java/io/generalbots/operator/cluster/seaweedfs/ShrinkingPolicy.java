package io.generalbots.operator.cluster.seaweedfs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What somebody may do in buckets that are to take nothing more: read, list and remove. Actions of
 * the gateways know no difference between writing and removing; where an identity has a policy,
 * that alone counts.
 *
 * @param name of the policy
 * @param buckets that it is about
 */
record ShrinkingPolicy(String name, List<String> buckets) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String RESOURCE = "arn:aws:s3:::";

  private static final List<String> ALLOWED =
      List.of(
          "s3:Get*",
          "s3:List*",
          "s3:DeleteObject",
          "s3:DeleteObjectVersion",
          "s3:AbortMultipartUpload");

  ShrinkingPolicy {
    buckets = List.copyOf(buckets);
  }

  /** That of a tenant. */
  static ShrinkingPolicy of(String tenant, List<String> buckets) {
    return new ShrinkingPolicy("shrinking-" + tenant, buckets);
  }

  /** Writes it as the gateways read it: within their file, as text. */
  void write(ObjectNode policy) {
    policy.put("name", name).put("content", content());
  }

  private String content() {
    var document = MAPPER.createObjectNode().put("Version", "2012-10-17");
    var statement = document.putArray("Statement").addObject().put("Effect", "Allow");
    ALLOWED.forEach(statement.putArray("Action")::add);
    var resources = statement.putArray("Resource");
    buckets.forEach(b -> resources.add(RESOURCE + b).add(RESOURCE + b + "/*"));
    return document.toString();
  }
}
