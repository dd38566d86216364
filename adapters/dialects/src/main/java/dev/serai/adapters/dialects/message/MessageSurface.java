package dev.serai.adapters.dialects.message;

import dev.serai.adapters.dialects.problem.ErrorBody;
import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.util.function.Supplier;

/**
 * {@code POST /api/v1/messages}, whose response is a message of a session, and {@code POST
 * /api/v1/messages/stream}, whose response is a stream of text; errors as {@code
 * {"detail":message}}. Thread-safe.
 */
public final class MessageSurface implements Surface {
  private static final String PATH = "/api/v1/messages";
  private static final String STREAM = PATH + "/stream";

  private final Supplier<String> model;

  /**
   * @param model answers the messages; asked for each request
   */
  public MessageSurface(Supplier<String> model) {
    this.model = model;
  }

  @Override
  public String dialect() {
    return PostedMessage.DIALECT;
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH) || path.equals(STREAM);
  }

  /**
   * Reads a request.
   *
   * @throws GatewayProblem 400 if it is not a JSON object or a member is wrong, 413 if the message
   *     is too large
   */
  @Override
  public ChatRequest readRequest(InboundRequest inbound) {
    return RequestReader.read(inbound.body(), model.get(), inbound.path().equals(STREAM));
  }

  /** At most 1 KB: a long message is truncated. */
  @Override
  public byte[] writeProblem(GatewayProblem problem) {
    return ErrorBody.of(
        problem.message(),
        message -> new JsonWriter().beginObject().member("detail", message).endObject().bytes());
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    throw new IllegalStateException("a response is a message of a session");
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    return new StreamWriter();
  }

  @Override
  public String streamContentType(ChatRequest request) {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public byte[] keepAlive(ChatRequest request) {
    return ServerSentEvents.comment();
  }
}
