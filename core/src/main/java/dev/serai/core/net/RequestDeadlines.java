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
 */
public record RequestDeadlines(
    DeadlineOverrides ofAlias,
    String alias,
    DeadlineOverrides ofModel,
    String model,
    Optional<Duration> ofCall) {
  /** Replaces nothing. */
  public static final RequestDeadlines NONE = ofModel(DeadlineOverrides.NONE, "");

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
