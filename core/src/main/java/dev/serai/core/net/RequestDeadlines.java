package dev.serai.core.net;

import java.time.Duration;
import java.util.Optional;

/**
 * Deadlines of one request to a provider, which replace those of all providers, and where they are
 * set. Those of an alias come before those of its model. Immutable.
 *
 * @param ofAlias the deadlines of the alias
 * @param alias how the log names the alias
 * @param ofModel the deadlines of the model
 * @param model how the log names the model
 * @param ofCall what is left of the time that the client grants; no deadline is longer
 * @param escalation the time after which the next candidate is asked if there is no token
 */
public record RequestDeadlines(
    DeadlineOverrides ofAlias,
    String alias,
    DeadlineOverrides ofModel,
    String model,
    Optional<Duration> ofCall,
    Optional<Duration> escalation) {
  /** Replaces nothing. */
  public static final RequestDeadlines NONE = ofModel(DeadlineOverrides.NONE, "");

  /** Deadlines of a request for which no other candidate is asked. */
  public RequestDeadlines(
      DeadlineOverrides ofAlias,
      String alias,
      DeadlineOverrides ofModel,
      String model,
      Optional<Duration> ofCall) {
    this(ofAlias, alias, ofModel, model, ofCall, Optional.empty());
  }

  /** The same, and another candidate is asked after this time without a token. */
  public RequestDeadlines escalating(Optional<Duration> after) {
    return new RequestDeadlines(ofAlias, alias, ofModel, model, ofCall, after);
  }

  /** Those of a model that was asked for without an alias. */
  public static RequestDeadlines ofModel(DeadlineOverrides limits, String model) {
    return new RequestDeadlines(DeadlineOverrides.NONE, "", limits, model, Optional.empty());
  }

  /** The deadlines that replace others. */
  public DeadlineOverrides merged() {
    return ofAlias.or(ofModel);
  }

  /** The deadlines of all providers with these in their place. */
  public Deadlines applyTo(Deadlines all) {
    Deadlines granted = granted(all);
    return escalation.map(granted::beginningWithin).orElse(granted);
  }

  /** The same as {@link #applyTo}, as if no other candidate were asked. */
  public Deadlines granted(Deadlines all) {
    Deadlines own = merged().applyTo(all);
    return ofCall.map(own::atMost).orElse(own);
  }

  /**
   * Where a deadline is set, for the operator.
   *
   * @param deadline its name in the settings
   */
  public String setting(String deadline) {
    if (ofAlias.replaces(deadline)) {
      return "deadlines of " + alias;
    }
    String ofSettings = ofModel.replaces(deadline) ? "deadlines of " + model : "upstream.deadlines";
    return ofCall.isPresent()
        ? ofSettings + " and x-serai-timeout or latency_slo_ms of the request"
        : ofSettings;
  }
}
