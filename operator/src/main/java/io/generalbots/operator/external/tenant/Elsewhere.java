package io.generalbots.operator.external.tenant;

import java.util.List;
import java.util.Map;

/**
 * Nothing but roles: what a Tenant has is on another server. A database of its name may still be
 * here, closed, for as long as somebody may want it back.
 */
record Elsewhere() implements Space {

  @Override
  public void claim() {
    // There is nothing here to be anybody else's.
  }

  @Override
  public List<String> groups() {
    return List.of(Dwelling.GROUP);
  }

  @Override
  public List<Deed> made(int connections) {
    return List.of();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public List<Deed> removed() {
    return List.of();
  }
}
