package dev.serai.core.websocket;

import dev.serai.core.problem.GatewayProblem;

/**
 * One end of a WebSocket connection, as its other end uses it: the provider for the client, or code
 * of the gateway that talks with the client. Every call comes from one thread at a time, that of
 * the client's event loop. The receiver must open or close it.
 */
public interface WebSocket {
  /** Starts the flow of frames from this end. To be called once; what arrives before is kept. */
  void open(Peer peer);

  /** Gives this end a frame; it is sent at the latest at {@link #flush}. */
  void send(Frame frame);

  /** All frames of one read have been given: the moment to send them. */
  default void flush() {}

  /** Whether this end takes more; if not, {@link Peer#onWritable} says when it does again. */
  default boolean isWritable() {
    return true;
  }

  /** Asks this end to send nothing more for now; a few frames may still come. */
  void pause();

  /** Ends a {@link #pause}. */
  void resume();

  /**
   * The other end has closed, or is lost ({@link Close#LOST}): this end closes too, and gives
   * nothing more to its peer. Idempotent.
   */
  void close(Close why);

  /**
   * The gateway ends the connection for a reason of its own, for example because it shuts down: as
   * {@link #close}, but the peer still gets an error event, if the protocol has one, and a close.
   */
  void abort(GatewayProblem why);

  /** Takes what an end sends. After {@code onClose} nothing follows. */
  interface Peer {
    /** A frame; it is the peer's from now on. */
    void onFrame(Frame frame);

    /** All frames of one read of the socket have been delivered: the moment to flush. */
    void onBatchEnd();

    /** The end takes more frames again. */
    void onWritable();

    /** The end has closed, or is lost. */
    void onClose(Close why);
  }
}
