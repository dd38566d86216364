package dev.serai.adapters.dialects.openai.relay;

/**
 * A model's name and its position in a body.
 *
 * @param from offset of its first byte, the quote included where it is JSON
 * @param to offset behind its last byte
 * @param json whether it is a JSON string there
 */
record ModelName(String text, int from, int to, boolean json) {
  /** For a body that names no model. */
  static final ModelName NONE = new ModelName("", 0, 0, false);

  boolean isNone() {
    return text.isEmpty();
  }
}
