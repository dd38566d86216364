package dev.serai.processors.fanout;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.request.ChatRequest;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.DetachedExchange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;

/**
 * Asks a model to score one response that was sent, with a call of its own that runs through the
 * route {@code judge}. Stateless.
 */
public final class ResponseJudge {
  private static final String SECONDS = "30";
  private static final List<Integer> ONLY = List.of(0);

  private ResponseJudge() {}

  /**
   * What is asked.
   *
   * @param id of the call
   * @param tenant that pays for it
   * @param request of {@link ResponseJudge#request}
   */
  public record Question(String id, String tenant, byte[] request) {}

  /** The request that asks for a score. It reads the conversation, which may take long. */
  public static byte[] request(
      String model, Set<String> regions, ChatRequest asked, ChatResponse response) {
    return ResponsesToJudge.of(asked, response).request(model, regions, ONLY);
  }

  /**
   * Sends it, on the event loop of the exchange.
   *
   * @param exchange a new one
   * @param made the request, and who pays for it
   * @param then receives the call, if one was made, and the score from 0 to 1
   */
  public static void ask(
      Exchange exchange, Question made, BiConsumer<Optional<Call>, OptionalDouble> then) {
    exchange.setProperty(ExchangeProperties.REQUEST_ID, made.id());
    exchange.setProperty(ExchangeProperties.PATH, Judge.PATH);
    exchange.setProperty(
        ExchangeProperties.CALLER, new Caller(made.tenant(), "", "", Judge.TASK_TYPE));
    exchange.setProperty(ExchangeProperties.INTERNAL, true);
    exchange.getMessage().setBody(Judge.request(made.request(), SECONDS));
    DetachedExchange detached = new DetachedExchange(exchange);
    detached.send(
        Judge.ROUTE,
        () -> {
          OptionalDouble score = OptionalDouble.empty();
          try {
            score = score(exchange);
          } finally {
            detached.finish();
            then.accept(Calls.find(exchange), score);
          }
        });
  }

  private static OptionalDouble score(Exchange exchange) {
    return Judge.read(exchange)
        .flatMap(text -> JudgeScores.of(text, ONLY))
        .map(scores -> OptionalDouble.of(scores.scores().getFirst()))
        .orElse(OptionalDouble.empty());
  }
}
