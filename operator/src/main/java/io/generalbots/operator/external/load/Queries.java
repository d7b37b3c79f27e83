package io.generalbots.operator.external.load;

import io.generalbots.operator.external.Answered;
import io.generalbots.operator.external.StepFailure;
import io.generalbots.operator.external.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A Prometheus that is asked a query of the user's. */
final class Queries {

  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final HttpClient http;

  Queries(Vertx vertx) {
    this.http = vertx.createHttpClient();
  }

  /** The one number that it comes to: a scalar, or a vector of one. */
  double ask(String url, String query) {
    var address =
        url.replaceAll("/+$", "")
            + "/api/v1/query?query="
            + URLEncoder.encode(query, StandardCharsets.UTF_8);
    var answer =
        Answered.of(
            http.request(new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(address)),
            HttpClientRequest::send,
            HttpClientResponse::body);
    try {
      return number(Waiting.within(LIMIT, "asking Prometheus", answer).toJsonObject());
    } catch (DecodeException | ClassCastException e) {
      throw new StepFailure("what answers there is no Prometheus", e);
    }
  }

  private static double number(JsonObject answer) {
    if (!"success".equals(answer.getString("status"))) {
      throw new StepFailure("Prometheus refused the query: " + answer.getString("error"));
    }
    var data = answer.getJsonObject("data");
    var result = data.getJsonArray("result");
    if ("scalar".equals(data.getString("resultType"))) {
      return value(result);
    } else if (!"vector".equals(data.getString("resultType")) || result.size() != 1) {
      throw new StepFailure("the query comes to no single number");
    }
    return value(result.getJsonObject(0).getJsonArray("value"));
  }

  /** A time and a number, which is text. */
  private static double value(JsonArray pair) {
    try {
      return Double.parseDouble(pair.getString(1));
    } catch (NumberFormatException e) {
      throw new StepFailure("the query comes to " + pair.getString(1), e);
    }
  }
}
