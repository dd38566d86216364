package dev.serai.core.chat;

import java.util.Optional;

/**
 * A tool call that a model made.
 *
 * @param arguments JSON text as the model wrote it: it may be invalid; "{}" when there are none
 * @param state what the provider wants back with the call
 */
public record ToolCall(String id, String name, String arguments, Optional<OpaqueState> state) {
  /** A call without state. */
  public ToolCall(String id, String name, String arguments) {
    this(id, name, arguments, Optional.empty());
  }
}
