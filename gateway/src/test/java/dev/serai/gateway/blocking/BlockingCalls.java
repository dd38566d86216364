package dev.serai.gateway.blocking;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.blockhound.BlockHound;

/**
 * Records every call on an event loop that may block the thread, with BlockHound. Netty tells
 * BlockHound which threads are event loops. A call is recorded and then runs.
 */
final class BlockingCalls {
  private static final ConcurrentLinkedQueue<BlockingCall> SEEN = new ConcurrentLinkedQueue<>();

  /** The stack trace shows where. */
  static final class BlockingCall extends AssertionError {
    private static final long serialVersionUID = 1L;
    private static final int FRAMES = 6;

    BlockingCall(String method) {
      super(method + " on " + Thread.currentThread().getName());
    }

    /** The call and the nearest frames below it that belong to a library or to us. */
    String where() {
      return Stream.of(getStackTrace())
          .map(StackTraceElement::toString)
          .filter(frame -> !frame.startsWith("java.base/") && !frame.contains("BlockingCalls"))
          .filter(frame -> !frame.startsWith("reactor.blockhound."))
          .limit(FRAMES)
          .collect(Collectors.joining(", ", getMessage() + " in ", ""));
    }
  }

  private BlockingCalls() {}

  static {
    // The first line of a process makes the handlers of its log, under a lock.
    Logger.getLogger("").getHandlers();
    BlockHound.install(
        builder ->
            builder
                // Written by the logging set-up, which has its own locks.
                .allowBlockingCallsInside("java.util.logging.Logger", "log")
                .blockingMethodCallback(method -> SEEN.add(new BlockingCall(method.toString()))));
  }

  /** Installs the detector; only the first call does anything. */
  static void watch() {}

  /** The calls recorded since the last time. */
  static List<BlockingCall> take() {
    List<BlockingCall> taken = new ArrayList<>();
    for (BlockingCall call = SEEN.poll(); call != null; call = SEEN.poll()) {
      taken.add(call);
    }
    return taken;
  }
}
