package dev.serai.adapters.upstream;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import java.time.Duration;
import java.util.Optional;

/**
 * The problems of the connection to a provider. Their messages name no host, path or class, because
 * clients see them.
 */
final class UpstreamProblems {
  private UpstreamProblems() {}

  static ProviderProblem unreachable(String provider, String detail) {
    return problem(provider, FailureCause.UNREACHABLE, 502, "cannot be reached.")
        .detail(Optional.of(detail))
        .build();
  }

  static ProviderProblem timeout(String provider, String detail) {
    return problem(provider, FailureCause.TIMEOUT, 504, "did not respond in time.")
        .detail(Optional.of(detail))
        .build();
  }

  static ProviderProblem connectTimeout(String provider, String detail) {
    return problem(
            provider, FailureCause.CONNECT_TIMEOUT, 504, "did not accept a connection in time.")
        .detail(Optional.of(detail))
        .build();
  }

  /** The reply has a status that says that the provider could not serve the request. */
  static ProviderProblem overloaded(String provider, int status) {
    return problem(provider, FailureCause.OVERLOADED, 502, "replied with status " + status + ".")
        .build();
  }

  /** The time that the client grants has passed; the provider may take longer. */
  static ProviderProblem outOfTime(String provider, String detail) {
    return problem(
            provider,
            FailureCause.OUT_OF_TIME,
            504,
            "did not respond in the time that the request allows.")
        .detail(Optional.of(detail))
        .build();
  }

  /** The next candidate is asked, since the call asks for a lower latency. */
  static ProviderProblem late(String provider, long millis) {
    return problem(
            provider, FailureCause.LATE, 504, "did not respond as soon as the request asks for.")
        .detail(
            Optional.of(
                "no token after "
                    + millis
                    + " ms: 0.6 of latency_slo_ms of the request has passed"))
        .build();
  }

  /**
   * A reused connection closed before a byte of the reply, most likely before the request arrived.
   *
   * @param nanosSinceSent since the request was sent
   */
  static ProviderProblem idleClose(String provider, long nanosSinceSent) {
    return problem(
            provider,
            FailureCause.CONNECTION_CLOSED,
            502,
            "closed the connection before its response.")
        .detail(closed(true, nanosSinceSent))
        .build();
  }

  /**
   * All of the request was sent, and the connection closed before a byte of the reply.
   *
   * @param reused whether the connection carried a request before
   * @param nanosSinceSent since the request was sent
   */
  static ProviderProblem noResponse(String provider, boolean reused, long nanosSinceSent) {
    return problem(
            provider,
            FailureCause.NO_RESPONSE,
            502,
            "closed the connection before its response; it may have processed the request.")
        .detail(closed(reused, nanosSinceSent))
        .build();
  }

  private static Optional<String> closed(boolean reused, long nanosSinceSent) {
    String which = reused ? "a reused" : "a new";
    return Optional.of(
        which + " connection was closed after " + nanosSinceSent / 1_000_000 + " ms");
  }

  /** The provider has certainly not processed the request. */
  static ProviderProblem notReceived(String provider, String detail) {
    return problem(provider, FailureCause.NOT_RECEIVED, 502, "did not accept the request.")
        .detail(Optional.of(detail))
        .build();
  }

  static ProviderProblem incomplete(String provider) {
    return problem(
            provider,
            FailureCause.INCOMPLETE,
            502,
            "closed the connection before the end of its response;"
                + " it may have processed the request.")
        .build();
  }

  static ProviderProblem malformed(String provider) {
    return problem(provider, FailureCause.MALFORMED, 502, "sent a response that is not valid HTTP.")
        .build();
  }

  static ProviderProblem unknownEncoding(String provider) {
    return problem(
            provider,
            FailureCause.MALFORMED,
            502,
            "sent a response in an encoding other than requested.")
        .build();
  }

  static ProviderProblem badCompression(String provider) {
    return problem(
            provider,
            FailureCause.MALFORMED,
            502,
            "sent a response whose compression is malformed.")
        .build();
  }

  static ProviderProblem tooLarge(String provider) {
    return problem(provider, FailureCause.TOO_LARGE, 502, "sent a response that is too large.")
        .build();
  }

  static GatewayProblem disconnected() {
    return CallerProblem.disconnected();
  }

  /** The client did not send its body within the deadline of the whole call. */
  static GatewayProblem slowUpload() {
    return new CallerProblem(
        408, "request_timeout", "The request arrived too slowly.", Optional.empty());
  }

  /**
   * @param probeable whether a call without another candidate would be sent all the same
   */
  static ProviderProblem breakerOpen(String provider, Duration retryAfter, boolean probeable) {
    return ProviderProblem.of(provider, FailureCause.BREAKER_OPEN, 503)
        .message("The provider '" + provider + "' is failing; its circuit breaker is open.")
        .retryAfter(Optional.of(retryAfter))
        .probeable(probeable)
        .build();
  }

  /**
   * @param model the provider's name of it; empty for calls that name none
   * @param probeable whether a call without another candidate would be sent all the same
   */
  static ProviderProblem modelBreakerOpen(
      String provider, String model, Duration retryAfter, boolean probeable) {
    String what = model.isEmpty() ? "Calls without a model" : "The model '" + model + "'";
    return ProviderProblem.of(provider, FailureCause.BREAKER_OPEN, 503)
        .message(
            what
                + (model.isEmpty() ? " fail" : " is failing")
                + " at the provider '"
                + provider
                + "'; "
                + (model.isEmpty() ? "their" : "its")
                + " circuit breaker is open.")
        .retryAfter(Optional.of(retryAfter))
        .probeable(probeable)
        .build();
  }

  static ProviderProblem poolExhausted(String provider) {
    return ProviderProblem.of(provider, FailureCause.POOL_EXHAUSTED, 503)
        .message("All connections to the provider '" + provider + "' are in use.")
        .retryAfter(Optional.of(Duration.ofSeconds(1)))
        .build();
  }

  /** The process has no file descriptor for another connection: the provider is not at fault. */
  static ProviderProblem noSocket(String provider, String detail) {
    return ProviderProblem.of(provider, FailureCause.POOL_EXHAUSTED, 503)
        .message("The gateway has no free connection to the provider '" + provider + "'.")
        .detail(Optional.of(detail))
        .retryAfter(Optional.of(Duration.ofSeconds(1)))
        .build();
  }

  private static ProviderProblem.Builder problem(
      String provider, FailureCause cause, int status, String what) {
    return ProviderProblem.of(provider, cause, status)
        .message("The provider '" + provider + "' " + what);
  }
}
