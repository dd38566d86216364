package dev.serai.processors.relay;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Reply;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.surface.EmbeddingSurface;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.ReplyFields;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Writes embeddings in the form of the surface that the request came through. If their tokens were
 * estimated, the reply says so. A long reply is written off the event loop. Thread-safe.
 */
public final class WriteEmbeddingReply extends OffLoop {
  private final List<EmbeddingSurface> known;

  public WriteEmbeddingReply(List<EmbeddingSurface> known, EventLoops loops) {
    super(loops, BOUNDED_BY_MEMORY);
    this.known = List.copyOf(known);
  }

  @Override
  protected boolean isQuick(Exchange exchange) {
    return !(exchange.getMessage().getBody() instanceof EmbeddingReply.Complete)
        || isShort(Calls.receivedBytes(exchange));
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = Calls.of(exchange);
    EmbeddingReply reply = Calls.body(exchange, EmbeddingReply.class);
    byte[] body =
        switch (reply) {
          case EmbeddingReply.Relayed(byte[] bytes) -> bytes;
          case EmbeddingReply.Complete complete -> written(call, complete);
        };
    call.end(Outcome.ANSWERED, Optional.empty());
    HeaderFields fields = new HeaderFields().add("content-type", "application/json");
    if (reply instanceof EmbeddingReply.Complete read && read.estimate().isPresent()) {
      fields.add("x-serai-estimated", "true");
    }
    exchange.getMessage().setBody(new Reply.Complete(200, ReplyFields.add(fields, call), body));
  }

  private byte[] written(Call call, EmbeddingReply.Complete reply) {
    if (!(call.request() instanceof EmbeddingRequest request)) {
      throw new IllegalStateException("not an embeddings request");
    }
    return known.stream()
        .filter(surface -> surface.dialect().equals(request.dialect()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no surface of " + request.dialect()))
        .writeResponse(request, reply.response(), usage(call, reply));
  }

  private static Optional<Usage> usage(Call call, EmbeddingReply.Complete reply) {
    return reply.estimate().isPresent()
        ? Optional.of(Usage.of(reply.estimate().getAsLong(), 0))
        : call.current().usage();
  }
}
