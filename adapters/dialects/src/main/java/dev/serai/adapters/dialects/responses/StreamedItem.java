package dev.serai.adapters.dialects.responses;

/** An open item of a streamed response. Not thread-safe. */
interface StreamedItem {
  /** Its index among the response's items. */
  int place();

  /** Writes a delta. */
  void delta(NumberedEventWriter events, String piece);

  /**
   * Writes the events that end it.
   *
   * @param status "completed" or "incomplete"
   * @return the complete item as JSON
   */
  byte[] close(NumberedEventWriter events, String status);
}
