package dev.serai.config.read;

import java.util.List;

/** Reports the mistakes in the settings, one per line, without secrets. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** Mistakes that show only when the gateway is put together. */
  public SettingsException(List<String> problems) {
    super(String.join("\n", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** The mistakes: place, value and which values are allowed. */
  public List<String> problems() {
    return problems;
  }
}
