package dev.serai.processors.support;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/**
 * Refuses calls that come back to this gateway, because the base URL of a provider leads to it.
 * Every request to a provider names the gateways that it has passed in one header field, as Via
 * does (RFC 9110, section 7.6.3). A gateway refuses a request that names it, or more than {@value
 * #MAX_GATEWAYS} gateways: replicas behind one address have different names. Immutable.
 */
public final class LoopGuard {
  /** Names of the gateways that a request has passed, separated by commas. */
  public static final String FIELD = "x-serai-via";

  private static final int MAX_GATEWAYS = 8;

  private final String name;

  /**
   * @param name of this gateway, unlike that of any other; without commas
   */
  public LoopGuard(String name) {
    this.name = name;
  }

  /**
   * Refuses a client's request that has passed this gateway before.
   *
   * @throws CallerProblem 508 (RFC 5842, section 7.2), which is not retried
   */
  public void refuseLoop(Headers client) {
    client.first(FIELD).ifPresent(this::refuseLoop);
  }

  private void refuseLoop(String passed) {
    String[] names = passed.split("\\s*,\\s*", MAX_GATEWAYS + 1);
    boolean loop = names.length > MAX_GATEWAYS;
    for (String each : names) {
      loop |= each.equals(name);
    }
    if (loop) {
      throw new CallerProblem(
          508,
          "request_loop",
          "The request comes back to a gateway that it has passed: the base URL of a provider leads"
              + " to Serai itself.",
          Optional.empty());
    }
  }

  /** Adds this gateway to those that a request to a provider names. */
  public void sign(HeaderFields request, Headers client) {
    request.set(FIELD, client.first(FIELD).map(passed -> passed + "," + name).orElse(name));
  }
}
