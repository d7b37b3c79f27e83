package io.generalbots.operator.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What became of a config.csv.
 *
 * @param manifests none if it was refused
 * @param remarks everything there is to say, by line
 */
public record Imported(List<JsonNode> manifests, List<Remark> remarks) {

  public Imported {
    manifests = List.copyOf(manifests);
    remarks = List.copyOf(remarks);
  }

  /** Whether something in the file cannot be understood. */
  public boolean isRefused() {
    return remarks.stream().anyMatch(r -> r.weight() == Remark.Weight.ERROR);
  }
}
