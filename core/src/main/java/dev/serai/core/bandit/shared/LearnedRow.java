package dev.serai.core.bandit.shared;

/**
 * A row of what was learned.
 *
 * @param number rows are numbered in the order in which they become visible: who has read a row has
 *     seen all with lower numbers
 * @param name of the model
 * @param gateway the start of a gateway that has learned it; empty if it was folded of others
 * @param writtenMillis by the clock of the store; of a folded row, when the last one was
 * @param state as {@link dev.serai.core.bandit.BanditState#text} has it
 */
public record LearnedRow(
    long number, String name, String gateway, long writtenMillis, String state) {}
