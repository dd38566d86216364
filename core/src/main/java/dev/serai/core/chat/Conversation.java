package dev.serai.core.chat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedSet;
import java.util.Set;

/**
 * The content of a chat request, independent of any dialect. JSON whose shape is the caller's (tool
 * schemas, unknown fields) stays JSON text.
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

  /** The names of the tools that the model has called, in the order of the first calls. */
  public SequencedSet<String> calledTools() {
    SequencedSet<String> names = new LinkedHashSet<>();
    for (Message message : messages) {
      for (ToolCall call : message.toolCalls()) {
        names.add(call.name());
      }
    }
    return names;
  }

  /** The author of a message. */
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

    /** A message with content only. */
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

    /** All readable reasoning. */
    public Optional<String> reasoning() {
      return Parts.reasoning(parts);
    }
  }

  /**
   * The tool call that a tool message belongs to, and whether the tool failed.
   *
   * @param failed whether the tool failed, so that the content is its error
   * @param cache a mark after the whole result
   */
  public record ToolResult(String callId, boolean failed, Optional<CacheMark> cache) {
    /** A successful result. */
    public ToolResult(String callId) {
      this(callId, false, Optional.empty());
    }
  }

  /**
   * A mark up to which the provider should cache the prompt.
   *
   * @param ttl how long, in the provider's words ("5m", "1h"); empty for its default
   */
  public record CacheMark(Optional<String> ttl) {}

  /** A piece of a message's content. */
  public sealed interface Part {
    /** The mark after it, if it has one. */
    default Optional<CacheMark> cache() {
      return Optional.empty();
    }
  }

  /**
   * Text.
   *
   * @param citations its sources, as JSON text in the form that they have in Anthropic's Messages
   */
  public record TextPart(String text, Optional<CacheMark> cache, List<String> citations)
      implements Part {
    public TextPart {
      citations = List.copyOf(citations);
    }

    /** Text without citations. */
    public TextPart(String text, Optional<CacheMark> cache) {
      this(text, cache, List.of());
    }

    public TextPart(String text) {
      this(text, Optional.empty());
    }
  }

  /**
   * Reasoning of the model.
   *
   * @param text empty when the provider hides it
   * @param state what the provider wants back with it
   */
  public record ReasoningPart(String text, Optional<OpaqueState> state) implements Part {
    public ReasoningPart(String text) {
      this(text, Optional.empty());
    }
  }

  /** A tool call of the model. */
  public record ToolCallPart(ToolCall call, Optional<CacheMark> cache) implements Part {
    public ToolCallPart(ToolCall call) {
      this(call, Optional.empty());
    }
  }

  /**
   * An image.
   *
   * @param source where it is
   * @param detail the resolution that the caller asks for ("low", "high", "auto")
   */
  public record ImagePart(MediaSource source, Optional<String> detail, Optional<CacheMark> cache)
      implements Part {
    public ImagePart(MediaSource source, Optional<String> detail) {
      this(source, detail, Optional.empty());
    }
  }

  /**
   * A document or another file.
   *
   * @param cited whether the response is to name the places of the document that it relies on
   */
  public record FilePart(
      MediaSource source, Optional<String> filename, Optional<CacheMark> cache, boolean cited)
      implements Part {
    public FilePart(MediaSource source, Optional<String> filename, Optional<CacheMark> cache) {
      this(source, filename, cache, false);
    }

    public FilePart(MediaSource source, Optional<String> filename) {
      this(source, filename, Optional.empty());
    }
  }

  /**
   * Audio.
   *
   * @param format "wav", "mp3"
   */
  public record AudioPart(String base64, String format) implements Part {}

  /** Where the bytes of an image or file are. */
  public sealed interface MediaSource {}

  /** At an address that the provider fetches. */
  public record UrlSource(String url) implements MediaSource {}

  /** In the request, base64. */
  public record InlineSource(String mediaType, String base64) implements MediaSource {
    private static final Set<String> TEXTS =
        Set.of(
            "application/json",
            "application/xml",
            "application/yaml",
            "application/x-yaml",
            "application/javascript",
            "application/x-ndjson");

    /** Whether the bytes are text. */
    public boolean isText() {
      return mediaType.startsWith("text/")
          || TEXTS.contains(mediaType)
          || mediaType.endsWith("+json")
          || mediaType.endsWith("+xml") && !mediaType.startsWith("image/");
    }
  }

  /** Uploaded to the provider before; named by its id. */
  public record UploadedSource(String fileId) implements MediaSource {}

  /**
   * A function the model may call.
   *
   * @param parametersJson a JSON Schema as text
   * @param input of a tool that takes plain text, where the provider knows such tools
   */
  public record Tool(
      String name,
      Optional<String> description,
      String parametersJson,
      boolean strict,
      Optional<CacheMark> cache,
      Optional<TextInput> input) {
    /** A function. */
    public Tool(
        String name,
        Optional<String> description,
        String parametersJson,
        boolean strict,
        Optional<CacheMark> cache) {
      this(name, description, parametersJson, strict, cache, Optional.empty());
    }

    public Tool(String name, Optional<String> description, String parametersJson, boolean strict) {
      this(name, description, parametersJson, strict, Optional.empty());
    }
  }

  /**
   * The input of a tool that takes plain text instead of JSON.
   *
   * @param description of the tool, without the grammar
   * @param syntax of the grammar ("lark", "regex")
   * @param grammar what the text must follow
   */
  public record TextInput(Optional<String> description, String syntax, Optional<String> grammar) {}

  /** Whether and which tool must be called. */
  public sealed interface ToolChoice {
    /** The caller set nothing. */
    record Unset(Optional<Boolean> parallelCalls) implements ToolChoice {}

    record Auto(Optional<Boolean> parallelCalls) implements ToolChoice {}

    record None() implements ToolChoice {
      @Override
      public Optional<Boolean> parallelCalls() {
        return Optional.empty();
      }
    }

    record Required(Optional<Boolean> parallelCalls) implements ToolChoice {}

    record Named(String tool, Optional<Boolean> parallelCalls) implements ToolChoice {}

    /** Whether the model may call several tools at once, where the caller set it. */
    Optional<Boolean> parallelCalls();

    /** Whether the model must call a tool. */
    default boolean forcesCall() {
      return switch (this) {
        case Required _, Named _ -> true;
        case Unset _, Auto _, None _ -> false;
      };
    }
  }

  /** What the text of a response must be: any text, JSON, or JSON of a schema. */
  public sealed interface ResponseFormat {
    record Unset() implements ResponseFormat {}

    record PlainText() implements ResponseFormat {}

    /** Any JSON object. */
    record JsonObject() implements ResponseFormat {}

    record JsonSchema(String name, String schemaJson, boolean strict) implements ResponseFormat {}
  }

  /** Sampling parameters; empty where the caller set none. */
  public record Sampling(
      OptionalDouble temperature,
      OptionalDouble topP,
      OptionalInt topK,
      OptionalInt maxTokens,
      List<String> stop,
      OptionalInt choices,
      ReasoningSettings reasoning,
      Optional<String> user) {
    /** Nothing set. */
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
   * How much the model should reason.
   *
   * @param effort "none", "minimal", "low", "medium", "high", "xhigh", "max"
   * @param budgetTokens maximum reasoning tokens
   */
  public record ReasoningSettings(Mode mode, Optional<String> effort, OptionalInt budgetTokens) {
    /** Whether the caller turns reasoning on or off. */
    public enum Mode {
      UNSET,
      OFF,
      ON,
      /** The model decides how much. */
      ADAPTIVE
    }

    /** Nothing set. */
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
