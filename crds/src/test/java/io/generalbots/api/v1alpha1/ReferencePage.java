package io.generalbots.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The reference page of a kind, written from its CRD. */
final class ReferencePage {

  private static final String PROPERTIES = "properties";

  /** Types that Kubernetes documents itself: one row, no inside. */
  private static final Map<String, String> EMBEDDED =
      Map.of(
          "resources", "ResourceRequirements",
          "environment", "list of EnvVar",
          "affinity", "Affinity",
          "tolerations", "list of Toleration",
          "topologySpreadConstraints", "list of TopologySpreadConstraint",
          "imagePullSecrets", "list of LocalObjectReference",
          "selector", "LabelSelector",
          "conditions", "list of Condition");

  private final StringBuilder page = new StringBuilder();

  private ReferencePage() {}

  static String of(JsonNode crd) {
    var reference = new ReferencePage();
    reference.write(crd);
    return reference.page.toString();
  }

  private void write(JsonNode crd) {
    var names = crd.get("spec").get("names");
    line("# " + names.get("kind").asText());
    line("");
    line("<!-- Generated from the CRD: run mvn -pl crds test -Ddocs=write -->");
    line("");
    line(
        "`generalbots.io/v1alpha1`, short name `%s`. A default that is an object is made of the"
                .formatted(names.get("shortNames").get(0).asText())
            + " defaults of its fields.");
    columns(crd.get("spec").get("versions").get(0).get("additionalPrinterColumns"));
    var root = SchemaField.root(crd).get(PROPERTIES);
    section("spec", root.get("spec"));
    section("status", root.get("status"));
  }

  private void columns(JsonNode columns) {
    line("");
    line("## Columns");
    line("");
    line("| column | shows | printed |");
    line("|---|---|---|");
    for (var column : columns) {
      var when = column.has("priority") ? "with `-o wide`" : "always";
      line(
          "| %s | `%s` | %s |"
              .formatted(column.get("name").asText(), column.get("jsonPath").asText(), when));
    }
  }

  /** The plain fields of spec or status in one table, and a section for each object in it. */
  private void section(String path, JsonNode schema) {
    line("");
    line("## " + path);
    line("");
    line(schema.get("description").asText());
    var plain = new ArrayList<Row>();
    var objects = new ArrayList<Row>();
    for (var row : Row.fieldsOf("", schema)) {
      (isOpen(row) ? objects : plain).add(row);
    }
    table(plain);
    rules(path, schema);
    objects.forEach(row -> subsection(path + "." + row.path(), row.schema()));
  }

  private void subsection(String path, JsonNode schema) {
    line("");
    line("### " + path);
    line("");
    line(schema.get("description").asText());
    var rows = new ArrayList<Row>();
    collect("", schema, rows);
    table(rows);
    rules(path, schema);
  }

  private void collect(String prefix, JsonNode schema, List<Row> rows) {
    var inside = schema.has("items") ? schema.get("items") : schema;
    for (var row : Row.fieldsOf(prefix, inside)) {
      rows.add(row);
      if (isOpen(row)) {
        collect(row.path() + (row.schema().has("items") ? "[]." : "."), row.schema(), rows);
      }
    }
  }

  private static boolean isOpen(Row row) {
    var schema = row.schema();
    var inside = schema.has("items") ? schema.get("items") : schema;
    return inside.has(PROPERTIES) && !EMBEDDED.containsKey(row.name());
  }

  private void table(List<Row> rows) {
    line("");
    line("| field | type | default | meaning |");
    line("|---|---|---|---|");
    for (var row : rows) {
      var type = EMBEDDED.getOrDefault(row.name(), row.type());
      line(
          "| `%s`%s | %s | %s | %s |"
              .formatted(
                  row.path(),
                  row.required() ? " (required)" : "",
                  type,
                  row.standard(),
                  row.text()));
    }
  }

  private void rules(String path, JsonNode schema) {
    var messages = new StringJoiner("\n", "\nRefused:\n\n", "\n");
    messages.setEmptyValue("");
    messages(path, schema).forEach(message -> messages.add("- " + message));
    page.append(messages);
  }

  private static List<String> messages(String path, JsonNode schema) {
    var messages = new ArrayList<String>();
    schema
        .path("x-kubernetes-validations")
        .forEach(rule -> messages.add("`" + path + "`: " + rule.get("message").asText()));
    if (!path.equals("spec") && !path.equals("status")) {
      schema
          .path(PROPERTIES)
          .properties()
          .forEach(
              entry -> messages.addAll(messages(path + "." + entry.getKey(), entry.getValue())));
      if (schema.has("items")) {
        messages.addAll(messages(path + "[]", schema.get("items")));
      }
    }
    return messages;
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
