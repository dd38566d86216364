package dev.serai.core.bandit;

/**
 * An arm that may be chosen for a call.
 *
 * @param arm its name, such as {@code provider/model}; best a string that is not made for each call
 * @param penalty what choosing it takes off the reward, as {@link RewardRules#penalty} has it
 * @param costUsd the expected cost of the call in US dollars, for the exploration budget
 */
public record Option(String arm, double penalty, double costUsd) {
  private static final int MAX_LENGTH = 1_024;

  /**
   * The name is checked when something is learned of the arm, since every call makes options of all
   * its candidates.
   *
   * @throws IllegalArgumentException if a number is negative or not finite
   */
  public Option {
    if (!(penalty >= 0 && Double.isFinite(penalty))) {
      throw new IllegalArgumentException("the penalty of " + arm + " is not a number from 0");
    }
    if (!(costUsd >= 0 && Double.isFinite(costUsd))) {
      throw new IllegalArgumentException("the cost of " + arm + " is not a number from 0");
    }
  }

  /** An arm that costs nothing. */
  public Option(String arm) {
    this(arm, 0, 0);
  }

  /**
   * @throws IllegalArgumentException if the name is empty, too long or has a control character
   */
  static void checkName(String arm) {
    if (arm.isEmpty() || arm.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("the name of an arm has 1 to " + MAX_LENGTH + " letters");
    }
    for (int i = 0; i < arm.length(); i++) {
      if (Character.isISOControl(arm.charAt(i))) {
        throw new IllegalArgumentException("the name of an arm has a control character");
      }
    }
  }
}
