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
   * @param parts in the caller's order; reasoning and tool calls are an assistant's
   * @param name the speaker's name, where the caller gave one
   * @param refusal of an assistant's message
   * @param toolResult of a tool's message
   */
  public record Message(
      Role role,
      List<Part> parts,
      Optional<String> name,
      Optional<String> refusal,
      Optional<ToolResult> toolResult) {
    public Message {
      parts = List.copyOf(parts);
    }

    /** What one speaker says, and nothing else. */
    public static Message of(Role role, List<Part> parts) {
      return new Message(role, parts, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The parts that are neither reasoning nor a tool call. */
    public List<Part> content() {
      return Parts.content(parts);
    }

    public List<ToolCall> toolCalls() {
      return Parts.toolCalls(parts);
    }

    /** All reasoning that may be read. */
    public Optional<String> reasoning() {
      return Parts.reasoning(parts);
    }
  }

  /**
   * Which call a tool's message answers, and how.
   *
   * @param failed whether the tool failed, so that the content is its error
   * @param cache a mark that stands behind the whole result
   */
  public record ToolResult(String callId, boolean failed, Optional<CacheMark> cache) {
    /** A result without more ado. */
    public ToolResult(String callId) {
      this(callId, false, Optional.empty());
    }
  }

  /**
   * The caller's wish that the provider keeps the prompt up to here in its cache.
   *
   * @param ttl how long, in the provider's words ("5m", "1h"); empty for its default
   */
  public record CacheMark(Optional<String> ttl) {}

  /** A piece of a message's content. */
  public sealed interface Part {}

  /** Text. */
  public record TextPart(String text, Optional<CacheMark> cache) implements Part {
    public TextPart(String text) {
      this(text, Optional.empty());
    }
  }

  /**
   * What the model thought.
   *
   * @param text empty when the provider hides it
   * @param state what the provider wants back with it
   */
  public record ReasoningPart(String text, Optional<OpaqueState> state) implements Part {
    public ReasoningPart(String text) {
      this(text, Optional.empty());
    }
  }

  /** A call that the model made. */
  public record ToolCallPart(ToolCall call, Optional<CacheMark> cache) implements Part {
    public ToolCallPart(ToolCall call) {
      this(call, Optional.empty());
    }
  }

  /**
   * A picture.
   *
   * @param source where it is
   * @param detail the caller's wish for resolution ("low", "high", "auto")
   */
  public record ImagePart(MediaSource source, Optional<String> detail, Optional<CacheMark> cache)
      implements Part {
    public ImagePart(MediaSource source, Optional<String> detail) {
      this(source, detail, Optional.empty());
    }
  }

  /** A document or another file. */
  public record FilePart(MediaSource source, Optional<String> filename, Optional<CacheMark> cache)
      implements Part {
    public FilePart(MediaSource source, Optional<String> filename) {
      this(source, filename, Optional.empty());
    }
  }

  /**
   * Sound.
   *
   * @param format "wav", "mp3"
   */
  public record AudioPart(String base64, String format) implements Part {}

  /** Where the bytes of a picture or file are. */
  public sealed interface MediaSource {}

  /** At an address that the provider fetches. */
  public record UrlSource(String url) implements MediaSource {}

  /** In the request, base64. */
  public record InlineSource(String mediaType, String base64) implements MediaSource {}

  /** Uploaded before, known to the provider by id. */
  public record UploadedSource(String fileId) implements MediaSource {}

  /**
   * A function the model may call.
   *
   * @param parametersJson a JSON Schema as text
   */
  public record Tool(
      String name,
      Optional<String> description,
      String parametersJson,
      boolean strict,
      Optional<CacheMark> cache) {
    public Tool(String name, Optional<String> description, String parametersJson, boolean strict) {
      this(name, description, parametersJson, strict, Optional.empty());
    }
  }

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
      OptionalInt topK,
      OptionalInt maxTokens,
      List<String> stop,
      OptionalInt choices,
      ReasoningSettings reasoning,
      Optional<String> user) {
    /** Of one who said nothing. */
    public static final Sampling UNSET =
        new Sampling(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            List.of(),
            OptionalInt.empty(),
            ReasoningSettings.UNSET,
            Optional.empty());
  }

  /**
   * How much the model is to think before it answers.
   *
   * @param effort "none", "minimal", "low", "medium", "high", "xhigh", "max"
   * @param budgetTokens at most so many tokens of thought
   */
  public record ReasoningSettings(Mode mode, Optional<String> effort, OptionalInt budgetTokens) {
    /** What the caller says of thinking as such. */
    public enum Mode {
      UNSET,
      OFF,
      ON,
      /** As much as the model sees fit. */
      ADAPTIVE
    }

    /** Of one who said nothing. */
    public static final ReasoningSettings UNSET =
        new ReasoningSettings(Mode.UNSET, Optional.empty(), OptionalInt.empty());

    /** An effort and nothing else. */
    public static ReasoningSettings effort(Optional<String> effort) {
      return effort.isEmpty()
          ? UNSET
          : new ReasoningSettings(Mode.UNSET, effort, OptionalInt.empty());
    }
  }
}
