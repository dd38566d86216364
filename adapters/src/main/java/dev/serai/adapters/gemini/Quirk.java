package dev.serai.adapters.gemini;

import dev.serai.core.port.Dialect.Target;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a model of a provider can and cannot, where its name does not say it. */
enum Quirk {
  /** Thinks as much as a level says: {@code thinkingLevel}. */
  THINKING_LEVEL("thinking-level"),
  /** Thinks within a budget of tokens: {@code thinkingBudget}. */
  THINKING_BUDGET("thinking-budget"),
  /** Does not think: {@code reasoning_effort} is left out, and reported. */
  NO_THINKING("no-thinking"),
  /** Takes {@code parameters} only: schemas are never sent as {@code parametersJsonSchema}. */
  NO_JSON_SCHEMA_TOOLS("no-json-schema-tools");

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
