package dev.serai.core.audit;

import dev.serai.core.problem.CapacityProblem;
import java.util.List;

/**
 * A log of privileged requests to which entries are only appended. Each entry has the hash of the
 * one before it, so that a change of an entry is found. Thread-safe.
 */
public interface AuditLog {
  /**
   * Appends an event and returns when it is on the disk. Blocks.
   *
   * @throws CapacityProblem if it cannot be stored; then the privileged request must not be served
   */
  void append(AuditEvent event);

  /**
   * Appends an event in the background. Never blocks. If too many wait, the event is dropped, and
   * the log records how many were.
   */
  void appendLater(AuditEvent event);

  /**
   * Entries as JSON objects, the newest first. Blocks.
   *
   * @throws CapacityProblem if they cannot be read
   */
  List<String> entries(AuditQuery query);

  /**
   * Reads all entries and checks their hashes. Blocks.
   *
   * @throws CapacityProblem if they cannot be read
   */
  AuditVerification verify();
}
