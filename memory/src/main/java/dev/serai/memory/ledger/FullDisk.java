package dev.serai.memory.ledger;

import java.io.IOException;
import java.util.regex.Pattern;

/** Knows the failures of a disk, or of a quota on it, that has no space left. */
final class FullDisk {
  /** What the C library says for ENOSPC and EDQUOT, and Windows for ERROR_DISK_FULL. */
  private static final Pattern WORDING =
      Pattern.compile("(?i)no space left|quota exceeded|not enough space");

  private FullDisk() {}

  static boolean caused(IOException failure) {
    return WORDING.matcher(String.valueOf(failure.getMessage())).find();
  }
}
