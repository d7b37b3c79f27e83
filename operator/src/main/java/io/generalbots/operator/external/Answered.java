package io.generalbots.operator.external;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.Function;

/**
 * A request by HTTP, and what is made of its answer. The body of an answer passes by: whoever asks
 * for it must do so before the thread that reads it goes on. So both are put together on that
 * thread; a caller that did so on its own would now and then come too late, and find no body.
 */
public final class Answered {

  private Answered() {}

  /**
   * What is made of an answer.
   *
   * @param send sends the request
   * @param read makes something of the answer and its body
   */
  public static <T> Future<T> of(
      Future<HttpClientRequest> request,
      Function<HttpClientRequest, Future<HttpClientResponse>> send,
      Function<HttpClientResponse, Future<T>> read) {
    return request.compose(opened -> send.apply(opened).compose(read));
  }
}
