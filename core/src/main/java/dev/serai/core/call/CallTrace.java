package dev.serai.core.call;

import dev.serai.core.fair.rules.Qos;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.problem.GatewayProblem;
import java.util.Optional;

/**
 * Records the spans of one call. Confined to the thread that carries the call, as the call is; must
 * not block and must not throw.
 */
public interface CallTrace {
  /** Records nothing. */
  CallTrace NONE =
      new CallTrace() {
        @Override
        public Optional<String> traceId() {
          return Optional.empty();
        }

        @Override
        public void attemptBegan(Call call) {}

        @Override
        public void propagate(Call call, HeaderFields headers) {}

        @Override
        public void ended(Call call) {}
      };

  /** 32 hexadecimal digits in lower case; empty when the call is not recorded. */
  Optional<String> traceId();

  /** The call's current attempt begins; unless it is a hedge, the one before it has ended. */
  void attemptBegan(Call call);

  /**
   * The call's current attempt has asked for a place at its provider.
   *
   * @param qos the class that it asked in
   * @param atOnce whether it got the place without a wait
   */
  default void askedForCapacity(Call call, Qos qos, boolean atOnce) {}

  /**
   * A search for memory objects has ended now.
   *
   * @param nanos how long it took
   * @param found how many objects; 0 if it failed
   * @param problem why it failed
   */
  default void searchedMemory(long nanos, int found, Optional<GatewayProblem> problem) {}

  /**
   * Adds the header fields that let the provider continue this trace, as a child of the call's
   * current attempt (W3C Trace Context, sections 3.2 and 3.3).
   */
  void propagate(Call call, HeaderFields headers);

  /**
   * The call has ended; a streaming call ends with its stream. Called once, before the call's
   * listeners.
   */
  void ended(Call call);
}
