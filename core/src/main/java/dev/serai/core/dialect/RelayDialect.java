package dev.serai.core.dialect;

import dev.serai.core.chat.Usage;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import java.util.Optional;

/** How a dialect hands on what is not translated. Pure and thread-safe; meters are neither. */
public interface RelayDialect {
  /** Whether its providers may have this. */
  boolean supports(Operation operation);

  /** Writes the request for one attempt: the caller's bytes, the gateway's key. */
  ProviderRequest writeRequest(RelayRequest request, Destination destination);

  /**
   * Reads what a successful answer says of tokens.
   *
   * @return empty if it says nothing, or is not something that can be read
   */
  Optional<Usage> readUsage(byte[] body);

  /** Looks for the same in an answer that is handed on as it arrives. */
  Meter meter();

  /** For one answer, one thread at a time. */
  interface Meter {
    /** Takes some bytes, cut anywhere; they are not changed. */
    void read(byte[] piece);

    /** What has been found so far; the last one holds. */
    Optional<Usage> usage();
  }
}
