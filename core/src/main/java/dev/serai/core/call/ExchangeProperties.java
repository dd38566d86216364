package dev.serai.core.call;

/**
 * Names of the exchange properties that stages of a call share; no other names are used. Constants
 * only.
 */
public final class ExchangeProperties {
  /** The request's id, a {@code String}: set by the edge before the first step. */
  public static final String REQUEST_ID = "serai.request-id";

  /** The request's path, a {@code String}: set by the edge before the first step. */
  public static final String PATH = "serai.path";

  /** The {@link dev.serai.core.caller.Caller}: set by the edge before the first step. */
  public static final String CALLER = "serai.caller";

  /**
   * Whether the gateway itself makes the call, a {@code Boolean}: set before the first step of a
   * health probe and of a call to a judge, absent otherwise.
   */
  public static final String INTERNAL = "serai.internal";

  /** The {@link Call}: set by the step that reads the request. */
  public static final String CALL = "serai.call";

  /**
   * The {@link dev.serai.core.prompt.template.PromptReference} of a request: set by the step that
   * reads the request until the prompt is in it, absent otherwise.
   */
  public static final String NAMED_PROMPT = "serai.named-prompt";

  /** The name of the provider whose adapter route carries the current attempt, a {@code String}. */
  public static final String ADAPTER = "serai.adapter";

  /** Whether another attempt may be needed, a {@code Boolean}: true until one has succeeded. */
  public static final String NEEDS_ATTEMPT = "serai.needs-attempt";

  /**
   * The {@link dev.serai.core.call.CallTrace} of the call: set before the first step of a traced
   * request, absent otherwise.
   */
  public static final String TRACE = "serai.trace";

  /**
   * The race of the two attempts of a hedged call, an object of the package {@code
   * processors/hedge}: set when an attempt begins that may be hedged, absent otherwise.
   */
  public static final String HEDGE_RACE = "serai.hedge-race";

  /**
   * The copy of a call for an experiment that an exchange carries, an object of the package {@code
   * processors/experiments}: set before the first step of a copy, absent otherwise.
   */
  public static final String SHADOW = "serai.shadow";

  /**
   * The branches of a call that is asked of several candidates at once, an object of the package
   * {@code processors/fanout}: set by {@code ask-candidates}, absent otherwise.
   */
  public static final String FAN_OUT = "serai.fan-out";

  /**
   * The {@link dev.serai.core.problem.GatewayProblem} for which the gateway itself disconnected the
   * client, such as a shutdown: set by the edge at any time, absent otherwise.
   */
  public static final String STOPPED = "serai.stopped";

  private ExchangeProperties() {}
}
