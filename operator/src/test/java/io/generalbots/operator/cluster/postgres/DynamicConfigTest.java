package io.generalbots.operator.cluster.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What Patroni is told. */
class DynamicConfigTest {

  private static String json(String postgres) {
    return DynamicConfig.json(new Given().postgres(postgres).situation().spec());
  }

  @Test
  void isWrittenAsPatroniItselfWouldWriteIt() {
    assertThat(json("{parameters: {application_name: 'é\"'}}"))
        .contains("\"application_name\":\"\\u00e9\\\"\"".replace("00e9", "00E9"))
        .doesNotContain(": ", ", ");
  }

  @Test
  void nobodyReplacesWhatTheOperatorSets() {
    assertThat(json("{parameters: {ssl: 'off', password_encryption: md5}}"))
        .contains("\"ssl\":\"on\"", "\"password_encryption\":\"scram-sha-256\"")
        .doesNotContain("md5");
  }

  @Test
  void theSpecReplacesDefaults() {
    assertThat(json("{parameters: {max_connections: '50'}}"))
        .contains("\"max_connections\":\"50\"");
  }

  @Test
  void modesOfSynchronousReplication() {
    assertThat(json("{synchronous: {mode: Disabled}}")).contains("\"synchronous_mode\":false");
    assertThat(json("{synchronous: {mode: Quorum, instances: 2}}"))
        .contains(
            "\"synchronous_mode\":\"quorum\"",
            "\"synchronous_mode_strict\":false",
            "\"synchronous_node_count\":2");
    assertThat(json("{synchronous: {mode: Strict}}")).contains("\"synchronous_mode_strict\":true");
  }

  @Test
  void theLastRuleRefusesWhoeverIsLeft() {
    assertThat(HostRules.LINES).last().isEqualTo("host all all all reject");
    assertThat(HostRules.LINES)
        .filteredOn(l -> l.startsWith("host"))
        .allMatch(l -> l.endsWith("reject") || l.startsWith("hostssl"))
        .noneMatch(l -> l.contains("trust") || l.contains("md5"));
  }

  /** A rule that lets a tenant's login in must not come before those that keep others out. */
  @Test
  void aTenantEntersTheDatabaseOfItsRoleOnlyAndTheProvisionerNoneOfThem() {
    var rules = HostRules.LINES;
    var tenants = rules.indexOf("hostssl samerole +tenants all scram-sha-256");
    assertThat(rules.subList(tenants - 2, tenants + 3))
        .containsExactly(
            "hostssl postgres provisioner all scram-sha-256",
            "host all postgres,standby,rewind,pgbouncer,provisioner all reject",
            "hostssl samerole +tenants all scram-sha-256",
            "host all +tenants all reject",
            "hostssl all all all scram-sha-256");
  }
}
