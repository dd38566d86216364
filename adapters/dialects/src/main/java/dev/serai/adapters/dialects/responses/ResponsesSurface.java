package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.stream.ServerSentEvents;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponseReader;
import dev.serai.core.responses.StoredResponses;
import dev.serai.core.surface.Surface;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Responses as OpenAI's clients and coding agents speak them (platform.openai.com/docs, Responses).
 * A whole answer says again what was asked; a streamed one is a grammar of numbered events without
 * {@code [DONE]}. Thread-safe.
 */
public final class ResponsesSurface implements Surface {
  private static final String PATH = "/v1/responses";

  private final Surface chat;
  private final InstantSource clock;

  /**
   * @param chat OpenAI's other surface, whose words for failures are the same
   * @param clock tells {@code created_at} where a provider does not
   */
  public ResponsesSurface(Surface chat, InstantSource clock) {
    this.chat = chat;
    this.clock = clock;
  }

  @Override
  public String dialect() {
    return ResponsesDialect.NAME;
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  @Override
  public ChatRequest readRequest(InboundRequest inbound) {
    return RequestReader.read(inbound.body());
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    throw new IllegalStateException("a response says what was asked");
  }

  @Override
  public byte[] writeResponse(ChatRequest request, ChatResponse response) {
    ResponsesRequest own = own(request);
    byte[] written = ResponseWriter.write(own, response, nowSeconds());
    own.notes().beginHere();
    own.notes().complete(written);
    return written;
  }

  @Override
  public void recordRelayed(ChatRequest request, byte[] answer) {
    own(request).notes().complete(answer);
  }

  /** As {@link dev.serai.core.responses.StoredResponseReader} wants it. */
  public static Optional<StoredResponse> readKept(
      StoredResponseReader.SavedForm written, StoredResponses before) {
    try {
      ResponsesRequest request = RequestReader.read(written.request());
      request.load(before);
      return KeptAnswer.of(request, written.response(), written.provider())
          .map(StoredResponse.class::cast);
    } catch (CallerProblem e) {
      return Optional.empty();
    }
  }

  @Override
  public byte[] writeProblem(GatewayProblem problem) {
    return chat.writeProblem(problem);
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    return new EventWriter(own(request), nowSeconds());
  }

  @Override
  public String streamContentType(ChatRequest request) {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public byte[] keepAlive(ChatRequest request) {
    return ServerSentEvents.comment();
  }

  private static ResponsesRequest own(ChatRequest request) {
    if (request instanceof ResponsesRequest own) {
      return own;
    }
    throw new IllegalStateException("not a request of this surface: " + request);
  }

  private long nowSeconds() {
    return clock.instant().getEpochSecond();
  }
}
