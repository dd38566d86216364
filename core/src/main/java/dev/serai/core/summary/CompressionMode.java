package dev.serai.core.summary;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the older messages of a long session become. */
public enum CompressionMode {
  /** They stay as they are; the oldest are left out of calls when they are too long. */
  OFF,
  /** Sentences of them that are likely to matter, which are found without a model. */
  KEY_INFORMATION;

  /** Its name in settings, replies and the database. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode of that name. */
  public static Optional<CompressionMode> find(String label) {
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
  }
}
