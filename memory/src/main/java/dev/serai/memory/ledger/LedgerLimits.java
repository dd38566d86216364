package dev.serai.memory.ledger;

import java.nio.file.Path;

/**
 * The limits of the ledger.
 *
 * @param folder of the journal
 * @param journalBytes the maximum size of the journal on disk
 * @param segmentBytes the size of each of its files
 * @param waiting the maximum number of calls whose usage waits in memory while there is no file
 */
public record LedgerLimits(Path folder, long journalBytes, int segmentBytes, int waiting) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is too small
   */
  public LedgerLimits {
    if (segmentBytes < 4096 || journalBytes < 2L * segmentBytes || waiting < 1) {
      throw new IllegalArgumentException(
          "A journal needs at least two files of 4 KiB, and room for one call in memory.");
    }
  }

  /**
   * The defaults: files of 4 MiB, about 20,000 calls each, and 10,000 calls in memory.
   *
   * @throws IllegalArgumentException if the journal is too small
   */
  public static LedgerLimits in(Path folder, long journalBytes) {
    return new LedgerLimits(folder, journalBytes, 4 * 1024 * 1024, 10_000);
  }
}
