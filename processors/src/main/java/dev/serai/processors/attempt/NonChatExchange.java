package dev.serai.processors.attempt;

import dev.serai.core.call.Call;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.EmbeddingDialect;
import dev.serai.core.dialect.RelayDialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.request.RelayRequest;
import java.util.Optional;

/** What a dialect writes and reads beside chat: vectors, and what is only handed on. */
final class NonChatExchange {
  private NonChatExchange() {}

  /** Writes the request of one attempt. */
  static ProviderRequest write(Dialect dialect, ModelRequest request, Destination destination) {
    return switch (request) {
      case EmbeddingRequest embedding ->
          embeddings(dialect, request).writeRequest(embedding, destination);
      case RelayRequest relayed -> relay(dialect, request).writeRequest(relayed, destination);
      default -> throw new IllegalStateException("nobody writes " + request.operation().label());
    };
  }

  /** Reads the answer to it: an {@link EmbeddingReply}, or a {@link Reply} to be handed on. */
  static Object read(Call call, Reply reply) {
    Dialect dialect = call.current().dialect();
    Destination destination = call.current().destination();
    if (reply instanceof Reply.Complete whole && !isSuccess(whole.status())) {
      throw dialect.readError(whole.status(), whole.headers(), whole.body(), destination);
    }
    return switch (call.request()) {
      case EmbeddingRequest request ->
          vectors(embeddings(dialect, request), call, reply, destination);
      case RelayRequest request -> handedOn(relay(dialect, request), call, reply);
      default ->
          throw new IllegalStateException("nobody reads " + call.request().operation().label());
    };
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status <= 299;
  }

  private static EmbeddingReply vectors(
      EmbeddingDialect dialect, Call call, Reply reply, Destination destination) {
    if (!(reply instanceof Reply.Complete whole)
        || !(call.request() instanceof EmbeddingRequest request)) {
      throw new IllegalStateException("vectors are not streamed");
    }
    EmbeddingReply answer = dialect.readReply(whole.body(), request, destination);
    if (answer instanceof EmbeddingReply.Complete complete) {
      call.current().recordResponseModel(complete.response().model());
    }
    return metered(call, dialect.readUsage(whole.body()), answer);
  }

  private static Reply handedOn(RelayDialect dialect, Call call, Reply reply) {
    return switch (reply) {
      case Reply.Complete whole -> metered(call, dialect.readUsage(whole.body()), whole);
      case Reply.Streaming streamed ->
          new Reply.Streaming(
              streamed.status(),
              streamed.headers(),
              new MeteredStream(call, streamed.stream(), meter(dialect, streamed)));
    };
  }

  private static <T> T metered(Call call, Optional<Usage> usage, T answer) {
    call.recordFirstPiece();
    usage.ifPresent(call.current()::recordUsage);
    return answer;
  }

  /** Sound and files say nothing of tokens, whatever bytes are in them. */
  private static Optional<RelayDialect.Meter> meter(RelayDialect dialect, Reply reply) {
    String type = reply.headers().first("content-type").orElse("");
    return type.startsWith("application/json") || type.startsWith("text/event-stream")
        ? Optional.of(dialect.meter())
        : Optional.empty();
  }

  private static EmbeddingDialect embeddings(Dialect dialect, ModelRequest request) {
    return dialect.embeddings().orElseThrow(() -> unknown(dialect, request));
  }

  private static RelayDialect relay(Dialect dialect, ModelRequest request) {
    return dialect
        .relay()
        .filter(known -> known.supports(request.operation()))
        .orElseThrow(() -> unknown(dialect, request));
  }

  private static CallerProblem unknown(Dialect dialect, ModelRequest request) {
    return CallerProblem.invalid(
        "Providers of the dialect '"
            + dialect.name()
            + "' have no "
            + request.operation().label()
            + ".");
  }
}
