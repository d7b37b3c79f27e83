package io.generalbots.operator.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.generalbots.api.v1alpha1.BotCluster;
import io.generalbots.operator.schema.Definitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One folder of {@code src/test/golden}: a BotCluster in, its objects out, beside those that it
 * finds.
 *
 * @param folder where its files are
 */
public record Case(Path folder) {

  static final String NAMESPACE = "bots";

  private static final Path ALL = Path.of("src", "test", "golden");
  private static final String UID = "00000000-0000-0000-0000-000000000001";

  /** Every case, by name. */
  public static List<Case> all() {
    return in(ALL);
  }

  /** Every one in a folder of cases. */
  static List<Case> in(Path cases) {
    try (Stream<Path> folders = Files.list(cases)) {
      return folders.sorted().map(Case::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The BotCluster as the API server would hand it out: with defaults and an identity. */
  public BotCluster cluster() {
    return cluster(new KubernetesSerialization().unmarshal(read(input()), JsonNode.class));
  }

  /** The same of any BotCluster that somebody wrote. */
  static BotCluster cluster(JsonNode written) {
    var cluster =
        new KubernetesSerialization()
            .convertValue(Definitions.botCluster().defaulted(written), BotCluster.class);
    cluster.getMetadata().setNamespace(NAMESPACE);
    cluster.getMetadata().setUid(UID);
    cluster.getMetadata().setGeneration(1L);
    return cluster;
  }

  Path input() {
    return folder.resolve("in.yaml");
  }

  /** What others have made before, if the case depends on it. */
  Path found() {
    return folder.resolve("found.yaml");
  }

  /** The same as objects. */
  List<HasMetadata> before() {
    return Files.exists(found())
        ? new KubernetesSerialization().unmarshal(read(found()), KubernetesList.class).getItems()
        : List.of();
  }

  Path output() {
    return folder.resolve("out.yaml");
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
