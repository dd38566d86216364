package dev.serai.processors.tokens;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.model.TokenEstimator;
import dev.serai.core.request.ChatRequest;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.camel.Exchange;

/**
 * Estimates the tokens of a prompt for Gemini's clients. No provider is called, and its own count
 * may differ: a header of the reply says that it is an estimate. Leaves the event loop.
 * Thread-safe.
 */
public final class CountGeminiTokens extends OffLoop {
  private final Wording wording;
  private final ModelResolver models;
  private final TokenEstimator estimator;

  /**
   * How a client asks and reads the count.
   *
   * @param reader reads the request
   * @param writer writes the count
   */
  public record Wording(
      Function<InboundRequest, ChatRequest> reader, LongFunction<byte[]> writer) {}

  /**
   * @param models resolves model names
   */
  public CountGeminiTokens(
      Wording wording, ModelResolver models, TokenEstimator estimator, EventLoops loops) {
    super(loops);
    this.wording = wording;
    this.models = models;
    this.estimator = estimator;
  }

  @Override
  protected void work(Exchange exchange) {
    ChatRequest request = wording.reader().apply(Calls.body(exchange, InboundRequest.class));
    String model = models.resolve(request.model()).candidates().getFirst().model();
    HeaderFields headers =
        new HeaderFields().add("content-type", "application/json").add("x-serai-estimated", "true");
    byte[] body = wording.writer().apply(estimator.estimate(model, request.conversation()));
    exchange.getMessage().setBody(new Reply.Complete(200, headers, body));
  }
}
