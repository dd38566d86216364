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
    boolean complete) {
  /** Reads entries, until there are so many; false if some that were there before are left. */
  boolean take(JournalSegment segment, boolean wasLeft, int max) {
    int end = segment.end();
    from.add(segment);
    began.add(segment.position());
    while (entries.size() < max) {
      byte[] entry = wasLeft ? segment.nextWhole() : segment.next();
      if (entry.length == 0) {
        break;
      }
      entries.add(entry);
    }
    return segment.position() >= end;
  }
}
