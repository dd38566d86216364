package dev.serai.processors.relay;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.EmbeddingResponse;
import dev.serai.core.surface.EmbeddingSurface;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.ReplyFields;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Writes embeddings in the form of the surface that the request came through. Thread-safe. */
public final class WriteEmbeddingReply implements Processor {
  private final List<EmbeddingSurface> known;

  public WriteEmbeddingReply(List<EmbeddingSurface> known) {
    this.known = List.copyOf(known);
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    byte[] body =
        switch (Calls.body(exchange, EmbeddingReply.class)) {
          case EmbeddingReply.Relayed(byte[] bytes) -> bytes;
          case EmbeddingReply.Complete(EmbeddingResponse response) -> written(call, response);
        };
    call.end(Outcome.ANSWERED, Optional.empty());
    HeaderFields fields = new HeaderFields().add("content-type", "application/json");
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
        .writeResponse(request, response, call.current().usage());
  }
}
