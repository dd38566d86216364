package dev.serai.core.summary;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the older messages of a long session become. */
public enum CompressionMode {
  /** They stay as they are; the oldest are left out of calls when they are too long. */
  OFF,
  /** Their texts are packed in the store, without loss; calls get as many as there is room for. */
  LZ4,
  /** Sentences of them that are likely to matter, which are found without a model. */
  KEY_INFORMATION,
  /** A text that a model writes. */
  SUMMARISE,
  /** A text that a model writes, and sentences that are found without one. */
  HYBRID;

  /** Whether calls get a summary. */
  public boolean summarises() {
    return needsModel() || findsInformation();
  }

  /** Whether a model is asked. */
  public boolean needsModel() {
    return this == SUMMARISE || this == HYBRID;
  }

  /** Whether sentences are found without a model. */
  public boolean findsInformation() {
    return this == KEY_INFORMATION || this == HYBRID;
  }

  /** Its name in settings, replies and the database. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode of that name. */
  public static Optional<CompressionMode> find(String label) {
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
  }
}
