package dev.serai.processors.fanout;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.FanOutAttempts;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.hedge.AttemptCopy;
import dev.serai.processors.support.stream.WholeResponseStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One candidate of a fan-out: its attempt, on a copy of the exchange. Confined to the thread that
 * carries the call: its event loop, but for {@link #read}.
 */
final class Branch {
  private static final String ROUTE = "branch";

  private final AttemptCopy copy;
  private final int place;
  private final ByteLimit memory;
  private boolean collecting;
  private @Nullable Optional<ChatResponse> read;

  /**
   * @param view the call as the branch sees it
   * @param place among the branches, in the order of the plan
   */
  Branch(Exchange exchange, Call view, int place, ByteLimit memory) {
    this.copy = new AttemptCopy(exchange, view, ROUTE);
    this.place = place;
    this.memory = memory;
  }

  int place() {
    return place;
  }

  Call call() {
    return copy.call();
  }

  Attempt attempt() {
    return copy.call().current();
  }

  void send(Runnable ended) {
    copy.send(ended);
  }

  Optional<GatewayProblem> failure() {
    return copy.failure();
  }

  /** Whether its response is a stream that has begun. */
  boolean isStreaming() {
    return copy.response() instanceof ChatReply.Streaming;
  }

  /**
   * Reads its stream to the end, and holds it.
   *
   * @param then is called with why it cannot be read; empty if all of it is there
   */
  void collect(Consumer<Optional<GatewayProblem>> then) {
    if (copy.response() instanceof ChatReply.Streaming(var stream)) {
      collecting = true;
      CollectedStream collected = new CollectedStream(stream, call(), memory);
      copy.respond(new ChatReply.Streaming(collected));
      collected.await(
          problem -> {
            collecting = false;
            then.accept(problem);
          });
    }
  }

  /**
   * Its whole response, to be compared; empty if it cannot be read. It is read once, and kept until
   * the branch ends.
   *
   * @throws GatewayProblem if there is no room to read it
   */
  Optional<ChatResponse> read() {
    Optional<ChatResponse> known = read;
    if (known == null) {
      known =
          copy.response() instanceof ChatReply reply
              ? WholeReply.read(reply, call(), memory)
              : Optional.empty();
      read = known;
    }
    return known;
  }

  /** Replaces its response, which was read, with another one. */
  void replace(ChatResponse response) {
    read = null;
    if (copy.response() instanceof ChatReply.Streaming(var stream)) {
      stream.cancel();
      copy.respond(new ChatReply.Streaming(new WholeResponseStream(response)));
    } else {
      copy.respond(new ChatReply.Complete(response));
    }
  }

  /** Its whole response is there. */
  void responded() {
    FanOutAttempts.responded(call());
  }

  /** Ends it while it runs: the response of another one is there, or the time is over. */
  void overtake() {
    copy.overtake();
    if (collecting) {
      copy.drop();
    }
  }

  /** Ends it while it runs, for this reason. */
  void abandon(GatewayProblem why) {
    copy.abandon(why);
    if (collecting) {
      copy.drop();
    }
  }

  /** Drops its response, since the call ends without one. */
  void cancel(GatewayProblem why) {
    attempt().recordProblem(why);
    drop();
  }

  /** Drops its response, since another one was chosen. */
  void leave() {
    FanOutAttempts.leave(call());
    drop();
  }

  /** Drops what it has. */
  void drop() {
    read = null;
    copy.drop();
  }

  /** Its response, and what that holds, becomes that of the call. */
  void serve(Exchange exchange, Call whole) {
    read = null;
    HedgedAttempts.follow(whole, call());
    copy.giveTo(exchange);
  }
}
