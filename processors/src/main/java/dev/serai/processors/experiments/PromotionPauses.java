package dev.serai.processors.experiments;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How long an experiment is not looked at after its calls were read: the longer, the more calls
 * there were, so that reading them is never much work. For one thread.
 */
final class PromotionPauses {
  /** So that 200 calls of an experiment are read in a second, at most. */
  private static final int MILLIS_PER_CALL = 5;

  private final InstantSource clock;
  private final Map<String, Pause> pauses = new HashMap<>();

  private record Pause(long sinceMillis, long millis) {}

  PromotionPauses(InstantSource clock) {
    this.clock = clock;
  }

  /** Begins the pause of an experiment of which so many calls were read. */
  void begin(String id, int calls) {
    pauses.put(id, new Pause(clock.millis(), (long) calls * MILLIS_PER_CALL));
  }

  /** Whether an experiment may be looked at. A clock that was set back does not delay it. */
  boolean areOver(String id) {
    Pause last = pauses.get(id);
    return last == null || Math.abs(clock.millis() - last.sinceMillis()) >= last.millis();
  }

  /** Forgets all other experiments. */
  void retain(Collection<String> ids) {
    pauses.keySet().retainAll(ids);
  }
}
