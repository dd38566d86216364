package dev.serai.processors.cache;

import dev.serai.core.cache.ResponseKey;
import dev.serai.core.call.Call;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls whose responses will be stored, so that calls that ask for the same at the same time
 * wait for them instead of asking a provider too. Bounded by the calls that run. Thread-safe.
 */
final class PendingResponses {
  private static final int MAX_WAITING = 1_000;

  private final Map<ResponseKey, Pending> byKey = new ConcurrentHashMap<>();

  /** Who waits for a response; guarded by the map. */
  private record Pending(List<Runnable> waiting) {}

  /**
   * Lets a call wait if another one is pending for the key; else this one is from now on, until it
   * ends.
   *
   * @param then is called once when the pending call has ended, on any thread
   * @return whether it waits
   */
  boolean await(ResponseKey key, Call call, Runnable then) {
    boolean[] waits = new boolean[1];
    boolean[] leads = new boolean[1];
    byKey.compute(
        key,
        (_, pending) -> {
          if (pending == null) {
            leads[0] = true;
            return new Pending(new ArrayList<>());
          }
          if (pending.waiting().size() < MAX_WAITING) {
            pending.waiting().add(then);
            waits[0] = true;
          }
          return pending;
        });
    if (leads[0]) {
      call.hold(new Ending(key));
    }
    return waits[0];
  }

  private void end(ResponseKey key) {
    Pending ended = byKey.remove(key);
    if (ended != null) {
      ended.waiting().forEach(Runnable::run);
    }
  }

  /** Ends with the call, whatever comes of it. */
  private final class Ending extends Hold {
    private final ResponseKey key;

    Ending(ResponseKey key) {
      this.key = key;
    }

    @Override
    protected void onSettle(Optional<GatewayProblem> problem) {
      end(key);
    }

    @Override
    protected void onRelease() {
      end(key);
    }
  }
}
