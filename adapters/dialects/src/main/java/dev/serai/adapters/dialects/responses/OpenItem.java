package dev.serai.adapters.dialects.responses;

/** An item of a streamed answer that is being written. Not thread-safe. */
interface OpenItem {
  /** Its place among the answer's items. */
  int place();

  /** Writes a piece of it. */
  void delta(Events events, String piece);

  /**
   * Writes its end.
   *
   * @param status "completed" or "incomplete"
   * @return the whole item
   */
  byte[] close(Events events, String status);
}
