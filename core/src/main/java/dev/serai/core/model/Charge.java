package dev.serai.core.model;

/**
 * What a price is for. Most labels are those of OpenRouter's model list; the others follow them.
 */
public enum Charge {
  INPUT("prompt"),
  OUTPUT("completion"),
  CACHED_INPUT("input_cache_read"),
  CACHE_WRITE("input_cache_write"),
  CACHE_WRITE_HOUR("input_cache_write_1h"),
  REASONING("internal_reasoning"),
  AUDIO_INPUT("audio"),
  AUDIO_OUTPUT("audio_output");

  private final String label;

  Charge(String word) {
    this.label = word;
  }

  /** Its name in a list of models. */
  public String label() {
    return label;
  }
}
