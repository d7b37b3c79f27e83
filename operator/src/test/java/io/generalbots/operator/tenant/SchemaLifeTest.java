package io.generalbots.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.generalbots.api.v1alpha1.shared.Isolation;
import io.generalbots.api.v1alpha1.tenant.TenantPhase;
import io.generalbots.api.v1alpha1.tenant.TenantStatus;
import io.generalbots.operator.external.tenant.OpenDatabase;
import io.generalbots.operator.external.tenant.Room;
import io.generalbots.operator.kube.Secrets;
import io.generalbots.operator.tenant.place.Tenants;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Tenant with a schema of a database that it shares: what is other than with a database. */
class SchemaLifeTest {

  private static final String SCHEMA = "isolation: Schema, bots: [{name: sales}]";
  private static final String PATH = "search_path=t_acme,public,pg_temp";

  private final Household household = new Household(Tenants.openCluster());

  @Test
  void itComesIntoTheSharedDatabaseWithItsSchemaFirst() {
    household.edit(SCHEMA);
    var status = household.settle();
    assertThat(status.phase()).isEqualTo(TenantPhase.READY);
    assertThat(status.isolation()).isEqualTo(Isolation.SCHEMA);
    assertThat(status.database()).isEqualTo("shared_tenants");
    assertThat(status.schema()).isEqualTo("t_acme");
    assertThat(household.steps())
        .filteredOn(OpenDatabase.class::isInstance)
        .allSatisfy(step -> assertThat(((OpenDatabase) step).room()).isEqualTo(Room.SCHEMA));
    var secret = household.secret("acme-postgres");
    assertThat(Secrets.text(secret, "dbname")).isEqualTo("shared_tenants");
    assertThat(Secrets.text(secret, "schema")).isEqualTo("t_acme");
    assertThat(Secrets.text(secret, "options")).isEqualTo("-c " + PATH);
    for (var uri : List.of("uri", "jdbc-uri")) {
      assertThat(Secrets.text(secret, uri))
          .contains("/shared_tenants?")
          .endsWith("&options=-c%20search_path%3Dt_acme%2Cpublic%2Cpg_temp");
    }
  }

  @Test
  void botServersOfItsOwnAreToldToBeNoneAndItIsReadyAllTheSame() {
    household.edit(SCHEMA + ", botserver: {enabled: true}");
    var status = household.settle();
    assertThat(status.phase()).isEqualTo(TenantPhase.READY);
    assertThat(reason(status, "ConfigurationWarning")).isEqualTo("BotServerNeedsDatabase");
    assertThat(household.registration().orElseThrow().ownServers()).isFalse();
    household.edit(SCHEMA + ", botserver: {enabled: true}, placement: {shard: one}");
    assertThat(message(household.settle(), "ConfigurationWarning"))
        .contains("schema public")
        .contains("spec.placement");
  }

  @Test
  void whatItHasStaysASchemaWhateverIsEdited() {
    household.edit(SCHEMA);
    household.settle();
    household.steps();
    for (var other : List.of("isolation: Database", "isolation: Cell", "bots: []")) {
      household.edit(other);
      assertThat(reason(household.settle(), "Stalled")).isEqualTo("IsolationChanged");
    }
    assertThat(household.steps()).isEmpty();
    household.edit(SCHEMA);
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
  }

  @Test
  void whatItLeftIsForWhoAsksForASchema() {
    household.edit(SCHEMA);
    household.settle();
    household.leave();
    household.reborn("adopt: true");
    var status = household.settle();
    assertThat(reason(status, "Stalled")).isEqualTo("DataRetained");
    assertThat(message(status, "Stalled")).contains("with isolation Schema");
    household.reborn(SCHEMA + ", adopt: true");
    assertThat(household.settle().phase()).isEqualTo(TenantPhase.READY);
  }

  @Test
  void aDatabaseThatSomebodyLeftBecomesNoSchema() {
    household.settle();
    household.leave();
    household.reborn(SCHEMA + ", adopt: true");
    assertThat(message(household.settle(), "Stalled")).contains("with isolation Database");
  }

  private static String reason(TenantStatus status, String type) {
    return condition(status, type).getReason();
  }

  private static String message(TenantStatus status, String type) {
    return condition(status, type).getMessage();
  }

  private static Condition condition(TenantStatus status, String type) {
    return status.conditions().stream()
        .filter(c -> type.equals(c.getType()))
        .findFirst()
        .orElseThrow();
  }
}
