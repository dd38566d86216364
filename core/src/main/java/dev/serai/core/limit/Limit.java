package dev.serai.core.limit;

import dev.serai.core.caller.Caller;
import dev.serai.core.request.ModelRequest;

/**
 * Decides whether a call may be made, before it is planned. Called on event loops: must not block.
 * Thread-safe.
 */
@FunctionalInterface
public interface Limit {
  /**
   * Admits or refuses a call.
   *
   * @return the hold that the call settles when it ends, or the problem that the caller receives
   */
  Admission admit(Caller caller, ModelRequest request);
}
