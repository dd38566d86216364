package dev.serai.memory.audit;

import dev.serai.core.audit.AuditVerification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the audit log from its first entry and checks that each line is an entry with its own hash,
 * the number after the last, and the hash of the entry before. The first entry of the oldest file
 * is taken as it is: older files may have been moved elsewhere. Used for one check.
 */
final class AuditVerifier {
  private long entries;
  private long first;
  private @Nullable AuditLine last;

  private AuditVerifier() {}

  /** Checks the whole log. Entries that are appended meanwhile may be checked or not. */
  static AuditVerification verify(AuditFolder folder) throws IOException {
    Optional<AuditHead> head = folder.head(); // before the entries, which may become more
    return new AuditVerifier().verify(folder.segments(), head);
  }

  private AuditVerification verify(List<Path> segments, Optional<AuditHead> head)
      throws IOException {
    for (Path segment : segments) {
      int number = 0;
      for (String line : AuditSegment.lines(segment)) {
        number++;
        Optional<String> fault = check(line);
        if (fault.isPresent()) {
          return verification(
              Optional.of(segment.getFileName() + ", line " + number + ": " + fault.get()));
        }
      }
    }
    return verification(head.isEmpty() ? withoutHead() : head.flatMap(this::missing));
  }

  private Optional<String> check(String line) {
    Optional<AuditLine> read = AuditLine.read(line);
    if (read.isEmpty()) {
      return Optional.of("this is not an entry");
    }
    AuditLine entry = read.get();
    AuditLine before = last;
    if (!entry.isIntact()) {
      return Optional.of("the entry was changed: its hash is another");
    }
    if (before != null && entry.number() != before.number() + 1) {
      return Optional.of("entry " + (before.number() + 1) + " is missing");
    }
    String previous = before == null ? entry.previous() : before.hash();
    if (!entry.previous().equals(previous)) {
      return Optional.of("the entry before it was replaced");
    }
    if (entry.number() == 1 && !previous.equals(AuditLine.NO_HASH)) {
      return Optional.of("the first entry was replaced");
    }
    first = before == null ? entry.number() : first;
    last = entry;
    entries++;
    return Optional.empty();
  }

  /** The number of the last entry is not known, so entries may have been cut off. */
  private Optional<String> withoutHead() {
    return last == null
        ? Optional.empty()
        : Optional.of("the file head is missing or damaged; entries may be missing at the end");
  }

  private Optional<String> missing(AuditHead head) {
    long number = last == null ? 0 : last.number();
    if (head.number() > number) {
      return Optional.of("the entries " + (number + 1) + " to " + head.number() + " are missing");
    }
    return last != null && head.number() == number && !head.hash().equals(last.hash())
        ? Optional.of("the last entry was replaced")
        : Optional.empty();
  }

  private AuditVerification verification(Optional<String> fault) {
    AuditLine end = last;
    return end == null
        ? new AuditVerification(0, 0, 0, "", fault)
        : new AuditVerification(entries, first, end.number(), end.hash(), fault);
  }
}
