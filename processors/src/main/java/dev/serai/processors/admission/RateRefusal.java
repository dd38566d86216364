package dev.serai.processors.admission;

import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.LimitProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.rate.RateDecision;
import dev.serai.core.rate.RateKey;
import dev.serai.core.rate.RateKey.Scope;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.Window;
import dev.serai.core.rate.Window.Unit;
import dev.serai.core.time.Timestamps;
import dev.serai.core.time.WholeSeconds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Words a refusal: which window it is, whose, and when it allows the call. */
final class RateRefusal {
  private RateRefusal() {}

  /** The problem of a call that a limit of its caller, its model or the gateway refuses. */
  static GatewayProblem ofCall(RateDecision.Refused refused, Instant now) {
    RateRule rule = refused.rule();
    String message = message(refused, now);
    if (rule.key().scope() == Scope.GATEWAY) {
      return new CapacityProblem(code(rule), message, refused.delay());
    }
    Map<String, String> facts = explanation(refused, now);
    return rule.window().unit() == Unit.CONCURRENT
        ? new LimitProblem("concurrency_limit_exceeded", message, refused.delay(), facts)
        : new LimitProblem("rate_limit_exceeded", message, refused.delay(), facts);
  }

  /** The problem of an attempt that a limit of its provider or its model refuses. */
  static ProviderProblem ofAttempt(String provider, RateDecision.Refused refused, Instant now) {
    return ProviderProblem.of(provider, FailureCause.LIMITED, 429)
        .code(code(refused.rule()))
        .message(message(refused, now))
        .retryAfter(Optional.of(refused.delay()))
        .build();
  }

  /** The problem of a call whose limits cannot be counted. */
  static CapacityProblem full() {
    return new CapacityProblem(
        "rate_limits_full",
        "The gateway counts the limits of so many callers that there is no room for another.",
        Duration.ofSeconds(1));
  }

  private static String code(RateRule rule) {
    return rule.window().unit() == Unit.CONCURRENT
        ? "concurrency_limit_exceeded"
        : "rate_limit_exceeded";
  }

  private static String message(RateDecision.Refused refused, Instant now) {
    RateRule rule = refused.rule();
    Window window = rule.window();
    String per = window.unit() == Unit.CONCURRENT ? "" : " per " + window.label();
    return owner(rule.key())
        + " has reached the limit of "
        + rule.allowance().amount()
        + " "
        + window.unit().label()
        + per
        + ". Retry in "
        + WholeSeconds.of(refused.delay())
        + " s, at "
        + end(refused, now)
        + ".";
  }

  private static String owner(RateKey key) {
    return switch (key.scope()) {
      case GATEWAY -> "The gateway";
      case TENANT -> "The tenant '" + key.name() + "'";
      case TEAM -> "The team '" + key.name() + "'";
      case USER -> "The user '" + key.name() + "'";
      case KEY ->
          key.name().isEmpty()
              ? "Everyone who calls without an API key"
              : "The API key '" + key.name() + "'";
      case MODEL -> "The model '" + key.name() + "'";
      case PROVIDER -> "The provider '" + key.name() + "'";
    };
  }

  private static Map<String, String> explanation(RateDecision.Refused refused, Instant now) {
    RateRule rule = refused.rule();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("scope", rule.key().scope().label());
    facts.put("name", rule.key().name());
    facts.put("window", rule.window().label());
    facts.put("unit", rule.window().unit().label().replace(' ', '_'));
    facts.put("limit", Long.toString(rule.allowance().amount()));
    facts.put("retry_at", Timestamps.text(end(refused, now)));
    return facts;
  }

  private static Instant end(RateDecision.Refused refused, Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1 + WholeSeconds.of(refused.delay()));
  }
}
