package dev.serai.processors.relay;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.EmbeddingResponse;
import dev.serai.core.surface.EmbeddingSurface;
import dev.serai.core.usage.RoughTokens;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.ReplyFields;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Writes embeddings in the form of the surface that the request came through. If the provider did
 * not count tokens, the reply has an estimate and says so. Thread-safe.
 */
public final class WriteEmbeddingReply implements Processor {
  private final List<EmbeddingSurface> known;

  public WriteEmbeddingReply(List<EmbeddingSurface> known) {
    this.known = List.copyOf(known);
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    EmbeddingReply reply = Calls.body(exchange, EmbeddingReply.class);
    boolean translated = reply instanceof EmbeddingReply.Complete;
    byte[] body =
        switch (reply) {
          case EmbeddingReply.Relayed(byte[] bytes) -> bytes;
          case EmbeddingReply.Complete(EmbeddingResponse response) -> written(call, response);
        };
    call.end(Outcome.ANSWERED, Optional.empty());
    HeaderFields fields = new HeaderFields().add("content-type", "application/json");
    if (translated && call.current().usage().isEmpty()) {
      fields.add("x-serai-estimated", "true");
    }
    exchange.getMessage().setBody(new Reply.Complete(200, ReplyFields.add(fields, call), body));
  }

  private byte[] written(Call call, EmbeddingResponse response) {
    if (!(call.request() instanceof EmbeddingRequest request)) {
      throw new IllegalStateException("not an embeddings request");
    }
    return known.stream()
        .filter(surface -> surface.dialect().equals(request.dialect()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no surface of " + request.dialect()))
        .writeResponse(
            request,
            response,
            Optional.of(call.current().usage().orElseGet(() -> estimate(request))));
  }

  /** Some providers count nothing. A rough estimate is enough to show, and costs no tokenizer. */
  private static Usage estimate(EmbeddingRequest request) {
    long tokens = 0;
    for (EmbeddingRequest.Input input : request.inputs()) {
      tokens +=
          switch (input) {
            case EmbeddingRequest.Text(String text) -> RoughTokens.roundedUp(text.length());
            case EmbeddingRequest.Tokens(List<Integer> numbers) -> numbers.size();
          };
    }
    return Usage.of(tokens, 0);
  }
}
