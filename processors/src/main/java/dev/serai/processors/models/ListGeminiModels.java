package dev.serai.processors.models;

import dev.serai.core.http.InboundRequest;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the names that callers may ask for, or one of them when the path names it, in Gemini's
 * shape. Thread-safe.
 */
public final class ListGeminiModels implements Processor {
  private static final String PATH = "/v1beta/models";

  private final ModelNames names;
  private final ModelShape shape;

  public ListGeminiModels(ModelNames names) {
    this.names = names;
    this.shape = new GeminiModels(names);
  }

  @Override
  public void process(Exchange exchange) {
    String path = Calls.body(exchange, InboundRequest.class).path();
    exchange.getMessage().setBody(shape.answer(names, path, PATH));
  }
}
