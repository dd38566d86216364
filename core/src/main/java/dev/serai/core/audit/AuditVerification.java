package dev.serai.core.audit;

import java.util.Optional;

/**
 * What a check of the whole audit log found.
 *
 * @param entries how many entries were read and are right
 * @param first the number of the first entry; 0 if there is none
 * @param last the number of the last entry that is right; 0 if there is none
 * @param hash of that entry; empty if there is none
 * @param fault the first thing that is wrong; empty if nothing is
 */
public record AuditVerification(
    long entries, long first, long last, String hash, Optional<String> fault) {
  /** Whether nothing is wrong. */
  public boolean isValid() {
    return fault.isEmpty();
  }
}
