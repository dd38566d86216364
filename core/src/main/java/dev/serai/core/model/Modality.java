package dev.serai.core.model;

import java.util.Locale;

/** What a model takes or gives. The words are OpenRouter's. */
public enum Modality {
  TEXT,
  IMAGE,
  AUDIO,
  VIDEO,
  FILE,
  EMBEDDINGS;

  /** How it is called in a list of models. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
