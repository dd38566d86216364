package dev.serai.processors.attempt;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.privacy.JsonTexts;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.routing.QualityTarget.Level;
import dev.serai.processors.routing.strategy.QualityForecast;
import dev.serai.processors.routing.strategy.RoutingRequest;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.TranslationMemory;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Checks the response of an attempt of a call with a quality target, as long as another candidate
 * may follow, or is asked beside it: a response that is empty, a refusal, an error, or not the JSON
 * that was asked for fails the attempt. A stream is checked until its first content. It is held
 * until its end if the predicted quality of its model is below the target, or if the settings want
 * every response checked as a whole. Thread-safe.
 */
public final class CheckResponse extends AsyncStep {
  private final QualityForecast forecast;
  private final ByteLimit memory;
  private final TranslationMemory translations;
  private final Rules rules;
  private final ResponseCheck check;

  /**
   * What the settings say.
   *
   * @param whole whether every response is checked as a whole
   * @param next decides whether another response may replace it
   * @param json tells whether a text is JSON
   */
  public record Rules(BooleanSupplier whole, NextCandidates next, JsonTexts json) {}

  /**
   * @param forecast predicts the quality of models
   * @param memory counts the bytes of responses that are held
   */
  public CheckResponse(QualityForecast forecast, ByteLimit memory, Rules rules) {
    this.forecast = forecast;
    this.memory = memory;
    this.translations = new TranslationMemory(memory);
    this.rules = rules;
    this.check = new ResponseCheck(rules.json());
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    Optional<Level> level = call.criteria().target().level();
    if (level.isPresent()
        && call.request() instanceof ChatRequest
        && !call.request().isTokenCount()
        && rules.next().mayReplaceResponse(call)) {
      if (exchange.getMessage().getBody() instanceof ChatReply.Streaming streaming) {
        check(streaming, level.get(), exchange, callback);
        return false;
      }
      whole(call, Calls.body(exchange, ChatReply.class))
          .flatMap(response -> check.of(response, call.chat()))
          .ifPresent(why -> exchange.setException(failed(call, why)));
    }
    return true;
  }

  private void check(
      ChatReply.Streaming streaming, Level level, Exchange exchange, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    boolean untilEnd = rules.whole().getAsBoolean() || predicted(call) < level.floor();
    new CheckedStream(
            streaming.stream(),
            call,
            new CheckedStream.Manner(
                check, untilEnd, memory.hold(), () -> rules.next().mayReplaceResponse(call)))
        .serve(exchange, callback);
  }

  private double predicted(Call call) {
    RoutingRequest request = RoutingRequest.of(call);
    return forecast
        .predict(call.current().candidate(), request.model(), QualityForecast.cluster(request))
        .quality();
  }

  /** The response; empty if it cannot be read, or there is no memory to read it. */
  private Optional<ChatResponse> whole(Call call, ChatReply reply) {
    Attempt attempt = call.current();
    try {
      return switch (reply) {
        case ChatReply.Complete complete -> Optional.of(complete.response());
        case ChatReply.Relayed relayed -> {
          translations.hold(call, relayed.bytes());
          yield Optional.of(
              attempt.dialect().readResponse(call.chat(), relayed.bytes(), attempt.destination()));
        }
        case ChatReply.Streaming _ -> Optional.empty();
      };
    } catch (GatewayProblem unreadable) {
      return Optional.empty();
    }
  }

  /** The failure of an attempt whose response is of no use. */
  static ProviderProblem failed(Call call, String why) {
    String provider = call.current().candidate().provider();
    return ProviderProblem.of(provider, FailureCause.UNSATISFACTORY, 502)
        .message("The response of the provider '" + provider + "' is of no use: " + why + ".")
        .detail(Optional.of(why))
        .build();
  }
}
