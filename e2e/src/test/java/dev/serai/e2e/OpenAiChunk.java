package dev.serai.e2e;

/** Chunks of streams of OpenAI's chat completions, as recordings have them. */
final class OpenAiChunk {
  private OpenAiChunk() {}

  /**
   * A chunk of the only choice.
   *
   * @param delta the JSON of its delta
   * @param finish the JSON of its finish reason
   */
  static String of(String delta, String finish) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}";
  }
}
