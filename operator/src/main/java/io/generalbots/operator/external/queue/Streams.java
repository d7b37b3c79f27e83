package io.generalbots.operator.external.queue;

import io.generalbots.operator.external.StepFailure;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Counts what waits in streams: for each group that reads one, what it was not handed out yet, and
 * what it was and has not said to be done; of a stream that no group reads, everything.
 *
 * @param server that has them
 */
record Streams(Server server) {

  /** Groups of one stream. */
  static final int MOST_GROUPS = 64;

  /** Entries that are counted one by one in a look, of all groups together. */
  static final int MOST_ENTRIES = 10_000;

  /** Entries come with all that they hold, so few at a time. */
  private static final int PAGE = 100;

  /** Where commands are sent, and their answers awaited. */
  @FunctionalInterface
  interface Server {

    /** Sends all at once. Each comes to an answer or to a failure of its own. */
    List<Future<Response>> ask(List<Request> commands);
  }

  /** Of all these together. A stream that is not there holds nothing. */
  Depth depth(List<String> names) {
    var answers = server.ask(names.stream().flatMap(Streams::questions).toList());
    var backlogs =
        IntStream.range(0, names.size())
            .mapToObj(i -> backlog(names.get(i), answers.subList(2 * i, 2 * i + 2)))
            .toList();
    var counted = counted(backlogs.stream().flatMap(b -> b.uncounted().stream()).toList());
    return new Depth(
        counted + backlogs.stream().mapToLong(Backlog::counted).sum(), counted > MOST_ENTRIES);
  }

  private static Stream<Request> questions(String name) {
    return Stream.of(
        Request.cmd(Command.XLEN).arg(name), Request.cmd(Command.XINFO).arg("GROUPS").arg(name));
  }

  /** What its length and its groups, which were asked for in this order, come to. */
  private static Backlog backlog(String name, List<Future<Response>> answers) {
    var length = answer(name, answers.get(0)).toLong();
    return length == 0 && isNowhere(answers.get(1))
        ? Backlog.NONE
        : Backlog.of(length, groups(name, answer(name, answers.get(1))));
  }

  private static boolean isNowhere(Future<Response> groups) {
    return groups.failed() && message(groups).contains("no such key");
  }

  private static List<Group> groups(String name, Response told) {
    if (told.size() > MOST_GROUPS) {
      throw new StepFailure(
          "queue %s is read by %d groups, and no more than %d are looked at: remove those that read no longer by XGROUP DESTROY"
              .formatted(name, told.size(), MOST_GROUPS));
    }
    return StreamSupport.stream(told.spliterator(), false).map(g -> Group.of(name, g)).toList();
  }

  /** Counts entries after where each group is, until there are more than can be. */
  private long counted(List<Group> groups) {
    var counted = 0L;
    var left = new ArrayList<>(groups);
    while (!left.isEmpty() && counted <= MOST_ENTRIES) {
      var group = left.remove(left.size() - 1);
      var page = page(group);
      counted += page.size();
      if (page.size() == PAGE) {
        left.add(group.at(page.get(PAGE - 1).get(0).toString()));
      }
    }
    return counted;
  }

  private Response page(Group group) {
    var range = Request.cmd(Command.XRANGE).arg(group.stream()).arg("(" + group.last()).arg("+");
    return answer(group.stream(), server.ask(List.of(range.arg("COUNT").arg(PAGE))).get(0));
  }

  private static Response answer(String name, Future<Response> answer) {
    if (answer.succeeded()) {
      return answer.result();
    }
    throw new StepFailure(
        message(answer).startsWith("WRONGTYPE")
            ? "key %s of the cache is no stream: name one in rules[].queues".formatted(name)
            : "asking the cache for queue %s: %s".formatted(name, message(answer)),
        answer.cause());
  }

  private static String message(Future<Response> failed) {
    return String.valueOf(failed.cause().getMessage());
  }
}
