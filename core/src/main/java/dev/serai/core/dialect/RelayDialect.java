package dev.serai.core.dialect;

import dev.serai.core.chat.Usage;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import java.util.Optional;

/**
 * Forwards requests of a dialect that are not translated. No I/O; thread-safe, but its meters are
 * not.
 */
public interface RelayDialect {
  /** Whether its providers may support an operation. */
  boolean supports(Operation operation);

  /** Writes the request for one attempt: the caller's bytes, the gateway's key. */
  ProviderRequest writeRequest(RelayRequest request, Destination destination);

  /**
   * Reads the token count of a successful reply.
   *
   * @return empty if it has none or cannot be read
   */
  Optional<Usage> readUsage(byte[] body);

  /** Finds the token count in a reply that is forwarded as it arrives. */
  Meter meter();

  /** Counts the tokens of a realtime session. */
  default RealtimeMeter realtimeMeter() {
    return RealtimeMeter.NONE;
  }

  /** Stateful: for one reply, used by one thread at a time. */
  interface Meter {
    /** Takes some bytes, cut anywhere; they are not changed. */
    void read(byte[] piece);

    /** What has been found so far; the last one counts. */
    Optional<Usage> usage();
  }
}
