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
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the requests and reads the replies of calls other than chat: embeddings are translated,
 * other operations are forwarded unchanged.
 */
final class NonChatCodec {
  private NonChatCodec() {}

  /** Writes the request of one attempt. */
  static ProviderRequest write(Dialect dialect, ModelRequest request, Destination destination) {
    return switch (request) {
      case EmbeddingRequest embedding ->
          embeddings(dialect, request).writeRequest(embedding, destination);
      case RelayRequest relayed -> relay(dialect, request).writeRequest(relayed, destination);
      case ChatRequest _ -> throw new IllegalStateException("a chat is written by its dialect");
    };
  }

  /**
   * Reads the reply of the current attempt: an {@link EmbeddingReply}, or a {@link Reply} to
   * forward.
   */
  static Object read(Call call, Reply reply) {
    Dialect dialect = call.current().dialect();
    Destination destination = call.current().destination();
    if (reply instanceof Reply.Complete whole && !isSuccess(whole.status())) {
      throw dialect.readError(whole.status(), whole.headers(), whole.body(), destination);
    }
    return switch (call.request()) {
      case EmbeddingRequest request ->
          embedded(embeddings(dialect, request), call, reply, destination);
      case RelayRequest request -> forwarded(relay(dialect, request), call, reply);
      case ChatRequest _ -> throw new IllegalStateException("a chat is read by its dialect");
    };
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status <= 299;
  }

  private static EmbeddingReply embedded(
      EmbeddingDialect dialect, Call call, Reply reply, Destination destination) {
    if (!(reply instanceof Reply.Complete whole)
        || !(call.request() instanceof EmbeddingRequest request)) {
      throw new IllegalStateException("embeddings are not streamed");
    }
    EmbeddingReply read = dialect.readReply(whole.body(), request, destination);
    if (read instanceof EmbeddingReply.Complete complete) {
      call.current().recordResponseModel(complete.response().model());
    }
    return metered(call, dialect.readUsage(whole.body()), read);
  }

  private static Reply forwarded(RelayDialect dialect, Call call, Reply reply) {
    if (call.request().operation() == Operation.REALTIME && !(reply instanceof Reply.Upgraded)) {
      throw noSession(call.current().candidate().provider(), reply);
    }
    return switch (reply) {
      case Reply.Complete whole -> metered(call, dialect.readUsage(whole.body()), whole);
      case Reply.Upgraded upgraded -> upgraded; // metered by the step that answers the client
      case Reply.Streaming streamed ->
          new Reply.Streaming(
              streamed.status(),
              streamed.headers(),
              new MeteredStream(
                  call, streamed.stream(), meter(dialect, streamed), events(streamed)));
    };
  }

  private static <T> T metered(Call call, Optional<Usage> usage, T reply) {
    call.recordFirstPiece();
    usage.ifPresent(call.current()::recordUsage);
    return reply;
  }

  private static ProviderProblem noSession(String provider, Reply reply) {
    if (reply instanceof Reply.Streaming unwanted) {
      unwanted.stream().cancel();
    }
    return ProviderProblem.of(provider, FailureCause.MALFORMED, 502)
        .message("The provider '" + provider + "' did not accept the WebSocket handshake.")
        .build();
  }

  /** Audio and files carry no usage, whatever their bytes look like. */
  private static Optional<RelayDialect.Meter> meter(RelayDialect dialect, Reply reply) {
    return contentType(reply).startsWith("application/json") || isEvents(reply)
        ? Optional.of(dialect.meter())
        : Optional.empty();
  }

  private static Optional<WholeEvents> events(Reply reply) {
    return isEvents(reply) ? Optional.of(new WholeEvents()) : Optional.empty();
  }

  private static boolean isEvents(Reply reply) {
    return contentType(reply).startsWith("text/event-stream");
  }

  private static String contentType(Reply reply) {
    return reply.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT);
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
