package dev.serai.core.chat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Why a choice ended.
 *
 * <p>Readers of all dialects take the kind of a provider's word from {@link #of}, since many
 * providers use the words of another vendor. Writers decide by the kind alone, so that a surface
 * has only the words of its own list.
 *
 * @param kind the meaning Serai knows
 * @param raw the provider's own word for it
 * @param stopSequence the client's stop sequence that the model wrote, if the provider says so
 */
public record FinishReason(Kind kind, String raw, Optional<String> stopSequence) {
  private static final Map<String, FinishReason> KNOWN = known();

  /** A reason other than a known stop sequence. */
  public FinishReason(Kind kind, String raw) {
    this(kind, raw, Optional.empty());
  }

  /** The reason of a provider's word, in any case; an unknown word is {@link Kind#OTHER}. */
  public static FinishReason of(String raw) {
    FinishReason known = KNOWN.get(raw);
    if (known != null) {
      return known;
    }
    FinishReason lower = KNOWN.get(raw.toLowerCase(Locale.ROOT));
    return new FinishReason(lower == null ? Kind.OTHER : lower.kind, raw);
  }

  /** The same reason with the stop sequence that led to it. */
  public FinishReason withStopSequence(Optional<String> sequence) {
    return sequence.isEmpty() || kind != Kind.STOP ? this : new FinishReason(kind, raw, sequence);
  }

  private static Map<String, FinishReason> known() {
    Map<String, FinishReason> found = new HashMap<>();
    add(found, Kind.STOP, "stop", "end_turn", "stop_sequence", "eos", "eos_token", "complete");
    add(found, Kind.LENGTH, "length", "max_tokens", "max_output_tokens", "max_length");
    add(found, Kind.TOOL_CALLS, "tool_calls", "tool_use", "tool_call", "function_call");
    add(found, Kind.CONTENT_FILTER, "content_filter", "content_filtered", "guardrail_intervened");
    add(found, Kind.CONTENT_FILTER, "safety", "recitation", "blocklist", "prohibited_content");
    add(found, Kind.CONTENT_FILTER, "spii", "model_armor", "image_safety", "image_recitation");
    add(found, Kind.CONTENT_FILTER, "image_prohibited_content", "sensitive", "error_toxic");
    add(found, Kind.REFUSAL, "refusal");
    add(found, Kind.CONTEXT_FULL, "model_length", "model_context_window_exceeded");
    add(found, Kind.CONTEXT_FULL, "context_length_exceeded", "context_window_exceeded");
    add(found, Kind.PAUSED, "pause_turn");
    return Map.copyOf(found);
  }

  private static void add(Map<String, FinishReason> found, Kind kind, String... words) {
    for (String word : words) {
      found.put(word, new FinishReason(kind, word));
    }
  }

  /** The meanings that surfaces can express. */
  public enum Kind {
    STOP,
    LENGTH,
    TOOL_CALLS,
    CONTENT_FILTER,
    REFUSAL,
    /** Prompt and response fill the model's context window. */
    CONTEXT_FULL,
    /** The provider paused a long turn; the client may continue it. */
    PAUSED,
    /** An error or a word that Serai does not know. The response may be incomplete. */
    OTHER
  }
}
