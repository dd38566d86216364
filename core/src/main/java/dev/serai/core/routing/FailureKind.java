package dev.serai.core.routing;

import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of failure of an attempt, as settings name it. Without a kind are failures of the request,
 * attempts of which nothing was sent, and what is no {@link FailureCause#isFailure failure}.
 */
public enum FailureKind {
  /** No connection, or it ended before the reply did. */
  CONNECTION,
  /** A deadline passed, or the latency that a quality target asks for. */
  TIMEOUT,
  /** 429. */
  RATE_LIMIT,
  /** 5xx other than 501, 408, or an error event before the first token. */
  SERVER_ERROR,
  /** The reply is not in the format of the provider, or of no use to a quality target. */
  INVALID_RESPONSE,
  /** The provider rejects the key, or does not allow the model. */
  ACCESS,
  /** 404, 405, 501: the provider does not have the model, or not the operation. */
  NOT_FOUND,
  /** The prompt is longer than the context window of the model. */
  CONTEXT_WINDOW,
  /** The provider rejects the content of the prompt, or withholds the whole response. */
  CONTENT_FILTER;

  private static final Set<Integer> MISSING = Set.of(404, 405, 501);

  /** Its name in settings and in explanations. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a failure. */
  public static Optional<FailureKind> of(ProviderProblem problem) {
    FailureCause cause = problem.failureCause();
    return cause == FailureCause.REFUSED && MISSING.contains(problem.status())
        ? Optional.of(NOT_FOUND)
        : of(cause);
  }

  /** What to write in settings for a failure's name in the log; empty for any other word. */
  public static Optional<String> ofLogged(String name) {
    String written = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    return FailureCause.ofLabel(written)
        .flatMap(FailureKind::of)
        .map(kind -> "for " + written + ", use " + kind.label());
  }

  private static Optional<FailureKind> of(FailureCause cause) {
    return switch (cause) {
      case UNREACHABLE, CONNECTION_CLOSED, NO_RESPONSE, NOT_RECEIVED, CONNECT_TIMEOUT, INCOMPLETE ->
          Optional.of(CONNECTION);
      case TIMEOUT, OUT_OF_TIME, LATE -> Optional.of(TIMEOUT);
      case RATE_LIMITED -> Optional.of(RATE_LIMIT);
      case OVERLOADED -> Optional.of(SERVER_ERROR);
      case MALFORMED, UNSATISFACTORY -> Optional.of(INVALID_RESPONSE);
      case CREDENTIALS, CREDENTIALS_UNAVAILABLE, FORBIDDEN -> Optional.of(ACCESS);
      case CONTEXT_WINDOW -> Optional.of(CONTEXT_WINDOW);
      case CONTENT_FILTER -> Optional.of(CONTENT_FILTER);
      case REFUSED,
          TOO_LARGE,
          OVERTAKEN,
          NOT_CHOSEN,
          BREAKER_OPEN,
          POOL_EXHAUSTED,
          KEYS_UNAVAILABLE,
          LIMITED ->
          Optional.empty();
    };
  }
}
