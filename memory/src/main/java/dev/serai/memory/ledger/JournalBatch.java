package dev.serai.memory.ledger;

import java.util.List;

/**
 * Some entries of the {@link Journal} that are to be written to the database.
 *
 * @param from the segments that were read
 * @param began the read position of each of them before
 * @param fromMemory how many of the entries are from memory, the last ones
 * @param complete whether these are all entries that were there before the batch was read
 */
record JournalBatch(
    List<byte[]> entries,
    List<JournalSegment> from,
    List<Integer> began,
    int fromMemory,
    boolean complete) {}
