package dev.serai.core.problem;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why an attempt at a provider failed, as the gateway sees it: the causes of docs/observability.md.
 * A cause says whether another attempt may help and whether a circuit breaker counts it.
 */
public enum FailureCause {
  /** No connection: refused, TLS or DNS failure. */
  UNREACHABLE(true, true),
  /**
   * A reused connection closed before a byte of the reply, most likely because it was idle and
   * before the request arrived: another connection may work.
   */
  CONNECTION_CLOSED(true, false),
  /**
   * All of the request was sent, and the connection closed before a byte of the reply, other than
   * as {@link #CONNECTION_CLOSED}: the provider may have worked on the request. Only another
   * candidate may succeed.
   */
  NO_RESPONSE(true, true),
  /**
   * The provider has certainly not processed the request: refused by HTTP/2, or not sent, or not
   * completely.
   */
  NOT_RECEIVED(true, true),
  /** The deadline for a connection has passed: nothing was sent. */
  CONNECT_TIMEOUT(true, true),
  /** A deadline passed after the request was sent: first token, idle, stall or total. */
  TIMEOUT(true, true),
  /**
   * The time that the client grants has passed, before any deadline of the settings: the provider
   * is not at fault.
   */
  OUT_OF_TIME(true, false),
  /**
   * Its first token did not come in the time after which a quality target asks the next candidate:
   * another call may wait longer.
   */
  LATE(true, false),
  /**
   * Another candidate of the call, which was asked at the same time, responded first: no {@link
   * #isFailure failure}.
   */
  OVERTAKEN(true, false),
  /**
   * Its response was not the one that was chosen of several candidates that were asked at the same
   * time: no {@link #isFailure failure}.
   */
  NOT_CHOSEN(true, false),
  /** Its response failed the checks of a quality target: it is empty, or a refusal. */
  UNSATISFACTORY(true, false),
  /** 429, or another status with the words of a rate limit: the provider's own limit. */
  RATE_LIMITED(true, false),
  /** 5xx other than 501, 408, and an error event before the first token. */
  OVERLOADED(true, true),
  /**
   * The provider understood and refuses for any other reason than the two that follow: 400, 404,
   * 422, 501 and the like. Only after 404, 405 and 501 another provider may succeed.
   */
  REFUSED(false, false),
  /** The prompt is longer than the model's context window: a larger model may succeed. */
  CONTEXT_WINDOW(false, false),
  /** A filter of the provider rejects the content of the prompt or of the whole response. */
  CONTENT_FILTER(false, false),
  /**
   * 401, 402, 403, or an account without credit: the key of this provider is at fault, another
   * provider may succeed.
   */
  CREDENTIALS(true, false),
  /**
   * The server that issues the access tokens or credentials did not return any, as when it is
   * unreachable: nothing was sent to the provider.
   */
  CREDENTIALS_UNAVAILABLE(true, false),
  /** 403 for the model or the region, not for the key: another provider may succeed. */
  FORBIDDEN(true, false),
  /** The connection ended before the reply did. Only another candidate may succeed. */
  INCOMPLETE(true, true),
  /**
   * The reply is not in the provider's grammar. Another provider may succeed; the same one would
   * send the same again.
   */
  MALFORMED(true, true),
  /** The reply is larger than Serai accepts; that of another attempt would be as large. */
  TOO_LARGE(false, false),
  /** The breaker of the provider or model is open, or its probes are taken: nothing was sent. */
  BREAKER_OPEN(true, false),
  /** The pool's wait queue is full or the wait took too long: nothing was sent. */
  POOL_EXHAUSTED(true, false),
  /** Every key of this provider is disabled: nothing was sent. */
  KEYS_UNAVAILABLE(true, false),
  /** A limit that the operator set for this provider or model is reached: nothing was sent. */
  LIMITED(true, false);

  private final boolean retryable;
  private final boolean countedByBreaker;

  FailureCause(boolean retryable, boolean countedByBreaker) {
    this.retryable = retryable;
    this.countedByBreaker = countedByBreaker;
  }

  /** Whether nothing was sent, and a retry at once would change nothing. */
  public boolean nothingSent() {
    return this == BREAKER_OPEN
        || this == POOL_EXHAUSTED
        || this == KEYS_UNAVAILABLE
        || this == LIMITED;
  }

  /** Whether the attempt has failed; one that was overtaken or not chosen has only ended. */
  public boolean isFailure() {
    return this != OVERTAKEN && this != NOT_CHOSEN;
  }

  /**
   * Whether the candidate is at fault: by this strategies, bandits and replays judge it. It is not
   * if nothing was sent, if the request was rejected, or if the gateway ended the attempt before a
   * deadline of the settings had passed.
   */
  public boolean isFault() {
    return isFailure()
        && !nothingSent()
        && !rejectsRequest()
        && this != OUT_OF_TIME
        && this != LATE;
  }

  /** Whether the provider is at fault, and not only the model: by this its status is judged. */
  public boolean isFaultOfProvider() {
    return isFault() && this != FORBIDDEN && this != UNSATISFACTORY;
  }

  /** Whether the provider understood the request and rejects it: the provider is not at fault. */
  public boolean rejectsRequest() {
    return this == REFUSED || this == CONTEXT_WINDOW || this == CONTENT_FILTER;
  }

  /** Whether the provider denied access, and only another key or provider may succeed. */
  public boolean deniesAccess() {
    return this == CREDENTIALS || this == FORBIDDEN;
  }

  /**
   * Whether another attempt at the same provider with the same key may succeed, and does not repeat
   * a request that the provider lost after it had received it (RFC 9110, section 9.2.2).
   */
  public boolean mayPass() {
    return retryable && !nothingSent() && !deniesAccess() && this != MALFORMED && !lost();
  }

  /** Whether the provider was lost when it may have processed the request. */
  public boolean lost() {
    return this == NO_RESPONSE || this == INCOMPLETE;
  }

  /** Whether another attempt, here or elsewhere, may succeed. */
  public boolean retryable() {
    return retryable;
  }

  /** Whether the provider has certainly not processed the request. */
  public boolean unprocessed() {
    return switch (this) {
      case NOT_RECEIVED,
          CONNECT_TIMEOUT,
          RATE_LIMITED,
          REFUSED,
          CONTEXT_WINDOW,
          CONTENT_FILTER,
          CREDENTIALS,
          CREDENTIALS_UNAVAILABLE,
          FORBIDDEN,
          BREAKER_OPEN,
          POOL_EXHAUSTED,
          KEYS_UNAVAILABLE,
          LIMITED ->
          true;
      case UNREACHABLE,
          CONNECTION_CLOSED,
          NO_RESPONSE,
          TIMEOUT,
          OUT_OF_TIME,
          LATE,
          OVERTAKEN,
          NOT_CHOSEN,
          UNSATISFACTORY,
          OVERLOADED,
          INCOMPLETE,
          MALFORMED,
          TOO_LARGE ->
          false;
    };
  }

  /** Whether the request has most likely not reached the provider: there was no reply to it. */
  public boolean neverReceived() {
    return nothingSent()
        || ofConnection()
        || this == UNREACHABLE
        || this == CONNECT_TIMEOUT
        || this == CREDENTIALS_UNAVAILABLE;
  }

  /** Whether only the connection is known to be at fault, so that another one may work. */
  public boolean ofConnection() {
    return this == CONNECTION_CLOSED || this == NOT_RECEIVED;
  }

  /** The cause with a {@link #label}; empty if there is none. */
  public static Optional<FailureCause> ofLabel(String label) {
    return Arrays.stream(values()).filter(cause -> cause.label().equals(label)).findFirst();
  }

  /** Its name in logs, metrics, the ledger and the status of providers. */
  public String label() {
    return switch (this) {
      case UNREACHABLE -> "unreachable";
      case CONNECTION_CLOSED -> "connection_closed";
      case NO_RESPONSE -> "no_response";
      case NOT_RECEIVED -> "not_received";
      case CONNECT_TIMEOUT -> "connect_timeout";
      case TIMEOUT -> "timeout";
      case OUT_OF_TIME -> "out_of_time";
      case LATE -> "late";
      case OVERTAKEN -> "overtaken";
      case NOT_CHOSEN -> "not_chosen";
      case UNSATISFACTORY -> "unsatisfactory";
      case RATE_LIMITED -> "rate_limited";
      case OVERLOADED -> "overloaded";
      case REFUSED -> "refused";
      case CONTEXT_WINDOW -> "context_window";
      case CONTENT_FILTER -> "content_filter";
      case CREDENTIALS -> "credentials";
      case CREDENTIALS_UNAVAILABLE -> "credentials_unavailable";
      case FORBIDDEN -> "forbidden";
      case INCOMPLETE -> "incomplete";
      case MALFORMED -> "malformed";
      case TOO_LARGE -> "too_large";
      case BREAKER_OPEN -> "breaker_open";
      case POOL_EXHAUSTED -> "pool_exhausted";
      case KEYS_UNAVAILABLE -> "keys_unavailable";
      case LIMITED -> "limited";
    };
  }

  /**
   * Whether a failure that a circuit breaker counts is one of the provider as a whole, which could
   * not be reached or closed the connection, and not one of the model.
   */
  public boolean ofProvider() {
    return this == UNREACHABLE
        || this == NO_RESPONSE
        || this == NOT_RECEIVED
        || this == CONNECT_TIMEOUT;
  }

  /** Whether a circuit breaker counts this {@link #isFaultOfProvider fault}. */
  public boolean countedByBreaker() {
    return countedByBreaker;
  }
}
