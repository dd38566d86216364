package dev.serai.processors.edge;

import dev.serai.core.chat.ChatRequest;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.port.CountingSurface;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.chat.PlanAttempts;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.PromptSize;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Says how many tokens a prompt has, about: no provider is asked, and its own count may differ. A
 * reply header says so. Thread-safe.
 */
public final class CountGeminiTokens implements Processor {
  private final CountingSurface surface;
  private final PlanAttempts names;

  /**
   * @param names knows which models there are
   */
  public CountGeminiTokens(CountingSurface surface, PlanAttempts names) {
    this.surface = surface;
    this.names = names;
  }

  @Override
  public void process(Exchange exchange) {
    ChatRequest request = surface.readCount(Calls.body(exchange, InboundRequest.class));
    if (names.find(request.model()).isEmpty()) {
      throw CallerProblem.unknownModel(request.model());
    }
    HeaderFields headers =
        new HeaderFields().add("content-type", "application/json").add("x-serai-estimated", "true");
    byte[] body = surface.writeCount(PromptSize.estimate(request.conversation()));
    exchange.getMessage().setBody(new Reply.Complete(200, headers, body));
  }
}
