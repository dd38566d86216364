package dev.serai.adapters.netty;

import io.netty.channel.Channel;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;

/**
 * Sends what was written during one turn of an event loop at the turn's end, all of it together.
 *
 * <p>To send to a process that sleeps wakes it, and to wake a process on another core is most of
 * what sending costs. Sent one after the other, only the first of a turn's writes does so; the
 * others find their reader awake. A turn with one event sends at once, as before; in a longer one a
 * write waits for at most {@link #MOST} others, some hundred microseconds. One instance for each
 * event loop.
 */
public final class DeferredFlush implements Runnable {
  private static final int MOST = 16;

  private static final FastThreadLocal<DeferredFlush> OF_THIS_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected DeferredFlush initialValue() {
          return new DeferredFlush();
        }
      };

  private final ArrayDeque<Channel> written = new ArrayDeque<>(MOST);

  private DeferredFlush() {}

  /** Flushes this channel at the end of its event loop's turn; from another thread, at once. */
  public static void of(Channel channel) {
    if (channel.eventLoop().inEventLoop()) {
      OF_THIS_LOOP.get().add(channel);
    } else {
      channel.flush();
    }
  }

  private void add(Channel channel) {
    written.add(channel);
    if (written.size() >= MOST) {
      run();
    } else if (written.size() == 1) {
      channel.eventLoop().execute(this);
    }
  }

  @Override
  public void run() {
    for (Channel next = written.poll(); next != null; next = written.poll()) {
      next.flush();
    }
  }
}
