package dev.serai.core.session;

import dev.serai.core.request.ChatRequest;

/**
 * A chat request that is a message of a stored session: of the one that its labels name, otherwise
 * of a new one. Immutable.
 */
public interface MessageRequest extends ChatRequest {
  /** The JSON object that the client has sent with the message, which is stored with it. */
  String metadata();
}
