package dev.serai.processors.turns;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.summary.NextSummary;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.DetachedExchange;
import dev.serai.processors.support.EventLoops;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a model for summaries, with calls of their own that run through the route {@code summarise}.
 * Who made the last call of the session pays. Thread-safe.
 *
 * @param model that is asked, PROVIDER/MODEL or an alias
 * @param routes where the routes run
 * @param ids makes the IDs of calls
 */
public record SummaryModel(
    String model, Supplier<CamelContext> routes, EventLoops loops, Supplier<String> ids) {
  private static final Logger LOG = LoggerFactory.getLogger(SummaryModel.class);
  private static final String ROUTE = "direct:summarise";
  private static final String PATH = "/v1/chat/completions";
  private static final String TASK_TYPE = "summarise";
  private static final String SECONDS = "60";

  /** Summaries are short; a longer response is not read. */
  private static final int MAX_BYTES = 256 * 1024;

  /**
   * Who pays for a summary.
   *
   * @param regions where the model may run; empty if anywhere
   */
  record Payer(Caller caller, Set<String> regions) {
    /** The caller of a call, who may use every model here: the operator has chosen it. */
    static Payer of(Call call) {
      Identity who = call.caller().identity();
      Identity recorded = Identity.recorded(who.tenant(), who.team(), who.user(), who.key());
      return new Payer(
          new Caller(recorded, "", TASK_TYPE, call.caller().tags()),
          call.criteria().required().regions());
    }
  }

  /**
   * Asks for a summary. Does not block.
   *
   * @param then receives what the model has written, on any thread; empty if it has failed
   * @return false if the gateway stops, so that it is not asked
   */
  boolean ask(NextSummary next, Payer payer, Consumer<Optional<String>> then) {
    byte[] body = next.request(model, payer.regions());
    Exchange exchange = new DefaultExchange(routes.get());
    exchange.setProperty(ExchangeProperties.REQUEST_ID, ids.get());
    exchange.setProperty(ExchangeProperties.PATH, PATH);
    exchange.setProperty(ExchangeProperties.CALLER, payer.caller());
    exchange.setProperty(ExchangeProperties.INTERNAL, true);
    exchange.getMessage().setBody(request(body));
    return EventLoops.run(loops.of(exchange), () -> send(exchange, then));
  }

  private static InboundRequest request(byte[] body) {
    HeaderFields fields =
        new HeaderFields()
            .add("content-type", "application/json")
            .add("x-serai-timeout", SECONDS)
            .add("x-serai-task-type", TASK_TYPE);
    return new InboundRequest("POST", PATH, "", fields, body);
  }

  private static void send(Exchange exchange, Consumer<Optional<String>> then) {
    DetachedExchange detached = new DetachedExchange(exchange);
    detached.send(
        ROUTE,
        () -> {
          Optional<String> text = Optional.empty();
          try {
            text = text(exchange);
          } finally {
            detached.finish();
            then.accept(text);
          }
        });
  }

  private static Optional<String> text(Exchange exchange) {
    if (exchange.isFailed() || !(exchange.getMessage().getBody() instanceof ChatReply reply)) {
      return Optional.empty();
    }
    TurnRecorder response = new TurnRecorder();
    try {
      switch (reply) {
        case ChatReply.Complete complete -> response.take(complete.response());
        case ChatReply.Relayed relayed when relayed.bytes().length <= MAX_BYTES ->
            response.take(RememberTurn.read(Calls.of(exchange), relayed));
        default -> {}
      }
    } catch (GatewayProblem unreadable) {
      LOG.debug(
          "request {}: its summary is unreadable", Calls.of(exchange).requestId(), unreadable);
    }
    return Optional.of(response.text()).filter(text -> !text.isBlank());
  }
}
