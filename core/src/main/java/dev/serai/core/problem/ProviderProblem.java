package dev.serai.core.problem;

import java.time.Duration;
import java.util.Optional;

/**
 * An attempt at a provider failed. {@link #failureCause} says why, and so whether another attempt
 * may help and whether the provider's circuit breaker counts it.
 */
public final class ProviderProblem extends GatewayProblem {
  private static final long serialVersionUID = 1L;

  private final String provider;
  private final FailureCause cause;
  private final Optional<String> param;
  private final Optional<Duration> retryAfter;
  private final Optional<String> detail;
  private final boolean probeable;

  private ProviderProblem(Builder b) {
    super(b.status, b.type, b.code, b.message);
    this.provider = b.provider;
    this.cause = b.cause;
    this.param = b.param;
    this.retryAfter = b.retryAfter;
    this.detail = b.detail;
    this.probeable = b.probeable;
  }

  /** Starts a problem of {@code provider} that callers see with {@code status}. */
  public static Builder of(String provider, FailureCause cause, int status) {
    return new Builder(provider, cause, status);
  }

  public String provider() {
    return provider;
  }

  /** Why the attempt failed. */
  public FailureCause failureCause() {
    return cause;
  }

  /**
   * What exactly happened, in one line for the operator's log, for example the reason of a TLS
   * failure. It may name hosts, so clients never see it.
   */
  public Optional<String> detail() {
    return detail;
  }

  /** Whether an open breaker would let a probe through before its time, which none has used yet. */
  public boolean probeable() {
    return probeable;
  }

  @Override
  public Optional<String> param() {
    return param;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** Collects what is known of the failure. Not thread-safe. */
  public static final class Builder {
    private final String provider;
    private final FailureCause cause;
    private final int status;
    private String type;
    private String code;
    private String message;
    private Optional<String> param = Optional.empty();
    private Optional<Duration> retryAfter = Optional.empty();
    private Optional<String> detail = Optional.empty();
    private boolean probeable;

    private Builder(String provider, FailureCause cause, int status) {
      this.provider = provider;
      this.cause = cause;
      this.status = status;
      this.type = status == 429 ? "rate_limit_error" : "upstream_error";
      this.code = "external_service_error";
      this.message = "The provider '" + provider + "' failed.";
    }

    public Builder type(String value) {
      type = value;
      return this;
    }

    public Builder code(String value) {
      code = value;
      return this;
    }

    public Builder message(String value) {
      message = value;
      return this;
    }

    public Builder param(Optional<String> value) {
      param = value;
      return this;
    }

    public Builder retryAfter(Optional<Duration> value) {
      retryAfter = value;
      return this;
    }

    public Builder detail(Optional<String> value) {
      detail = value;
      return this;
    }

    public Builder probeable(boolean value) {
      probeable = value;
      return this;
    }

    public ProviderProblem build() {
      return new ProviderProblem(this);
    }
  }
}
