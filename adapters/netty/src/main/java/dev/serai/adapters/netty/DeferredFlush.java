package dev.serai.adapters.netty;

import io.netty.channel.Channel;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;

/**
 * Sends everything that was written during one turn of an event loop together, at the end of the
 * turn.
 *
 * <p>A write to a socket wakes its reader if the reader sleeps, and to wake a process on another
 * core is the largest part of the cost of a write. When the writes of a turn are sent one right
 * after the other, only the first one wakes the reader. A turn with a single event still sends at
 * once; in a longer turn a write waits for at most {@link #MAX_CHANNELS} others, which takes some
 * hundred microseconds. There is one instance for each event loop.
 */
public final class DeferredFlush implements Runnable {
  private static final int MAX_CHANNELS = 16;

  private static final FastThreadLocal<DeferredFlush> OF_THIS_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected DeferredFlush initialValue() {
          return new DeferredFlush();
        }
      };

  private final ArrayDeque<Channel> written = new ArrayDeque<>(MAX_CHANNELS);

  private DeferredFlush() {}

  /** Flushes a channel at the end of the turn of its event loop; from another thread, at once. */
  public static void of(Channel channel) {
    if (channel.eventLoop().inEventLoop()) {
      OF_THIS_LOOP.get().add(channel);
    } else {
      channel.flush();
    }
  }

  private void add(Channel channel) {
    written.add(channel);
    if (written.size() >= MAX_CHANNELS) {
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
