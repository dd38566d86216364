package dev.serai.core.model;

import java.util.Locale;

/** A kind of content that a model accepts or produces. The words are OpenRouter's. */
public enum Modality {
  TEXT,
  IMAGE,
  AUDIO,
  VIDEO,
  FILE,
  EMBEDDINGS;

  /** Its name in a list of models. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its name in a sentence, such as "images". */
  public String inWords() {
    return switch (this) {
      case IMAGE -> "images";
      case FILE -> "files";
      case TEXT, AUDIO, VIDEO, EMBEDDINGS -> label();
    };
  }
}
