package dev.serai.gateway.edge.reply;

import dev.serai.core.limit.ByteHold;
import dev.serai.gateway.edge.request.ClientConnection;
import io.netty.channel.Channel;

/**
 * Says when the source of an ongoing reply must pause, because its client reads too slowly.
 *
 * <p>The socket's outbound queue has a high and a low water mark. Above the high mark the source
 * pauses, below the low mark it resumes. The memory limit counts what is queued above the low mark.
 * Used on the connection's event loop only.
 */
public final class SlowClient {
  /** What the queue asks of the source. */
  public enum Advice {
    /** The client reads fast enough: keep waiting. */
    GO_ON,
    /** To pause, for the first time since it went on. */
    PAUSE,
    /** To wait: it has been asked to pause. */
    WAIT,
    /** To end: it has ignored the pause, and {@link OngoingReply#MAX_QUEUED} bytes are queued. */
    END
  }

  private final Channel channel;
  private final ByteHold queued;
  private boolean paused;

  public SlowClient(ClientConnection connection) {
    this.channel = connection.channel();
    this.queued = connection.memory().hold();
  }

  /** Looks at the queue, after a write or when it has crossed one of its marks. */
  public Advice advice() {
    if (channel.isWritable()) {
      return Advice.GO_ON;
    }
    long waiting = channel.bytesBeforeWritable();
    queued.set(Math.max(0, waiting));
    if (!paused) {
      paused = true;
      return Advice.PAUSE;
    }
    return waiting > OngoingReply.MAX_QUEUED ? Advice.END : Advice.WAIT;
  }

  /** Whether the queue is short again, so that a paused source must resume. */
  public boolean resumes() {
    if (!paused || !channel.isWritable()) {
      return false;
    }
    paused = false;
    queued.set(0);
    return true;
  }

  /** The reply is over: nothing is counted any more. */
  public void release() {
    queued.release();
  }
}
