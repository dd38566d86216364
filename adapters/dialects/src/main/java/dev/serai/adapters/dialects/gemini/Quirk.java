package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.translation.QuirkFlag;
import java.util.Set;

/** How models of a provider differ where their name does not show it. */
enum Quirk implements QuirkFlag {
  /** Thinking is configured as a level: {@code thinkingLevel}. */
  THINKING_LEVEL("thinking-level"),
  /** Thinking is configured as a budget of tokens: {@code thinkingBudget}. */
  THINKING_BUDGET("thinking-budget"),
  /** Does not think: {@code reasoning_effort} is dropped and reported. */
  NO_THINKING("no-thinking"),
  /** Accepts {@code parameters} only: schemas are never sent as {@code parametersJsonSchema}. */
  NO_JSON_SCHEMA_TOOLS("no-json-schema-tools"),
  /**
   * Is stricter than Gemini's own API: a call and its result have no {@code id}, and every content
   * has a {@code role}.
   */
  NO_CALL_IDS("no-call-ids");

  /** Every flag, as it is written in settings. */
  static final Set<String> FLAGS = QuirkFlag.flags(values());

  private final String flag;

  Quirk(String flag) {
    this.flag = flag;
  }

  @Override
  public String flag() {
    return flag;
  }
}
