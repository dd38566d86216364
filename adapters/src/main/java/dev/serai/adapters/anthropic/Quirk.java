package dev.serai.adapters.anthropic;

import dev.serai.core.port.Dialect.Target;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a model of a provider can and cannot, where its name does not say it. */
enum Quirk {
  /** Thinks as much as it deems right; takes an effort, no budget. */
  ADAPTIVE_THINKING("adaptive-thinking"),
  /** Thinks within a budget of tokens. */
  BUDGET_THINKING("budget-thinking"),
  /** Does not think: {@code reasoning_effort} is left out, and reported. */
  NO_THINKING("no-thinking"),
  /** Takes no {@code temperature} and {@code top_p}: they are left out, and reported. */
  NO_SAMPLING("no-sampling"),
  /** Knows {@code output_config.format} and strict tools. */
  STRUCTURED_OUTPUT("structured-output"),
  /** Does not: a schema is said as a tool that has to be called. */
  NO_STRUCTURED_OUTPUT("no-structured-output");

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
