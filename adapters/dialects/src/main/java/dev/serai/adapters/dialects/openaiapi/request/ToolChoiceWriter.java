package dev.serai.adapters.dialects.openaiapi.request;

import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.json.JsonWriter;
import java.util.function.BiConsumer;

/**
 * Writes {@code tool_choice} and {@code parallel_tool_calls}, which OpenAI's two APIs have alike
 * but for the form of a named tool. For one request; not thread-safe.
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
    switch (choice) {
      case ToolChoice.Unset _ -> {}
      case ToolChoice.None _ -> out.member("tool_choice", "none");
      case ToolChoice.Auto _ -> out.member("tool_choice", "auto");
      case ToolChoice.Required _ -> out.member("tool_choice", required);
      case ToolChoice.Named one -> {
        out.name("tool_choice").beginObject();
        named.accept(out, one.tool());
        out.endObject();
      }
    }
    if (parallelCalls) {
      choice.parallelCalls().ifPresent(value -> out.member("parallel_tool_calls", value));
    }
    return choice.parallelCalls().isPresent() && !parallelCalls;
  }
}
