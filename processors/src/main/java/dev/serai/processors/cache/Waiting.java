package dev.serai.processors.cache;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits. When it goes on its exchange is released, although the others hold this. Ends
 * once; confined to its event loop.
 */
final class Waiting {
  private final AtomicReference<@Nullable Runnable> then;
  private @Nullable Future<?> timer;
  private @Nullable Runnable forget;

  Waiting(Runnable then) {
    this.then = new AtomicReference<>(then);
  }

  /** Sets what ends the wait too, and what stops listening for it. On the event loop. */
  void until(Future<?> timeout, Runnable stopListening) {
    timer = timeout;
    forget = stopListening;
  }

  /** Goes on; only the first call has an effect. On the event loop. */
  void end() {
    Runnable action = then.getAndSet(null);
    if (action == null) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    if (forget != null) {
      forget.run();
    }
    action.run();
  }
}
