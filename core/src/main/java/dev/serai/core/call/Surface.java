package dev.serai.core.call;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatRequest;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.problem.GatewayProblem;

/** What a client speaks. Pure: bytes in, bytes out. Thread-safe; its writers are not. */
public interface Surface {
  /** The dialect whose bytes pass through this surface unchanged. */
  String dialect();

  /**
   * Reads a request.
   *
   * @throws GatewayProblem 400 if the bytes are not a request of this surface
   */
  ChatRequest readRequest(byte[] body);

  /** A whole answer. */
  byte[] writeResponse(ChatResponse response);

  /** A failure, as the body of an HTTP answer. */
  byte[] writeProblem(GatewayProblem problem);

  /** Starts writing a streamed answer to {@code request}. */
  StreamWriter streamWriter(ChatRequest request);

  /** The media type of a streamed answer. */
  String streamContentType();

  /** Writes one streamed answer. Stateful, for one stream, one thread at a time. */
  interface StreamWriter {
    /** The bytes to send for this event; empty if it says nothing on this surface. */
    byte[] write(ChatEvent event);
  }
}
