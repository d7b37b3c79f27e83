package io.generalbots.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.generalbots.operator.config.Remark.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of settings, and what is said about those that cannot become a field. */
class ImportTest {

  private static final Order ORDER = new Order("prod", "bots.example.com");

  private static Imported read(String... lines) {
    return Import.of(String.join("\n", lines), ORDER);
  }

  private static JsonNode spec(Imported imported, int manifest) {
    assertThat(imported.isRefused()).as("%s", imported.remarks()).isFalse();
    return imported.manifests().get(manifest).path("spec");
  }

  private static String only(Imported imported, Weight weight) {
    assertThat(imported.remarks()).hasSize(1);
    assertThat(imported.remarks().get(0).weight()).isEqualTo(weight);
    return imported.remarks().get(0).toString();
  }

  @Test
  void anEmptyFileIsTheSmallestBotCluster() {
    var imported = read();
    assertThat(imported.remarks()).isEmpty();
    assertThat(imported.manifests()).hasSize(1);
    assertThat(imported.manifests().get(0).at("/metadata/name").asText()).isEqualTo("prod");
    assertThat(spec(imported, 0).toString()).isEqualTo("{\"domain\":\"bots.example.com\"}");
  }

  @Test
  void theLastOfTwoCountsAndTheFirstIsTold() {
    var imported = read("rate-limit-burst,1", "", "rate-limit-burst,2");
    assertThat(spec(imported, 0).at("/gateway/rateLimit/burst").asInt()).isEqualTo(2);
    assertThat(only(imported, Weight.WARNING)).startsWith("warning: line 1:").contains("line 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scale-min-instances,abc|write a whole number",
        "scale-min-instances,-1|write a whole number",
        "scale-min-instances,1.5|write a whole number",
        "scale-min-instances,99999999999999|write a whole number",
        "scale-min-instances,0|write a number from 1 to 100",
        "scale-min-instances,20|the other way round",
        "scale-max-instances,0|write a number from 1 to 100",
        "scale-cpu-threshold,101|at most 100",
        "scale-enabled,yes|write true or false",
        "encryption-algorithm,rot13|write aes-256-gcm",
        "rate-limit-by,moon|write one of ip, user, tenant",
        "auth-mfa-methods,totp,smoke|write any of totp, sms",
        "auth-mfa-methods,|",
        "meet-server-url,https://meet|write what matches",
        "observability-url,http://root:hunter2@influx:8086|write what matches",
        "meet-api-key,vault:gbo|write what matches",
        "meet-api-key,vault:../../etc/passwd|write what matches",
        "workflow-server,temporal:7233|add workflow-provider,temporal",
        "shard-count,4|needs a shard-strategy",
        "shard-strategy,geo|needs shard-regions",
        "shard-key,user id|write what matches",
        "shard-key,id);drop table users|write what matches",
        "no comma here|no comma"
      })
  void whatCannotBeIsRefusedByItsLine(String line, String advice) {
    var imported = read("# a comment", line);
    assertThat(imported.isRefused()).isEqualTo(advice != null);
    if (advice != null) {
      assertThat(imported.manifests()).isEmpty();
      assertThat(imported.remarks())
          .filteredOn(r -> r.weight() == Weight.ERROR)
          .allSatisfy(r -> assertThat(r.line()).isEqualTo(2))
          .anySatisfy(r -> assertThat(r.text()).contains(advice));
    }
  }

  @Test
  void allErrorsAreToldAtOnce() {
    var imported = read("scale-enabled,x", "rate-limit-burst,x", "nonsense");
    assertThat(imported.remarks()).extracting(Remark::line).containsExactly(1, 2, 3);
  }

  @Test
  void aSlipOfTheKeyboardIsRecognised() {
    assertThat(only(read("scale_max_instances,3"), Weight.WARNING))
        .contains("scale_max_instances")
        .contains("is scale-max-instances meant?");
    assertThat(only(read("Rate-Limit-Burts,3"), Weight.WARNING)).contains("rate-limit-burst");
  }

  @Test
  void settingsOfBotsAreToldAsSuch() {
    assertThat(only(read("theme-color1,blue"), Weight.WARNING)).contains("its bot's config.csv");
  }

  /** A comment ends at the end of a line, which YAML sees in more characters than one. */
  @Test
  void aKeyCannotEndTheCommentItIsToldIn() {
    var remark = only(read("a\u0085b\u2028c\u001b[31m\tspec: d,1"), Weight.WARNING);
    assertThat(remark).matches("[\\x20-\\x7e]*").contains("a?b?c?[31m?spec: d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meet-api-secret,hunter2hunter2",
        "meet-api-key,hunter2hunter2",
        "drive-encryption-key,hunter2hunter2",
        "email-password,hunter2hunter2",
        "llm-key,hunter2hunter2",
        "alm-token,hunter2hunter2",
        "twilio-auth-token,hunter2hunter2",
        "theme-title,hunter2hunter2",
        "rate-limit-burst,hunter2hunter2",
        "hunter2-unknown,hunter2hunter2",
        "observability-url,http://root:hunter2hunter2@influx"
      })
  void noValueIsEverRepeated(String line) {
    var imported = read(line);
    assertThat(imported.manifests().toString() + imported.remarks())
        .doesNotContain("hunter2hunter2");
    assertThat(imported.remarks()).isNotEmpty();
  }

  @Test
  void aSecretInClearBecomesThePlaceWhereItShouldLie() {
    var imported = read("meet-api-key,abc", "meet-api-secret,def", "llm-key,ghi");
    var spec = spec(imported, 0);
    assertThat(spec.at("/livekit/apiSecret").asText()).isEqualTo("vault:gbo/meet/api_secret");
    assertThat(spec.at("/vault/userSecrets").toString())
        .isEqualTo(
            "[{\"path\":\"gbo/meet\",\"secretName\":\"prod-meet\"},"
                + "{\"path\":\"gbo/llm\",\"secretName\":\"prod-llm\"}]");
    assertThat(imported.remarks())
        .extracting(Remark::text)
        .anyMatch(text -> text.contains("Secret prod-llm under key,"))
        .anyMatch(text -> text.contains("Secret prod-meet under api_secret,"));
  }

  @Test
  void aReferenceStaysAsItIs() {
    var imported = read("meet-api-key,vault:gbo/other/key");
    assertThat(imported.remarks()).isEmpty();
    assertThat(spec(imported, 0).at("/livekit/apiKey").asText()).isEqualTo("vault:gbo/other/key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "observability-url,http://localhost:8086",
        "observability-url,http://127.0.0.1:8086",
        "meet-server-url,wss://LOCALHOST/x",
        "meet-server-url,ws://[::1]:7880",
        "workflow-server,localhost:7233"
      })
  void thisMachineIsNoAddressForAPod(String line) {
    var imported = read(line);
    assertThat(only(imported, Weight.WARNING)).contains("left out");
    assertThat(spec(imported, 0)).hasSize(1);
  }

  @Test
  void aThresholdKeepsTheOtherRules() {
    var rules = spec(read("scale-cpu-threshold,60"), 0).at("/autoscaling/rules");
    assertThat(rules).hasSize(5);
    assertThat(rules.get(0).toString()).contains("\"above\":60", "\"below\":30");
    assertThat(rules.get(1).toString()).contains("\"above\":80", "\"below\":40");
  }

  @Test
  void aLowThresholdHasALowerOneBelowIt() {
    var imported = read("scale-memory-threshold,40");
    assertThat(spec(imported, 0).at("/autoscaling/rules/1/below").asInt()).isEqualTo(20);
    assertThat(only(imported, Weight.NOTE)).contains("scale-memory-threshold");
  }

  @Test
  void senderAndTokenAreNamedNotInvented() {
    var spec = spec(read("auth-mfa-methods,sms,whatsapp", "observability-url,http://influx:1"), 0);
    assertThat(spec.at("/directory/mfa/sms/secretName").asText()).isEqualTo("prod-twilio");
    assertThat(spec.at("/directory/mfa/whatsapp/secretName").asText()).isEqualTo("prod-twilio");
    assertThat(spec.at("/observability/mode").asText()).isEqualTo("External");
    assertThat(spec.at("/observability/external/secretName").asText()).isEqualTo("prod-influxdb");
  }

  @Test
  void aStrategyMakesAShardPolicyOfItsSettingsAlone() {
    var imported = read("shard-strategy,hash", "shard-count,8", "shard-interval,daily");
    assertThat(only(imported, Weight.WARNING)).startsWith("warning: line 3: shard-interval");
    assertThat(imported.manifests()).hasSize(2);
    assertThat(spec(imported, 1).toString())
        .isEqualTo(
            "{\"strategy\":\"Hash\",\"hash\":{\"count\":8},\"clusterRef\":{\"name\":\"prod\"}}");
  }

  @Test
  void regionsAreBotClustersWithTheirContinents() {
    var imported =
        read("shard-strategy,geo", "shard-regions,us-east,eu-west", "shard-default,eu-west");
    assertThat(spec(imported, 1).at("/geo/regions").toString())
        .isEqualTo(
            "[{\"name\":\"us-east\",\"clusterRef\":{\"name\":\"us-east\"},\"continents\":[\"NA\"]},"
                + "{\"name\":\"eu-west\",\"clusterRef\":{\"name\":\"eu-west\"},\"continents\":[\"EU\"]}]");
    assertThat(spec(imported, 1).at("/geo/database/secretName").asText()).isEqualTo("prod-geoip");
    var nowhere = read("shard-strategy,geo", "shard-regions,moon,us", "shard-default,mars");
    assertThat(nowhere.remarks())
        .extracting(Remark::text)
        .contains("shard-default: it is none of the shard-regions")
        .anyMatch(text -> text.contains("moon tells no continent"));
  }

  @Test
  void nameAndDomainAreHeldToTheSchemaToo() {
    var imported = Import.of("", new Order("Prod!", "https://bots"));
    assertThat(imported.isRefused()).isTrue();
    assertThat(imported.remarks())
        .extracting(Remark::text)
        .anyMatch(text -> text.startsWith("the name: write what matches"))
        .anyMatch(text -> text.startsWith("spec.domain: write what matches"));
    assertThat(List.of(imported.manifests())).containsExactly(List.of());
  }
}
