package dev.serai.core.surface;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.prompt.template.NamedPrompt;
import dev.serai.core.rate.RateReading;
import dev.serai.core.request.ChatRequest;
import java.time.Instant;
import java.util.List;

/**
 * The API that a client speaks: reads its requests and writes the replies. No I/O. Thread-safe; its
 * writers are not.
 */
public interface Surface {
  /** The dialect whose bytes pass through this surface unchanged. */
  String dialect();

  /**
   * Whether a path belongs to this surface, so that errors of requests there are written in its
   * grammar. The path is that of the request, without query.
   */
  boolean owns(String path);

  /** The same for a path that several APIs share, whose clients are known by their headers. */
  default boolean owns(String path, Headers headers) {
    return owns(path);
  }

  /**
   * Reads a request.
   *
   * @throws NamedPrompt if it names a stored prompt, which {@link #withPrompt} puts into it
   * @throws GatewayProblem 400 if it is not a request of this surface
   */
  ChatRequest readRequest(InboundRequest inbound);

  /**
   * The body of a request with these parameters for those that it does not set; the same body if it
   * sets all, and for a surface without such parameters. A body that is not a request of this
   * surface stays as it is: {@link #readRequest} says what is wrong.
   */
  default byte[] withDefaults(byte[] body, DefaultParameters defaults) {
    return body;
  }

  /**
   * The body of a request with the messages of the prompt that it names, before its own, and
   * without that name; with the model of the prompt if the request names none.
   *
   * @throws GatewayProblem 400 if the requests of this surface cannot have such messages
   */
  default byte[] withPrompt(byte[] body, ExpandedPrompt prompt) {
    throw CallerProblem.invalid("prompt", "This API takes no stored prompts.");
  }

  /** Writes a non-streaming response. */
  byte[] writeResponse(ChatResponse response);

  /**
   * Writes a non-streaming response to {@code request}, for surfaces that repeat the request in it.
   */
  default byte[] writeResponse(ChatRequest request, ChatResponse response) {
    return writeResponse(response);
  }

  /** Whether a response to {@code request} can carry such an image. */
  default boolean canWriteImage(ChatRequest request, ImagePart image) {
    return false;
  }

  /** Records a non-streaming response to {@code request} that is forwarded unchanged. */
  default void recordRelayed(ChatRequest request, byte[] body) {}

  /** The HTTP status that a failure is shown with. */
  default int status(GatewayProblem problem) {
    return problem.status();
  }

  /** A failure, as the body of an HTTP reply. */
  byte[] writeProblem(GatewayProblem problem);

  /** A failure, as the body of an HTTP reply that contains the id of the request. */
  default byte[] writeProblem(GatewayProblem problem, String requestId) {
    return writeProblem(problem);
  }

  /** Header fields that clients expect on every reply, in addition to the gateway's own. */
  default HeaderFields headers(String requestId) {
    return new HeaderFields();
  }

  /**
   * Adds the header fields in which clients of this surface expect what is left of their limits, in
   * addition to the standard ones.
   *
   * @param now the time of the readings
   */
  default void addLimits(HeaderFields fields, List<RateReading> limits, Instant now) {}

  /** Starts writing a streamed response to {@code request}. */
  ChatEventWriter streamWriter(ChatRequest request);

  /** The media type of a streamed response to {@code request}. */
  String streamContentType(ChatRequest request);

  /**
   * Bytes to send between two events of a streamed response to {@code request} while no event
   * arrives; empty if the format has no bytes that clients ignore.
   */
  default byte[] keepAlive(ChatRequest request) {
    return new byte[0];
  }

  /** Writes one streamed response. Stateful, for one stream, one thread at a time. */
  interface ChatEventWriter {
    /** The bytes to send for this event; empty if this surface has no form for it. */
    byte[] write(ChatEvent event);
  }
}
