package dev.serai.processors.fanout;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.limit.ByteLimit;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.DetachedExchange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a model to score responses, with a call of its own that runs through the route {@code judge}
 * and that the caller of the responses pays for. Thread-safe.
 */
final class Judge {
  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);
  static final String ROUTE = "direct:judge";
  static final String PATH = "/v1/chat/completions";
  static final String TASK_TYPE = "judge";
  private static final long MAX_MILLIS = 30_000;

  /** Scores are short; a longer response is not read. */
  private static final int MAX_BYTES = 64 * 1024;

  private final Supplier<String> ids;
  private final Supplier<RandomGenerator> random;

  /**
   * @param ids makes the IDs of calls
   * @param random draws the order in which a judge sees the responses
   */
  Judge(Supplier<String> ids, Supplier<RandomGenerator> random) {
    this.ids = ids;
    this.random = random;
  }

  /**
   * Asks a model, in the time that is left of the call: at most half a minute.
   *
   * @param branches whose responses are judged
   * @param then is called once, on the event loop of the call; empty if the model has failed or
   *     gives none
   */
  void ask(
      Exchange of,
      Branches branches,
      ResponsesToJudge shown,
      Consumer<Optional<JudgeScores>> then) {
    List<Integer> order = shown.order(random.get());
    Call judged = Calls.of(of);
    Exchange exchange = of.copy();
    List.of(
            ExchangeProperties.CALL,
            ExchangeProperties.FAN_OUT,
            ExchangeProperties.ADAPTER,
            ExchangeProperties.NEEDS_ATTEMPT,
            ExchangeProperties.TRACE)
        .forEach(exchange::removeProperty);
    String id = ids.get();
    exchange.setProperty(ExchangeProperties.REQUEST_ID, id);
    exchange.setProperty(ExchangeProperties.PATH, PATH);
    exchange.setProperty(ExchangeProperties.CALLER, payer(judged.caller()));
    exchange.setProperty(ExchangeProperties.INTERNAL, true);
    Set<String> regions = judged.criteria().required().regions();
    exchange
        .getMessage()
        .setBody(request(shown.request(branches.judge(), regions, order), seconds(judged)));
    DetachedExchange detached = new DetachedExchange(exchange);
    detached.send(
        ROUTE,
        () ->
            branches.onLoop(
                () -> {
                  Optional<JudgeScores> scores = Optional.empty();
                  try {
                    scores = read(exchange).flatMap(text -> JudgeScores.of(text, order));
                  } finally {
                    if (scores.isEmpty()) {
                      warn(judged, branches.judge(), "gave no scores (request " + id + ")");
                    }
                    detached.finish();
                    then.accept(scores);
                  }
                }));
  }

  /** Says that the responses are not judged, and why. */
  static void warn(Call judged, String model, String why) {
    LOG.warn(
        "request {}: the judge {} {}; the responses are compared with each other instead",
        judged.requestId(),
        model,
        why);
  }

  private static String seconds(Call judged) {
    long left =
        judged.bounds().left(judged.elapsedNanos()).map(Duration::toMillis).orElse(MAX_MILLIS);
    return BigDecimal.valueOf(Math.min(left, MAX_MILLIS), 3).toPlainString();
  }

  /** The one that pays, who may use every model here: the operator has chosen the judge. */
  private static Caller payer(Caller caller) {
    Identity who = caller.identity();
    return new Caller(
        Identity.recorded(who.tenant(), who.team(), who.user(), who.key()),
        "",
        TASK_TYPE,
        caller.tags());
  }

  static InboundRequest request(byte[] body, String seconds) {
    HeaderFields fields =
        new HeaderFields()
            .add("content-type", "application/json")
            .add("x-serai-max-attempts", "1")
            .add("x-serai-timeout", seconds)
            .add("x-serai-task-type", TASK_TYPE);
    return new InboundRequest("POST", PATH, "", fields, body);
  }

  static Optional<String> read(Exchange exchange) {
    if (exchange.isFailed() || !(exchange.getMessage().getBody() instanceof ChatReply reply)) {
      return Optional.empty();
    }
    boolean tooLong =
        reply instanceof ChatReply.Relayed relayed && relayed.bytes().length > MAX_BYTES;
    return tooLong
        ? Optional.empty()
        : WholeReply.read(reply, Calls.of(exchange), ByteLimit.unlimited())
            .flatMap(ResponsesToJudge::scoresText);
  }
}
