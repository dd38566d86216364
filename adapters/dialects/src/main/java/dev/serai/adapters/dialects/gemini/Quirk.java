package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.translation.QuirkFlag;
import java.util.Set;

/** What a model of a provider can and cannot, where its name does not say it. */
enum Quirk implements QuirkFlag {
  /** Thinks as much as a level says: {@code thinkingLevel}. */
  THINKING_LEVEL("thinking-level"),
  /** Thinks within a budget of tokens: {@code thinkingBudget}. */
  THINKING_BUDGET("thinking-budget"),
  /** Does not think: {@code reasoning_effort} is left out, and reported. */
  NO_THINKING("no-thinking"),
  /** Takes {@code parameters} only: schemas are never sent as {@code parametersJsonSchema}. */
  NO_JSON_SCHEMA_TOOLS("no-json-schema-tools");

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
