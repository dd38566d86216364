package dev.serai.adapters.dialects.claude;

import dev.serai.adapters.dialects.translation.QuirkFlag;
import java.util.Set;

/** What a model of a provider can and cannot, where its name does not say it. */
enum Quirk implements QuirkFlag {
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
