package io.generalbots.operator.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthAnswerTest {

  @Test
  void everySiteBeforeBotServersAnswersByWhatRunsHere() {
    assertThat(Given.spec("botserver: {version: 6.4.0+two}").caddyfile())
        .containsSubsequence(
            "(bots) {",
            "import answer\n",
            "(answer) {",
            "@health path /health\n",
            "version 6.4.0-two\n",
            "database demo-pooler:5432\n",
            "cache demo-valkey:6380 {",
            "tls\n",
            "https://bots.example.com {",
            "import bots\n");
  }

  @Test
  void withoutAPoolerTheServersAreAsked() {
    assertThat(Given.spec("postgres: {pooler: {enabled: false}}").caddyfile())
        .contains("database demo-postgres-rw:5432\n");
  }

  @Test
  void aCacheWithoutTlsIsAskedWithout() {
    assertThat(Given.spec("valkey: {tls: {mode: Disabled}}").caddyfile())
        .containsSubsequence("cache demo-valkey:6379 {\n", "}\n")
        .doesNotContain("cache demo-valkey:6379 {\n                tls\n");
  }

  @Test
  void whatIsElsewhereIsAskedThere() {
    var elsewhere =
        "postgres: {external: {address: 'db.example.org:6000', secretName: db}},"
            + " valkey: {external: {address: 'rediss://cache.example.org:7000', secretName: c}}";
    assertThat(Given.spec(elsewhere).caddyfile())
        .contains("database db.example.org:6000\n")
        .contains("cache cache.example.org:7000 {\n                tls\n");
  }

  @Test
  void vectorsThatAreNotThereAreNotAsked() {
    assertThat(Given.spec("qdrant: {enabled: false}").caddyfile()).doesNotContain("vectordb");
  }
}
