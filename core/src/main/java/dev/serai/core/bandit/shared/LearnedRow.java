package dev.serai.core.bandit.shared;

/**
 * A row of what was learned.
 *
 * @param number rows are numbered in the order in which they become visible: who has read a row has
 *     seen all with lower numbers
 * @param name of the model
 * @param gateway the start of a gateway that has learned it; empty if it was folded of others or
 *     restored; after a {@code +} if it is for gateways from before a loss of the rows
 * @param writtenMillis by the clock of the store; of a folded row, when the last one was
 * @param state as {@link dev.serai.core.bandit.BanditState#text} has it
 */
public record LearnedRow(
    long number, String name, String gateway, long writtenMillis, String state) {
  /**
   * Whether it has all that a gateway knew when the store had lost its rows, for the gateways that
   * have begun since.
   */
  public boolean isRestored() {
    return gateway.isEmpty();
  }

  /**
   * Whether it has the part of a restored row that was not shared before the loss, for the gateways
   * that know the rest.
   */
  public boolean isUnsharedPart() {
    return gateway.startsWith("+");
  }
}
