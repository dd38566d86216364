package dev.serai.processors.gemini;

import dev.serai.core.chat.ChatRequest;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.chat.PlanAttempts;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.PromptSize;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Says how many tokens a prompt has, about: no provider is asked, and its own count may differ. A
 * reply header says so. Thread-safe.
 */
public final class CountGeminiTokens implements Processor {
  private final Function<InboundRequest, ChatRequest> reader;
  private final LongFunction<byte[]> writer;
  private final PlanAttempts names;

  /**
   * @param reader reads a request that is to be counted
   * @param writer writes the count
   * @param names knows which models there are
   */
  public CountGeminiTokens(
      Function<InboundRequest, ChatRequest> reader,
      LongFunction<byte[]> writer,
      PlanAttempts names) {
    this.reader = reader;
    this.writer = writer;
    this.names = names;
  }

  @Override
  public void process(Exchange exchange) {
    ChatRequest request = reader.apply(Calls.body(exchange, InboundRequest.class));
    if (names.find(request.model()).isEmpty()) {
      throw CallerProblem.unknownModel(request.model());
    }
    HeaderFields headers =
        new HeaderFields().add("content-type", "application/json").add("x-serai-estimated", "true");
    byte[] body = writer.apply(PromptSize.estimate(request.conversation()));
    exchange.getMessage().setBody(new Reply.Complete(200, headers, body));
  }
}
