package dev.serai.adapters.dialects.openaiapi.request;

import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Writes {@code tool_choice} and {@code parallel_tool_calls}, which OpenAI's two APIs have alike
 * but for the form of a named tool. For one request.
 */
public final class ToolChoiceWriter {
  private final JsonWriter out;
  private final String required;
  private final boolean parallelCalls;
  private final BiConsumer<JsonWriter, String> named;

  /**
   * @param required the value for "any tool must be called"
   * @param parallelCalls whether the provider takes {@code parallel_tool_calls}
   * @param named writes the members of the choice of one tool
   */
  public ToolChoiceWriter(
      JsonWriter out,
      String required,
      boolean parallelCalls,
      BiConsumer<JsonWriter, String> named) {
    this.out = out;
    this.required = required;
    this.parallelCalls = parallelCalls;
    this.named = named;
  }

  /**
   * Writes both members.
   *
   * @return whether {@code parallel_tool_calls} had to be left out
   */
  public boolean write(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Unset(Optional<Boolean> parallel) -> parallel(parallel);
      case ToolChoice.None _ -> {
        out.member("tool_choice", "none");
        yield false;
      }
      case ToolChoice.Auto(Optional<Boolean> parallel) -> {
        out.member("tool_choice", "auto");
        yield parallel(parallel);
      }
      case ToolChoice.Required(Optional<Boolean> parallel) -> {
        out.member("tool_choice", required);
        yield parallel(parallel);
      }
      case ToolChoice.Named(String tool, Optional<Boolean> parallel) -> {
        out.name("tool_choice").beginObject();
        named.accept(out, tool);
        out.endObject();
        yield parallel(parallel);
      }
    };
  }

  private boolean parallel(Optional<Boolean> parallel) {
    if (parallelCalls) {
      parallel.ifPresent(value -> out.member("parallel_tool_calls", value));
    }
    return parallel.isPresent() && !parallelCalls;
  }
}
