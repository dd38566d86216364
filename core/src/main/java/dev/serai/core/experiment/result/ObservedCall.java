package dev.serai.core.experiment.result;

import dev.serai.core.caller.Caller;
import dev.serai.core.experiment.Experiment;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A call that took part in an experiment and was not cancelled. Immutable.
 *
 * @param answered whether the caller got the whole reply
 * @param score the mean score of the feedback on it, from 0 to 1
 * @param nanoUsd the cost of all its attempts, in nano US dollars (1e-9 USD); empty if unknown
 * @param latencyMicros of all its attempts, in microseconds
 */
public record ObservedCall(
    String requestId,
    Caller caller,
    String variant,
    boolean answered,
    OptionalDouble score,
    OptionalLong nanoUsd,
    long latencyMicros) {
  /** What the call is worth, from 0 to 1: nothing if it failed, else its score; 1 without one. */
  public double value() {
    return answered ? score.orElse(1) : 0;
  }

  /** Whose calls they are. */
  public enum Kind {
    /** Of clients. */
    CALLS,
    /** Copies, for variants that get some. */
    COPIES
  }

  /** Reads the calls of an experiment. Thread-safe. */
  @FunctionalInterface
  public interface Source {
    /**
     * Those of the current round of an experiment that count, the oldest first. Copies leave as
     * much room for the calls of clients as if there were none.
     */
    List<ObservedCall> of(Experiment experiment, Kind kind);
  }
}
