package dev.serai.adapters.openai;

import dev.serai.core.port.Dialect.Target;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Where providers that speak OpenAI's dialect depart from it. Documented in docs/quirks.md. */
enum Quirk {
  /** Refuses {@code stream_options}: it is never sent, and usage may not be told. */
  NO_STREAM_OPTIONS("no-stream-options"),
  /** Knows only {@code max_tokens}: {@code max_completion_tokens} is sent under that name. */
  MAX_TOKENS_ONLY("max-tokens-only"),
  /** Refuses {@code max_tokens}: it is sent as {@code max_completion_tokens}. */
  MAX_COMPLETION_TOKENS("max-completion-tokens"),
  /** Knows no developer role: it is sent as system. */
  NO_DEVELOPER_ROLE("no-developer-role"),
  /** Refuses {@code parallel_tool_calls}: it is left out, and reported. */
  NO_PARALLEL_TOOL_CALLS("no-parallel-tool-calls"),
  /**
   * Wants assistant turns with tool calls back with {@code reasoning_content}, empty if unknown.
   */
  REASONING_CONTENT("reasoning-content"),
  /** Knows JSON mode but no schemas: {@code json_schema} is sent as {@code json_object}. */
  NO_JSON_SCHEMA("no-json-schema"),
  /** Takes its key in the header {@code api-key} instead of {@code Authorization}. */
  API_KEY_HEADER("api-key-header"),
  /** Ends a stream after the finish reason without {@code [DONE]}. */
  NO_DONE("no-done");

  /** Every flag, as it is written in settings. */
  static final Set<String> FLAGS =
      Arrays.stream(values()).map(quirk -> quirk.flag).collect(Collectors.toUnmodifiableSet());

  private final String flag;

  Quirk(String flag) {
    this.flag = flag;
  }

  boolean of(Target target) {
    return target.has(flag);
  }
}
