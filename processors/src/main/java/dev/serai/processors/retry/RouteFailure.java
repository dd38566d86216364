package dev.serai.processors.retry;

import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.cause.FailureText;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.NoSuchEndpointException;
import org.jspecify.annotations.Nullable;

/** The problem of an attempt whose route failed with an exception that says no more. Pure. */
public final class RouteFailure {
  private static final int MAX_CAUSES = 8;

  private RouteFailure() {}

  /**
   * The problem of the attempt.
   *
   * @param what failed, such as "the adapter route"
   * @param failure null if none is known
   */
  public static ProviderProblem of(String provider, String what, @Nullable Throwable failure) {
    String reason = failure == null ? "without a reason" : FailureText.of(failure);
    FailureCause cause = neverSent(failure) ? FailureCause.UNREACHABLE : FailureCause.NO_RESPONSE;
    return ProviderProblem.of(provider, cause, 502)
        .detail(Optional.of(what + " failed: " + reason))
        .build();
  }

  /**
   * Whether there was no connection, or no route: after all else the request may have been sent.
   */
  private static boolean neverSent(@Nullable Throwable failure) {
    @Nullable Throwable each = failure;
    for (int i = 0; each != null && i < MAX_CAUSES; i++) {
      if (each instanceof ConnectException
          || each instanceof NoRouteToHostException
          || each instanceof UnknownHostException
          || each instanceof SSLHandshakeException
          || each instanceof NoSuchEndpointException) {
        return true;
      }
      each = each.getCause();
    }
    return false;
  }
}
