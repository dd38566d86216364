package dev.serai.processors.models;

import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the names that callers may ask for, or one of them when the path names it: aliases, and
 * {@code provider/model} for every provider that is up. Three APIs have this path: Gemini's and
 * Anthropic's clients are known by the headers that they always send, all others read OpenAI's
 * shape. Thread-safe.
 */
public final class ListModels implements Processor {
  private static final String PATH = "/v1/models";

  private final ModelNames names;
  private final ModelShape openai;
  private final ModelShape anthropic;
  private final ModelShape gemini;

  public ListModels(ModelNames names) {
    this.names = names;
    this.openai = new OpenaiModels(names);
    this.anthropic = new AnthropicModels(names);
    this.gemini = new GeminiModels(names);
  }

  @Override
  public void process(Exchange exchange) {
    InboundRequest inbound = Calls.body(exchange, InboundRequest.class);
    exchange.getMessage().setBody(shape(inbound.headers()).answer(names, inbound.path(), PATH));
  }

  private ModelShape shape(Headers headers) {
    if (ModelShape.isGeminis(headers)) {
      return gemini;
    }
    return ModelShape.isAnthropics(headers) ? anthropic : openai;
  }
}
