package io.generalbots.edge.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready from the first tables on, whatever becomes of where they are from. */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
class TablesCheck implements HealthCheck {

  private final Edge edge;

  TablesCheck(Edge edge) {
    this.edge = edge;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("tables").status(edge.isReady()).build();
  }
}
