package dev.serai.config.read;

import java.util.List;

/** The settings cannot be used. The message names every problem, one a line; no secret in it. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  SettingsException(List<String> problems) {
    super(String.join("\n", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** Each problem: place, what was read, what is allowed. */
  public List<String> problems() {
    return problems;
  }
}
