package dev.serai.processors.retry;

import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.cause.FailureText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
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
    FailureCause cause = mayHaveSent(failure) ? FailureCause.NO_RESPONSE : FailureCause.UNREACHABLE;
    return ProviderProblem.of(provider, cause, 502)
        .detail(Optional.of(what + " failed: " + reason))
        .build();
  }

  /** A connection failed, but not while it was opened. */
  private static boolean mayHaveSent(@Nullable Throwable failure) {
    boolean io = false;
    @Nullable Throwable each = failure;
    for (int i = 0; each != null && i < MAX_CAUSES; i++) {
      if (each instanceof ConnectException
          || each instanceof NoRouteToHostException
          || each instanceof UnknownHostException
          || each instanceof SSLHandshakeException) {
        return false;
      }
      io |= each instanceof IOException;
      each = each.getCause();
    }
    return io;
  }
}
