package dev.serai.core.audit;

import dev.serai.core.caller.Identity;
import dev.serai.core.secret.KeyForms;
import java.time.Instant;

/**
 * Something that the audit log records. Immutable.
 *
 * @param kind what happened
 * @param time when it happened
 * @param identity who did it; {@link Identity#PUBLIC} without a key if it is not known
 * @param action what was done
 * @param status the HTTP status of the reply; 0 while there is none
 * @param code the error code of the reply; empty without an error
 */
public record AuditEvent(
    Kind kind, Instant time, Identity identity, Action action, int status, String code) {
  /** What happened. */
  public enum Kind {
    /** A privileged request is about to be served. */
    BEGUN("begun"),
    /** A privileged request was served; the status says with which result. */
    DONE("done"),
    /** A privileged request was refused before it was served. */
    REFUSED("refused"),
    /** The log says something about itself. */
    NOTE("note");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** Its name in the log. */
    public String label() {
      return label;
    }
  }

  /**
   * A request, as far as the log records it.
   *
   * @param requestId the request's ID
   * @param address of the client
   * @param method of HTTP
   * @param path without the query; a key that is in it by mistake is replaced
   * @param permission that the route needs
   */
  public record Action(
      String requestId, String address, String method, String path, String permission) {
    public Action {
      path = KeyForms.redactedPath(path);
    }
  }
}
