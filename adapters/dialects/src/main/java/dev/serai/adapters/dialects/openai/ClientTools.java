package dev.serai.adapters.dialects.openai;

import dev.serai.core.request.ChatRequest;
import java.util.Optional;

/**
 * The forms in which a client declares its tools, and reads calls of them. The request is read when
 * the first call is written. Not thread-safe.
 */
final class ClientTools {
  private final Optional<OpenAiRequest> request;

  private ClientTools(Optional<OpenAiRequest> request) {
    this.request = request;
  }

  /** The tools of a request; a request of another type has functions. */
  static ClientTools of(ChatRequest request) {
    return new ClientTools(
        request instanceof OpenAiRequest own ? Optional.of(own) : Optional.empty());
  }

  /** The tools of an unknown request. */
  static ClientTools unknown() {
    return new ClientTools(Optional.empty());
  }

  /** Whether they are the older {@code functions}. */
  boolean areFunctions() {
    return request.filter(OpenAiRequest::usesFunctions).isPresent();
  }

  /** Whether a tool takes plain text. */
  boolean isCustom(String name) {
    return request.filter(own -> own.customTools().has(name)).isPresent();
  }
}
