package io.generalbots.edge.http;

import io.generalbots.edge.route.Outcome;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Where to knock: plain handlers on the event loop, since a decision waits for nothing.
 *
 * @param reader of requests
 * @param switchboard that decides
 * @param tally that counts
 */
public record Doors(RequestReader reader, Switchboard switchboard, Tally tally) {

  /** Opens them. Proxies ask with the method of the client, or with GET: any will do. */
  public void open(Router router) {
    router.route("/authorize").handler(new Authorize(reader, switchboard, tally));
    // A Host that is none never comes to a handler, and would be a stack trace in the log of each.
    router.route().order(Integer.MIN_VALUE).failureHandler(Doors::refuse);
    router.get("/route").handler(new Explain(switchboard, reader.clock()));
  }

  private static void refuse(RoutingContext context) {
    if (context.statusCode() == Outcome.BAD_REQUEST.status()) {
      Authorize.refuse(context.response(), Outcome.BAD_REQUEST, "this is no request of HTTP");
    } else {
      context.next();
    }
  }
}
