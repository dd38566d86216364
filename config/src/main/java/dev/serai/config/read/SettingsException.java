package dev.serai.config.read;

import java.util.List;

/** Reports the mistakes in the settings, one per line, without secrets. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;
  private final boolean temporary;

  /** Mistakes that show only when the gateway is put together. */
  public SettingsException(List<String> problems) {
    this(problems, false);
  }

  /**
   * Mistakes of which some may pass without an edit of the settings.
   *
   * @param temporary whether a file or a folder could not be used
   */
  public SettingsException(List<String> problems, boolean temporary) {
    super(String.join("\n", problems), null, false, false);
    this.problems = List.copyOf(problems);
    this.temporary = temporary;
  }

  /** Whether the same settings may be valid later, since a file or a folder cannot be used now. */
  public boolean isTemporary() {
    return temporary;
  }

  /** The mistakes: place, value and which values are allowed. */
  public List<String> problems() {
    return problems;
  }
}
