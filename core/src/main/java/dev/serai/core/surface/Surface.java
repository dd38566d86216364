package dev.serai.core.surface;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;

/** What a client speaks. Pure: bytes in, bytes out. Thread-safe; its writers are not. */
public interface Surface {
  /** The dialect whose bytes pass through this surface unchanged. */
  String dialect();

  /**
   * Whether a path belongs to this surface, so that even what is wrong with a request there is said
   * in its shape. The path is that of the request, without query.
   */
  boolean owns(String path);

  /**
   * Reads a request.
   *
   * @throws GatewayProblem 400 if it is not a request of this surface
   */
  ChatRequest readRequest(InboundRequest inbound);

  /** A whole answer. */
  byte[] writeResponse(ChatResponse response);

  /** A whole answer to {@code request}, for surfaces that say in it what was asked. */
  default byte[] writeResponse(ChatRequest request, ChatResponse response) {
    return writeResponse(response);
  }

  /** Whether an answer to {@code request} has a place for such a picture. */
  default boolean canWriteImage(ChatRequest request, ImagePart picture) {
    return false;
  }

  /** Takes note of a whole answer to {@code request} that goes out as the provider wrote it. */
  default void recordRelayed(ChatRequest request, byte[] answer) {}

  /** The HTTP status that a failure is shown with. */
  default int status(GatewayProblem problem) {
    return problem.status();
  }

  /** A failure, as the body of an HTTP answer. */
  byte[] writeProblem(GatewayProblem problem);

  /** A failure, as the body of an HTTP answer that names the request. */
  default byte[] writeProblem(GatewayProblem problem, String requestId) {
    return writeProblem(problem);
  }

  /** Header fields that clients expect on every answer, beside the gateway's own. */
  default HeaderFields headers(String requestId) {
    return new HeaderFields();
  }

  /** Starts writing a streamed answer to {@code request}. */
  ChatEventWriter streamWriter(ChatRequest request);

  /** The media type of a streamed answer to {@code request}. */
  String streamContentType(ChatRequest request);

  /**
   * What may be sent between any two events of a streamed answer to {@code request} while nothing
   * else comes; empty if this surface's clients do not read over anything.
   */
  default byte[] keepAlive(ChatRequest request) {
    return new byte[0];
  }

  /** Writes one streamed answer. Stateful, for one stream, one thread at a time. */
  interface ChatEventWriter {
    /** The bytes to send for this event; empty if it says nothing on this surface. */
    byte[] write(ChatEvent event);
  }
}
