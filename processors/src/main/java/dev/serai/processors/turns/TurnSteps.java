package dev.serai.processors.turns;

import dev.serai.core.call.CallListener;
import dev.serai.core.session.SessionRequests;
import dev.serai.core.session.SessionStore;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that let a call go on with a stored session. The steps are thread-safe. */
public final class TurnSteps {
  private TurnSteps() {}

  /**
   * What the steps work with.
   *
   * @param budget how much of its session a call gets
   * @param clock says when a turn has ended
   */
  public record Parts(
      SessionStore store,
      SessionRequests requests,
      SessionStore.Budget budget,
      InstantSource clock) {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(Parts parts, EventLoops loops) {
    return Map.of(
        "recall-memory", new RecallMemory(parts, loops),
        "remember-turn", new RememberTurn(parts.store()));
  }

  /** Stores the turns that the step {@code remember-turn} has recorded. */
  public static CallListener listener(Parts parts) {
    return new RememberTurn(parts.store());
  }
}
