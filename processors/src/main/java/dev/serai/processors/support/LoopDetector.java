package dev.serai.processors.support;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.CallerProblem;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses calls that come back to this gateway, because the base URL of a provider leads to it.
 * Every request to a provider names the gateways that it has passed in one header field, as Via
 * does (RFC 9110, section 7.6.3). A gateway refuses a request that names it, or more than {@value
 * #MAX_GATEWAYS} gateways: replicas behind one address have different names. Immutable.
 */
public final class LoopDetector {
  /** Names of the gateways that a request has passed, separated by commas. */
  public static final String FIELD = "x-serai-via";

  private static final int MAX_GATEWAYS = 8;
  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9._, \\t-]{0,1024}");

  private final String name;

  /**
   * @param name of this gateway, unlike that of any other; without commas
   */
  public LoopDetector(String name) {
    this.name = name;
  }

  /**
   * Refuses a client's request that has passed this gateway before.
   *
   * @throws CallerProblem 508 (RFC 5842, section 7.2), which is not retried; 400 if the field is
   *     malformed, since it is copied to providers
   */
  public void refuseLoop(Headers client) {
    client.first(FIELD).ifPresent(this::refuseLoop);
  }

  private void refuseLoop(String passed) {
    if (!NAMES.matcher(passed).matches()) {
      throw new CallerProblem(
          400,
          "invalid_request",
          "The header field '"
              + FIELD
              + "' must have at most 1024 characters: letters, digits, '.', '_', '-', commas and"
              + " spaces.",
          Optional.empty());
    }
    String[] names = passed.strip().split("\\s*,\\s*", MAX_GATEWAYS + 1);
    if (Arrays.asList(names).contains(name)) {
      throw loop(
          "The request comes back to a gateway that it has passed: the base URL of a provider leads"
              + " to Serai itself.");
    }
    if (names.length > MAX_GATEWAYS) {
      throw loop(
          "The request has passed more than "
              + MAX_GATEWAYS
              + " gateways. Shorten the chain, or check whether the base URL of a provider leads"
              + " back to its beginning.");
    }
  }

  private static CallerProblem loop(String message) {
    return new CallerProblem(508, "request_loop", message, Optional.empty());
  }

  /** Adds this gateway to those that a request to a provider names. */
  public void sign(HeaderFields request, Headers client) {
    request.set(FIELD, client.first(FIELD).map(passed -> passed + "," + name).orElse(name));
  }
}
