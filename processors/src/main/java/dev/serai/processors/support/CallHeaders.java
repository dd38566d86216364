package dev.serai.processors.support;

import dev.serai.config.read.Names;
import dev.serai.core.call.CallBounds;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.CallLabels;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.Strategy;
import dev.serai.core.text.Spelling;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what the header fields of a request say about its call. They are not forwarded to
 * providers. Pure.
 */
final class CallHeaders {
  private static final String TAGS = "x-serai-tags";
  private static final String SESSION = "x-serai-session";
  private static final String TASK_TYPE = "x-serai-task-type";
  private static final String TIMEOUT = "x-serai-timeout";
  private static final String STRATEGY = "x-serai-strategy";
  private static final String MAX_ATTEMPTS = "x-serai-max-attempts";
  private static final String PREFIX = "x-serai-";

  /** What a request may have behind the prefix. */
  private static final Set<String> KNOWN =
      Set.of("tags", "session", "task-type", "timeout", "strategy", "max-attempts", "qos", "cache");

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,3})?");
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,2}");

  private CallHeaders() {}

  /**
   * Refuses a field whose name is nearly that of a known one: the client is not to think that it
   * had an effect. Others may come from a gateway before this one.
   *
   * @throws CallerProblem 400 if there is one
   */
  static void refuseMisspelt(Headers headers) {
    headers.forEachNamed(
        CallHeaders::isOurs, (name, value) -> refuseMisspelt(name.toLowerCase(Locale.ROOT)));
  }

  private static boolean isOurs(CharSequence name) {
    return name.length() > PREFIX.length()
        && name.toString().regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  private static void refuseMisspelt(String name) {
    String end = name.substring(PREFIX.length());
    if (!KNOWN.contains(end)) {
      Spelling.closest(end, KNOWN)
          .ifPresent(
              meant -> {
                throw CallerProblem.invalid(
                    name,
                    "Unknown header field '" + name + "'. Did you mean '" + PREFIX + meant + "'?");
              });
    }
  }

  /**
   * What the fields say about the call.
   *
   * @throws CallerProblem 400 if a field is malformed
   */
  static CallLabels labels(Headers headers) {
    Optional<String> tags = text(headers, TAGS);
    Optional<String> session = text(headers, SESSION);
    Optional<String> taskType = text(headers, TASK_TYPE);
    if (tags.isEmpty() && session.isEmpty() && taskType.isEmpty()) {
      return CallLabels.NONE;
    }
    return new CallLabels(
        session.map(text -> CallLabels.session(text, SESSION)).orElse(""),
        taskType.map(text -> CallLabels.taskType(text, TASK_TYPE)).orElse(""),
        tags.map(text -> CallLabels.tags(List.of(text), TAGS)).orElse(Set.of()));
  }

  /**
   * The time and the attempts that the fields grant.
   *
   * @throws CallerProblem 400 if a field is malformed
   */
  static CallBounds bounds(Headers headers) {
    Optional<String> timeout = headers.first(TIMEOUT);
    Optional<String> attempts = headers.first(MAX_ATTEMPTS);
    return timeout.isEmpty() && attempts.isEmpty()
        ? CallBounds.NONE
        : new CallBounds(
            timeout.map(CallHeaders::seconds),
            attempts.map(CallHeaders::count).orElse(Integer.MAX_VALUE));
  }

  /**
   * What a request asks of the choice of its model: the strategy of its field goes before that of
   * its body.
   *
   * @param body what the body asks
   * @throws CallerProblem 400 if there is no such strategy
   */
  static RoutingCriteria criteria(Headers headers, RoutingCriteria body) {
    Optional<String> strategy = headers.first(STRATEGY);
    return strategy.isEmpty() ? body : body.with(strategy(strategy.get()));
  }

  private static Strategy strategy(String name) {
    return Strategy.named(name)
        .orElseThrow(
            () ->
                CallerProblem.invalid(
                    STRATEGY,
                    "'"
                        + STRATEGY
                        + "' must be one of "
                        + String.join(", ", Strategy.labels())
                        + Strategy.ofOthers(name).map(other -> "; " + other).orElse("")
                        + "."
                        + Names.closestTo(name, Strategy.labels())
                            .map(meant -> " Did you mean " + meant + "?")
                            .orElse("")));
  }

  private static Duration seconds(String text) {
    long millis = SECONDS.matcher(text).matches() ? Math.round(Double.parseDouble(text) * 1000) : 0;
    if (millis == 0) {
      throw CallerProblem.invalid(
          TIMEOUT, "'" + TIMEOUT + "' must be a number of seconds above 0, such as 30 or 2.5.");
    }
    return Duration.ofMillis(millis);
  }

  private static int count(String text) {
    if (!COUNT.matcher(text).matches()) {
      throw CallerProblem.invalid(MAX_ATTEMPTS, "'" + MAX_ATTEMPTS + "' must be 1 to 999.");
    }
    return Integer.parseInt(text);
  }

  /** Bytes above ASCII have no agreed meaning in a header field. */
  private static Optional<String> text(Headers headers, String name) {
    Optional<String> text = headers.first(name);
    if (text.isPresent() && text.get().chars().anyMatch(c -> c > '~')) {
      throw CallerProblem.invalid(name, "'" + name + "' must have ASCII characters only.");
    }
    return text;
  }
}
