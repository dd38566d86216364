package dev.serai.core.chat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The content of a chat request, independent of any dialect. JSON whose shape is the caller's (tool
 * schemas, fields nobody knows) is kept as JSON text.
 *
 * @param tools in the caller's order
 * @param unknown top-level fields of the request that no dialect names: JSON text by name
 */
public record Conversation(
    List<Message> messages,
    List<Tool> tools,
    ToolChoice toolChoice,
    ResponseFormat responseFormat,
    Sampling sampling,
    Map<String, String> unknown) {

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    DEVELOPER,
    USER,
    ASSISTANT,
    TOOL
  }

  /**
   * One message.
   *
   * @param toolCalls of an assistant's message
   * @param toolCallId of a tool's message: the call it answers
   * @param name the speaker's name, where the caller gave one
   * @param refusal of an assistant's message
   * @param reasoning of an assistant's message: what the provider said it thought
   */
  public record Message(
      Role role,
      List<Part> parts,
      List<ToolCall> toolCalls,
      Optional<String> toolCallId,
      Optional<String> name,
      Optional<String> refusal,
      Optional<String> reasoning) {}

  /** A piece of a message's content. */
  public sealed interface Part {}

  /** Text. */
  public record Text(String text) implements Part {}

  /**
   * A picture.
   *
   * @param source where it is
   * @param detail the caller's wish for resolution ("low", "high", "auto")
   */
  public record Image(Media source, Optional<String> detail) implements Part {}

  /** A document or another file. */
  public record File(Media source, Optional<String> filename) implements Part {}

  /**
   * Sound.
   *
   * @param format "wav", "mp3"
   */
  public record Audio(String base64, String format) implements Part {}

  /** Where the bytes of a picture or file are. */
  public sealed interface Media {}

  /** At an address that the provider fetches. */
  public record Remote(String url) implements Media {}

  /** In the request, base64. */
  public record Inline(String mediaType, String base64) implements Media {}

  /** Uploaded before, known to the provider by id. */
  public record Uploaded(String fileId) implements Media {}

  /**
   * A function the model may call.
   *
   * @param parametersJson a JSON Schema as text
   */
  public record Tool(
      String name, Optional<String> description, String parametersJson, boolean strict) {}

  /** Whether and which tool must be called. */
  public sealed interface ToolChoice {
    /** The caller said nothing. */
    record Unset(Optional<Boolean> parallel) implements ToolChoice {}

    record Auto(Optional<Boolean> parallel) implements ToolChoice {}

    record None() implements ToolChoice {}

    record Required(Optional<Boolean> parallel) implements ToolChoice {}

    record Named(String tool, Optional<Boolean> parallel) implements ToolChoice {}
  }

  /** The form the answer must have. */
  public sealed interface ResponseFormat {
    record Unset() implements ResponseFormat {}

    record PlainText() implements ResponseFormat {}

    /** Any JSON object. */
    record JsonObject() implements ResponseFormat {}

    record JsonSchema(String name, String schemaJson, boolean strict) implements ResponseFormat {}
  }

  /** The numbers that steer generation; empty where the caller said nothing. */
  public record Sampling(
      OptionalDouble temperature,
      OptionalDouble topP,
      OptionalInt maxTokens,
      List<String> stop,
      OptionalInt choices,
      Optional<String> reasoningEffort,
      Optional<String> user) {}
}
