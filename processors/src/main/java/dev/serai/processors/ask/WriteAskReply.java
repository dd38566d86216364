package dev.serai.processors.ask;

import dev.serai.core.call.Call;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.surface.ExplainingSurface;
import dev.serai.processors.chat.SurfaceStream;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.routing.strategy.QualityForecast;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.ReplyFields;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Writes the response of {@code /v1/ask} as a stream of lines, which also say how its model was
 * chosen and what the call has cost. Thread-safe.
 */
public final class WriteAskReply implements Processor {
  private final AskFacts.Sources sources;
  private final ByteLimit memory;

  /**
   * @param catalogue has the prices
   * @param stats measures the candidates
   * @param forecast predicts their quality
   * @param memory counts the text that the last line repeats
   */
  public WriteAskReply(
      ModelCatalogue catalogue, CandidateStats stats, QualityForecast forecast, ByteLimit memory) {
    this.sources = new AskFacts.Sources(catalogue, stats, forecast);
    this.memory = memory;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    if (Calls.body(exchange, ChatReply.class) instanceof ChatReply.Streaming streaming
        && call.surface() instanceof ExplainingSurface surface) {
      call.markStreaming();
      HeaderFields headers =
          surface
              .headers(call.requestId())
              .add("content-type", surface.streamContentType(call.askedChat()));
      AskFacts facts = new AskFacts(call, sources, memory.hold());
      SurfaceStream lines =
          new SurfaceStream(call, streaming.stream(), surface.streamWriter(facts));
      exchange
          .getMessage()
          .setBody(new Reply.Streaming(200, ReplyFields.add(headers, call), lines));
    } else {
      throw new IllegalStateException("a request of /v1/ask is answered with a stream");
    }
  }
}
