package dev.serai.adapters.dialects.openai.relay;

/**
 * A model's name and where in a body it stands.
 *
 * @param from offset of its first byte, the quote included where it is JSON
 * @param to offset behind its last byte
 * @param json whether it stands there as a JSON string
 */
record ModelName(String text, int from, int to, boolean json) {
  /** The body names no model. */
  static final ModelName NONE = new ModelName("", 0, 0, false);

  boolean isNone() {
    return text.isEmpty();
  }
}
