package dev.serai.core.chat.detail;

/**
 * The details of a response's text that its client has a place for. Each constant has those of the
 * ones before it.
 */
public enum DetailSupport {
  /** None. */
  NONE,
  /** Log probabilities. */
  LOGPROBS,
  /** Annotations of type {@code url_citation}. */
  WEB_PAGES,
  /** All annotations. */
  ALL;

  /** Whether log probabilities are wanted. */
  public boolean hasLogprobs() {
    return this != NONE;
  }

  /** Whether sources are wanted that are web pages. */
  public boolean hasWebPages() {
    return compareTo(WEB_PAGES) >= 0;
  }

  /** Whether an annotation of this type is wanted. */
  public boolean has(String annotationType) {
    return this == ALL || this == WEB_PAGES && annotationType.equals(TextDetails.URL_CITATION);
  }
}
