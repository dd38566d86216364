package dev.serai.memory.ledger;

import java.nio.file.Path;

/**
 * Bounds of the ledger.
 *
 * @param folder where the journal is
 * @param journalBytes the most that it may take on the disk
 * @param segmentBytes of each of its files
 * @param waiting calls whose usage may wait in memory while no file can be had
 */
public record LedgerLimits(Path folder, long journalBytes, int segmentBytes, int waiting) {
  public LedgerLimits {
    if (segmentBytes < 4096 || journalBytes < 2L * segmentBytes || waiting < 1) {
      throw new IllegalArgumentException("a journal has at least two files of 4 KiB");
    }
  }

  /** Files of 4 MiB, about 20,000 calls each; 10,000 calls in memory. */
  public static LedgerLimits in(Path folder, long journalBytes) {
    return new LedgerLimits(folder, journalBytes, 4 * 1024 * 1024, 10_000);
  }
}
