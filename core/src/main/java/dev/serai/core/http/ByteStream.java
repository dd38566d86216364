package dev.serai.core.http;

import dev.serai.core.problem.GatewayProblem;

/**
 * A body that arrives in pieces. Its source pushes; its reader stops it with {@link #pause}. Every
 * call to the reader comes from one thread at a time, usually the event loop of the client's
 * connection; {@code pause}, {@code resume}, {@code cancel}, {@code reject}, {@code firstTokenSeen}
 * and {@code expectEnd} may be called from any thread. The receiver of a stream must open or cancel
 * it.
 */
public interface ByteStream {
  /** Starts the flow. To be called once; what arrives before is buffered. */
  void open(Reader reader);

  /** Asks the source to send nothing more for now; a few pieces may still come. */
  void pause();

  /** Ends a {@link #pause}. */
  void resume();

  /** The reader has stopped reading: the source stops and frees its resources. Idempotent. */
  void cancel();

  /**
   * The reader rejects the stream because of its content, for example an error event: as {@link
   * #cancel}, and if nothing was forwarded yet, the attempt counts for the circuit breaker as this
   * problem does.
   */
  default void reject(GatewayProblem problem) {
    cancel();
  }

  /**
   * The gateway ends the stream for a reason of its own, for example because it shuts down: as
   * {@link #cancel}, but if the stream's format has error events, the reader still receives one
   * before its {@code onEnd}. To be called on the reader's thread.
   */
  default void abort(GatewayProblem why) {
    cancel();
  }

  /**
   * The reader has seen the first token: from here on the idle deadline applies instead of the
   * first-token deadline, and the attempt counts as a success for the circuit breaker.
   */
  default void firstTokenSeen() {}

  /**
   * The reader has a whole response, so that nothing but the end of the body is missing: the source
   * waits for it only a short time, and not for the idle deadline. Empty by default.
   *
   * @param expected false if there was more after all
   */
  default void expectEnd(boolean expected) {}

  /**
   * Bytes to send between two pieces while none arrives, so that no proxy closes a silent stream.
   * Empty if the format has no such bytes. Must not be changed.
   */
  default byte[] keepAlive() {
    return new byte[0];
  }

  /** Takes the pieces. After {@code onEnd} or {@code onFailure} nothing follows. */
  interface Reader {
    /** Some bytes, never empty; the array is the reader's from now on. */
    void onPiece(byte[] bytes);

    /** All bytes of one read of the socket have been delivered: the moment to flush. */
    default void onBatchEnd() {}

    /** The body ended as its framing says it should. */
    void onEnd();

    /** The body ended before it was complete. */
    void onFailure(GatewayProblem problem);
  }
}
