package io.generalbots.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The three CRDs as the records describe them, finished where the generator falls short. */
final class GeneratedCrds {

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(BotCluster.class, Tenant.class, ShardPolicy.class);

  private static final Map<Class<?>, CustomResourceDefinition> CRDS = new ConcurrentHashMap<>();

  private GeneratedCrds() {}

  static List<CustomResourceDefinition> all() {
    return KINDS.stream().map(GeneratedCrds::of).toList();
  }

  static CustomResourceDefinition of(Class<? extends HasMetadata> kind) {
    return CRDS.computeIfAbsent(kind, absent -> finished(kind));
  }

  private static CustomResourceDefinition finished(Class<? extends HasMetadata> kind) {
    var crd = generate(kind);
    var version = crd.getSpec().getVersions().get(0);
    version.setAdditionalPrinterColumns(columns(kind, version.getAdditionalPrinterColumns()));
    var root = version.getSchema().getOpenAPIV3Schema();
    var types = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
    var spec = SchemaFinish.child(root, "spec");
    spec.setDescription("What is wished.");
    var status = SchemaFinish.child(root, "status");
    status.setDescription("What was seen, written by the operator.");
    root.setRequired(List.of("spec"));
    SchemaFinish.record((Class<?>) types[0], spec);
    SchemaFinish.record((Class<?>) types[1], status);
    Defaults.expand(root);
    return crd;
  }

  /**
   * In the declared order, which the generator loses; priority 0 is left out, as the server does.
   */
  private static List<CustomResourceColumnDefinition> columns(
      Class<?> kind, List<CustomResourceColumnDefinition> generated) {
    var order =
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    var columns = new ArrayList<>(generated);
    columns.sort(Comparator.comparingInt(column -> order.indexOf(column.getName())));
    columns.stream()
        .filter(column -> Integer.valueOf(0).equals(column.getPriority()))
        .forEach(column -> column.setPriority(null));
    return columns;
  }

  private static CustomResourceDefinition generate(Class<? extends HasMetadata> kind) {
    var output = new Memory();
    new CRDGenerator().customResourceClasses(kind).withOutput(output).generate();
    return Serialization.unmarshal(output.yaml(), CustomResourceDefinition.class);
  }

  /** Keeps the one CRD that is generated. */
  private static final class Memory implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public ByteArrayOutputStream outputFor(String name) {
      return bytes;
    }

    String yaml() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {}
  }

  static Class<? extends HasMetadata> kind(String name) {
    return KINDS.stream()
        .filter(kind -> HasMetadata.getKind(kind).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind is called " + name));
  }
}
