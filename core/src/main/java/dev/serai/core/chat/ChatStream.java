package dev.serai.core.chat;

/**
 * A streamed response, event by event. Threads and order of calls as in {@link
 * dev.serai.core.http.ByteStream}.
 */
public interface ChatStream {
  /** Starts the flow. Call it once. */
  void open(Reader reader);

  void pause();

  void resume();

  /** The reader has stopped reading; idempotent. */
  void cancel();

  /** Takes the events; nothing follows {@link ChatEvent.Ended} or {@link ChatEvent.Failed}. */
  interface Reader {
    void onEvent(ChatEvent event);

    /** All events that arrived together have been delivered: the moment to flush. */
    default void onBatchEnd() {}
  }
}
