package dev.serai.core.surface;

import dev.serai.core.experiment.assigned.Assignment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A surface whose streamed responses say how their model was chosen and what the call has cost.
 * Thread-safe; its writers are not.
 */
public interface ExplainingSurface extends Surface {
  /** Starts writing a streamed response to the request of the call that the facts are of. */
  ChatEventWriter streamWriter(CallFacts facts);

  /** What a response may say of its call. Confined to the thread that carries the call. */
  interface CallFacts {
    /** The text of the request. */
    String prompt();

    /** The candidates of the call, and why it has them. */
    Choice choice();

    /** The models that took over, in order: each after the one before it failed or was late. */
    List<String> escalations();

    /** The model that answers, as a caller may ask for it. */
    String model();

    /** What the call used and cost, once its response has ended. */
    Account account();

    /** Whether the text of a response may grow to so many characters in memory. */
    boolean hasRoom(int characters);
  }

  /**
   * The candidates of a call.
   *
   * @param candidates in the order in which they are tried
   * @param reason why they are in that order
   * @param assignment of the experiment that the call takes part in
   */
  record Choice(List<Estimate> candidates, String reason, Optional<Assignment> assignment) {
    public Choice {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * What is expected of a candidate.
   *
   * @param model its name, as a caller may ask for it
   * @param role primary, explore, challenger or fallback
   * @param usdPerThousand US dollars of a thousand tokens: the mean of prompt and response
   * @param quality as it is predicted, from 0 to 1
   * @param p95Millis the time to the first token that 95 % of the latest attempts kept
   */
  record Estimate(
      String model,
      String role,
      OptionalDouble usdPerThousand,
      double quality,
      OptionalDouble p95Millis) {}

  /**
   * What a call used and cost.
   *
   * @param tokensIn of the prompt; empty if the provider did not count
   * @param tokensOut of the response; empty if the provider did not count
   * @param nanoUsd its cost in nano US dollars (1e-9 USD); empty if that is unknown
   * @param savingsPercent how much less that is than at the most expensive candidate
   * @param quality of the model that answered, as it is predicted, from 0 to 1
   * @param cluster the kind of work
   */
  record Account(
      OptionalLong tokensIn,
      OptionalLong tokensOut,
      OptionalLong nanoUsd,
      OptionalDouble savingsPercent,
      double quality,
      String cluster) {}
}
