package dev.serai.adapters.dialects.claude;

import dev.serai.adapters.dialects.translation.QuirkFlag;
import java.util.Set;

/** What a provider's models support, where their names do not say it. */
enum Quirk implements QuirkFlag {
  /** Decides how much to think; accepts an effort, no budget. */
  ADAPTIVE_THINKING("adaptive-thinking"),
  /** Thinks within a token budget. */
  BUDGET_THINKING("budget-thinking"),
  /** Does not think: {@code reasoning_effort} is dropped and reported. */
  NO_THINKING("no-thinking"),
  /** Accepts no {@code temperature} and {@code top_p}: they are dropped and reported. */
  NO_SAMPLING("no-sampling"),
  /** Accepts no {@code system} messages: instructions in mid-conversation are moved. */
  NO_SYSTEM_TURNS("no-system-turns"),
  /** Supports {@code output_config.format} and strict tools. */
  STRUCTURED_OUTPUT("structured-output"),
  /** Does not support them: a schema becomes a tool that must be called. */
  NO_STRUCTURED_OUTPUT("no-structured-output");

  /** All flags, as written in settings. */
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
