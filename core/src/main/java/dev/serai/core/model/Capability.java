package dev.serai.core.model;

import java.util.Locale;

/** What a model can do other than generate text. */
public enum Capability {
  TOOLS,
  PARALLEL_TOOLS,
  JSON_MODE,
  STRUCTURED_OUTPUT,
  REASONING,
  PROMPT_CACHING,
  STREAMING,
  WEB_SEARCH;

  /** Its name in a list of models. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
